using Pipeline.Connectors.Engine.Http;

namespace Pipeline.Connectors.Checking;

/// <summary>What came of asking a feed for its first page.</summary>
public abstract record Asked
{
    private Asked()
    {
    }

    public sealed record Answered(Page Page) : Asked;

    public sealed record Failed(Problem Problem) : Asked;

    /// <summary>No request may be made for that long: the system asks for it, or has asked before, or little is left of its limit.</summary>
    public sealed record Paced(TimeSpan Wait) : Asked;

    /// <summary>It would have come to the same as the feed before.</summary>
    public sealed record Not : Asked;

    /// <summary>
    /// Whether the other feeds would come to the same: nobody answers, no token is given, or the limit is reached, which is by account. To
    /// ask on would take long, and might lock the user out.
    /// </summary>
    public bool HoldsForAll => this switch
    {
        Paced or Not => true,
        Failed({ ForToken: true }) => true,
        Failed({ Kind: var kind }) => kind is ProblemKind.HostNotFound or ProblemKind.ConnectionRefused or ProblemKind.Unreachable or ProblemKind.Tls or ProblemKind.Timeout,
        _ => false,
    };
}
