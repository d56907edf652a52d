using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Api;

namespace Pipeline.Unit.Tests.DeadLetters;

public sealed class WholeLedgerTests
{
    private static readonly LedgerReport Own = new("dead-letters", [], [], 0);
    private static readonly Dictionary<string, long> Empty = new() { [DeadLetterQueue.Name] = 0 };

    [Fact]
    public void Lines_of_all_services_sum_by_source_and_stream()
    {
        var ledger = WholeLedger.Of(
            [Report("system-of-record", new("account-discovered", "crm", 3, 2, 0, 1, 0, 0)), Report("gatekeeper", new("child-object-received", "crm", 5, 1, 2, 0, 1, 1))],
            Own, new Dictionary<(string, string), long> { [("account-discovered", "crm")] = 1 }, Empty, []);
        Assert.True(ledger.Balanced);
        Assert.Equal(new LedgerSum(8, 3, 2, 1, 1, 1), ledger.Sources["crm"]);
        Assert.Equal(2, ledger.Streams.Count);
    }

    [Fact]
    public void A_mistake_of_a_service_is_a_mistake_of_the_whole_and_names_it()
    {
        var ledger = WholeLedger.Of([new LedgerReport("gatekeeper", [], ["it is off"], 0)], Own, new Dictionary<(string, string), long>(), Empty, []);
        Assert.False(ledger.Balanced);
        Assert.Equal("gatekeeper: it is off", Assert.Single(ledger.Mistakes));
    }

    [Fact]
    public void A_dead_letter_that_is_nowhere_is_a_mistake() =>
        Assert.False(WholeLedger.Of([Dead], Own, new Dictionary<(string, string), long>(), Empty, []).Balanced);

    [Fact]
    public void A_dead_letter_on_its_way_is_in_flight_and_no_mistake()
    {
        var ledger = WholeLedger.Of([Dead], Own, new Dictionary<(string, string), long>(), new Dictionary<string, long> { [DeadLetterQueue.Name] = 1 }, []);
        Assert.True(ledger.Balanced);
        Assert.Equal(1, ledger.InFlight.DeadLetters);
    }

    [Fact]
    public void A_service_that_does_not_answer_leaves_the_ledger_unbalanced() =>
        Assert.False(WholeLedger.Of([], Own, new Dictionary<(string, string), long>(), Empty, ["gatekeeper does not answer"]).Balanced);

    private static LedgerReport Dead => Report("gatekeeper", new("child-object-received", "crm", 1, 0, 0, 1, 0, 0));

    private static LedgerReport Report(string service, LedgerLine line) => new(service, [line], [], 0);
}
