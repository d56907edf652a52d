using System.Globalization;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Screens;

/// <summary>The figures of a sample, in lines. Pure.</summary>
public static class CheckedRecords
{
    public static IEnumerable<string> Of(FeedSample? sample)
    {
        if (sample is null || sample.Read == 0) yield break;
        var of = sample.Total is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total}") : sample.More ? ", and there are more" : ", which are all";
        yield return $"read {sample.Read}{of}; mapped {sample.Accounts + sample.Children}, not mapped {sample.Unmappable}";
        foreach (var (reason, count) in sample.UnmappableReasons) yield return $"not mapped {count}: {reason}";
        if (sample.Accounts > 0) yield return $"accounts {sample.Accounts}: {sample.Linked} name the record of another system, {sample.WithEmail} have an email address";
        if (sample.Children > 0) yield return $"whose they are is said by: {Counts(sample.Claims)}";
        if (sample.AccountIds is not { } ids) yield break;
        yield return $"form of the account_id: {Counts(ids.Forms)}{(ids.Fields.Count > 0 ? $"; it stands in {string.Join(", ", ids.Fields)}" : "")}";
        if (ids.Carried > 0) yield return $"looks: {Counts(ids.Looks)}; the longest has {ids.Longest} characters; on more than one record {ids.Repeated}; with blanks around {ids.OuterBlanks}";
        if (ids.Examples.Count > 0) yield return $"examples: {string.Join(", ", ids.Examples)}";
    }

    private static string Counts(IReadOnlyDictionary<string, long> counts) => Shown.Counts(counts).Replace('_', ' ').Replace("account id", "account_id", StringComparison.Ordinal);
}
