using Pipeline.VendorSimulator.Truth;

namespace Pipeline.VendorSimulator.Serving;

/// <summary>One system whose API is played. Each has a folder under Systems and is found there; nothing lists them.</summary>
public abstract class Vendor : IKnowsItsChildren
{
    /// <summary>The system's name, which is also the first part of its paths.</summary>
    public abstract string Name { get; }

    /// <summary>Paths at the root that are served too, for clients that resolve a relative address against the host, as they may with the real one.</summary>
    public virtual IReadOnlyList<string> AlsoAt => [];

    public abstract IEnumerable<RowCount> Rows { get; }

    public virtual IEnumerable<ChildTruth> Children => [];

    /// <summary>
    /// What has happened since the last call that the system tells by its webhook, in order: each a delivery that is made, and
    /// signed, anew for each attempt at the time given. Called by one thread, several times a second.
    /// </summary>
    public virtual IEnumerable<Func<DateTimeOffset, WebhookCall>> Told() => [];

    /// <summary>Adds the endpoints; the routes given already carry the system's path.</summary>
    public abstract void Map(RouteGroupBuilder routes);
}

/// <summary>How far the rows of one kind have been read.</summary>
/// <param name="Rows">Which rows, in the vendor's word.</param>
/// <param name="Total">All that there will ever be.</param>
/// <param name="Visible">Those that the API shows now.</param>
/// <param name="Served">Those that were in at least one answer.</param>
public sealed record RowCount(string Rows, int Total, int Visible, int Served);
