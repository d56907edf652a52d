namespace Pipeline.Architecture.Tests.Approvals;

/// <summary>
/// What outsiders depend on is a committed text file. A test makes the text anew and compares: a change shows as a
/// difference in review, never as a surprise.
/// </summary>
internal static class Approved
{
    private const string Approve = "APPROVE";

    /// <summary>The file, relative to the root of the repository, holds exactly this text. With APPROVE=1 in the environment it is rewritten instead.</summary>
    public static void Is(string file, string text)
    {
        var path = Repository.PathOf(file);
        if (Environment.GetEnvironmentVariable(Approve) == "1") File.WriteAllText(path, text);

        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (approved == text) return;

        var received = Keep(file, text);
        Assert.Fail($"""
            {file} is not what the code says any more, from line {FirstDifference(approved, text)}. Outsiders depend on it.
            Compare: diff {file} {received}
            If the change is meant, run the tests once with {Approve}=1 and commit the file.
            """);
    }

    private static string Keep(string file, string text)
    {
        var name = $"{Path.GetFileName(file).Split('.')[0]}.received{Path.GetExtension(file)}";
        var received = Path.Combine("artifacts", "received", name);
        Directory.CreateDirectory(Path.GetDirectoryName(Repository.PathOf(received))!);
        File.WriteAllText(Repository.PathOf(received), text);
        return received;
    }

    private static int FirstDifference(string approved, string text) =>
        approved.Split('\n').Zip(text.Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count() + 1;
}
