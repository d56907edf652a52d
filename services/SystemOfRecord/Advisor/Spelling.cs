namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>Two values that are the same when folded are a near miss. Nothing is tied by it: it is counted and shown.</summary>
internal static class Spelling
{
    public static string Folded(string value) => value.Trim().ToLowerInvariant();
}
