using System.Text.RegularExpressions;
using Pipeline.Architecture.Tests.Approvals;

namespace Pipeline.Architecture.Tests;

/// <summary>What the SQL of the services must not say.</summary>
public sealed partial class Statements
{
    [Fact]
    public void No_row_is_found_by_comparing_it_with_a_clock_that_no_index_can_use()
    {
        var found = Repository.Files.Where(file => file.StartsWith("services/", StringComparison.Ordinal) && (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".sql", StringComparison.Ordinal)))
            .Where(file => Volatile().IsMatch(File.ReadAllText(Repository.PathOf(file)))).ToList();
        Assert.True(found.Count == 0, $"clock_timestamp() changes within a statement, so every row is looked at to compare it. Write statement_timestamp() in {string.Join(", ", found)}.");
    }

    [GeneratedRegex(@"[<>]=?\s*clock_timestamp\(\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Volatile();
}
