using Pipeline.Contracts.Operations;
using Pipeline.Contracts.Spelling;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>
/// Tells from distinct values whether a program or a person made them. A program keeps to one form; a person varies it, puts spaces in, and
/// mistypes. Pure; the order of the values does not matter.
/// </summary>
internal static class ValueMaking
{
    public const string Program = "program";
    public const string Person = "person";
    public const string Unclear = "unclear";

    private const double OneForm = 0.95;
    private const double ManyForms = 0.8;

    public static Making Of(IReadOnlyCollection<string> values)
    {
        if (values.Count == 0) return new Making(Unclear, "", 0, 0, 0, 0);
        var (pattern, count) = values.GroupBy(ValuePattern.Of).Select(group => (Pattern: group.Key, Count: group.Count())).OrderByDescending(form => form.Count).ThenBy(form => form.Pattern, StringComparer.Ordinal).First();
        var share = (double)count / values.Count;
        var spaced = values.LongCount(value => value.Any(char.IsWhiteSpace));
        var variants = values.GroupBy(Fold.Of).Where(group => group.Count() > 1).Sum(group => group.LongCount());
        var typos = pattern.StartsWith("code", StringComparison.Ordinal) || pattern is ValuePattern.Digits or ValuePattern.Uuid ? 0 : Typos.Count(values);
        var slips = spaced + variants + typos;
        var by = slips > 0 || share < ManyForms ? Person : share >= OneForm ? Program : Unclear;
        return new Making(values.Count == 1 ? Unclear : by, pattern, share, spaced, variants, typos);
    }
}
