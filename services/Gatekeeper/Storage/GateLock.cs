namespace Pipeline.Gatekeeper.Storage;

/// <summary>
/// The lock that keeps "park" and "admit" apart. Whoever may park a child holds it shared for the whole transaction; whoever
/// changes what is known of accounts and keys holds it alone. So one of two things is true for every child and every answer:
/// the child's transaction began after the answer was committed, and sees it; or it ended before the answer's transaction
/// looked for waiting children, and is seen. See docs/decisions.
/// </summary>
public static class GateLock
{
    public const string Shared = "select pg_advisory_xact_lock_shared(hashtext('gatekeeper'), 1)";

    public const string Alone = "select pg_advisory_xact_lock(hashtext('gatekeeper'), 1)";
}
