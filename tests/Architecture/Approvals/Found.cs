namespace Pipeline.Architecture.Tests.Approvals;

/// <summary>What a search through the repository found where nothing should be.</summary>
internal static class Found
{
    /// <summary>Fails with every finding, a line each.</summary>
    public static void Nothing(IEnumerable<string> findings)
    {
        var all = findings.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
