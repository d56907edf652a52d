using System.Text.RegularExpressions;
using Pipeline.Architecture.Tests.Approvals;

namespace Pipeline.Architecture.Tests;

/// <summary>docs/delivery.md names each line on which a service can be made to die, and no other; and the tests die at each.</summary>
public sealed partial class DeliveryPage
{
    private static readonly string[] Points = [.. Sources("services")
        .SelectMany(text => Reached().Matches(text).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}")
            .Concat(Committed().Matches(text).SelectMany(match => (string[])[$"before-commit {match.Groups[1].Value}", $"after-commit {match.Groups[1].Value}"])))
        .Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_points_to_die_at() => Assert.True(Points.Length > 20, string.Join(", ", Points));

    [Fact]
    public void The_page_names_every_point()
    {
        var page = Repository.Read("docs/delivery.md");
        Assert.Equal([], Points.Where(point => !page.Contains($"`{point}`", StringComparison.Ordinal)).ToArray());
    }

    [Fact]
    public void A_test_dies_at_every_point()
    {
        var tests = string.Concat(Sources("tests/Integration/Processes"));
        Assert.Equal([], Points.Where(point => !tests.Contains($"\"{point}", StringComparison.Ordinal)).ToArray());
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);

    [GeneratedRegex("""CrashPoint\.Reach\("([a-z-]+)", "([a-z -]+)"\)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reached();

    [GeneratedRegex("""\.CommitAsync\("([a-z ]+)",""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Committed();
}
