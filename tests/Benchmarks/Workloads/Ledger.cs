namespace Pipeline.Benchmarks.Workloads;

/// <summary>What the gatekeeper itself has counted, which is cheaper to ask for than to count millions of rows anew.</summary>
internal static class Ledger
{
    public const string Received = "select coalesce(sum(received), 0)::bigint from gatekeeper.ledger";

    public const string Parked = "select coalesce(sum(parked), 0)::bigint from gatekeeper.ledger";
}
