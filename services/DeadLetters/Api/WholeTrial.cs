using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.DeadLetters.Api;

/// <summary>What rules would change of the accounts, as the system of record says, with the children of each, which the gatekeeper counts.</summary>
public sealed class WholeTrial(Neighbours neighbours)
{
    /// <summary>Accounts that are asked about at once.</summary>
    private const int PageSize = 1000;

    /// <returns>The report; null where a service does not answer, with which. Half a report would be taken for a whole one.</returns>
    public async Task<(RulesTrialReport? Report, string? Failure)> TryAsync(Stream rules, CancellationToken cancellation)
    {
        var (report, failure) = await neighbours.AskAsync(Neighbours.SystemOfRecord, "/operations/rules/try", PipelineJson.Report.RulesTrialReport, cancellation, Neighbours.Patient, rules);
        if (report is null) return (null, failure ?? "system-of-record does not know of rules: it is of an older version.");
        var children = new Dictionary<string, AccountChildren>(StringComparer.Ordinal);
        foreach (var page in report.ComesIn.Concat(report.Goes).Select(account => new AccountKeys(account.AccountId, account.Links)).Chunk(PageSize))
        {
            var question = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(page, PipelineJson.Report.IReadOnlyListAccountKeys));
            var counted = await neighbours.AskAsync(Neighbours.Gatekeeper, "/operations/accounts/children", PipelineJson.Report.IReadOnlyListAccountChildren, cancellation, Neighbours.Patient, question);
            if (counted.Value is null) return (null, counted.Failure ?? "gatekeeper does not count children: it is of an older version.");
            foreach (var account in counted.Value) children[account.AccountId] = account;
        }

        TriedAccount[] comesIn = [.. report.ComesIn.Select(account => account with { Children = children[account.AccountId].Stored + children[account.AccountId].Waiting })];
        TriedAccount[] goes = [.. report.Goes.Select(account => account with { Children = children[account.AccountId].Stored })];
        return (report with { ComesIn = comesIn, Goes = goes, Freed = comesIn.Sum(account => account.Children), Hidden = goes.Sum(account => account.Children) }, null);
    }
}
