using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Systems.Delighted;
using Pipeline.VendorSimulator.Systems.Intercom;
using Pipeline.VendorSimulator.Systems.Jira;
using Pipeline.VendorSimulator.Systems.Xero;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class ChangingRowsTests
{
    private readonly HandClock _clock = new();

    [Fact]
    public void Late_rows_wait_until_all_others_were_served_and_then_for_their_time()
    {
        var rows = Three();
        _clock.Pass(100);
        rows.MarkServed(rows.Visible.Take(1));
        rows.MarkServed(rows.Visible.Take(1));
        _clock.Pass(100);
        Assert.Equal(["a 1", "b 2"], Shown(rows));
        rows.MarkServed(rows.Visible);
        _clock.Pass(4);
        Assert.Equal(["a 1", "b 2"], Shown(rows));
        Assert.Equal(new RowCount("things", 4, 2, 2), rows.Count);
        _clock.Pass(1);
        Assert.Equal(["b 2", "c 3", "a 4"], Shown(rows));
        Assert.Equal(new RowCount("things", 4, 4, 2), rows.Count);
    }

    /// <summary>Each version of a dead object is a letter of its own, while the end counts objects.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(77)]
    [InlineData(int.MaxValue)]
    public void What_ends_as_a_dead_letter_never_changes_whatever_the_seed(int seed)
    {
        var world = AccountWorld.Of(seed);
        var (contacts, companies, people) = (XeroContacts.Of(world), IntercomCompanies.Of(world), DelightedPeople.Of(world));
        var (invoices, persons) = (XeroInvoices.Of(world, contacts), IntercomContacts.Of(world, companies));
        IEnumerable<StampedRow>[] kinds =
        [
            XeroContacts.Rows(world, contacts), XeroInvoices.Rows(world, invoices), XeroPayments.Rows(world, invoices), XeroCreditNotes.Rows(world, contacts),
            IntercomCompanies.Rows(world, companies), IntercomContacts.Rows(world, persons), IntercomConversations.Rows(world, persons), IntercomTickets.Rows(world, persons),
            JiraIssues.Rows(world), DelightedPeople.Rows(world, people), DelightedResponses.Rows(world, people),
        ];
        foreach (var rows in kinds.Select(kind => kind.ToArray()))
        {
            Assert.Distinct(rows.Select(row => (row.Id, row.Late)));
            Assert.Contains(rows, row => row.Late);
            Assert.All(rows.GroupBy(row => row.Id).Where(versions => versions.Count() > 1), versions => Assert.All(versions, row => Assert.NotEqual(ChildTruth.DeadLettered, row.End?.Place)));
        }
    }

    [Fact]
    public void Late_rows_are_told_once_and_one_that_is_gone_is_told_and_not_shown()
    {
        var rows = new ChangingRows("things", [Row("a", 1), Row("b", 2), Row("a", 3) with { Late = true, Gone = true }, Row("c", 4) with { Late = true }], 5, _clock);
        rows.MarkServed(rows.Visible);
        Assert.Empty(rows.Appeared());
        _clock.Pass(5);
        var told = rows.Appeared();
        Assert.Equal([("a", false), ("c", true)], told.Select(row => (row.Id, rows.IsNew(row))));
        Assert.Empty(rows.Appeared());
        Assert.Equal(["b 2", "c 4"], Shown(rows));
        Assert.Null(rows.Find("a"));
    }

    private ChangingRows Three() => new("things", [Row("b", 2), Row("a", 1), Row("c", 3) with { Late = true }, Row("a", 4) with { Late = true }], 5, _clock);

    private static StampedRow Row(string id, int second) => new(id, DateTimeOffset.UnixEpoch.AddSeconds(second), JsonSerializer.SerializeToElement(second));

    private static IEnumerable<string> Shown(ChangingRows rows) => rows.Visible.Select(row => $"{row.Id} {row.Json}");
}
