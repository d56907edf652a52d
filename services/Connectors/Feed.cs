using System.Text.Json;

namespace Pipeline.Connectors;

/// <summary>
/// One list of a system: how it is asked for, read page by page, and turned into messages. All three are pure functions.
/// A pass is one walk over the pages, from <see cref="First"/> to the page without a next request.
/// </summary>
public sealed record Feed
{
    /// <summary>As operators see it: "accounts", "tickets".</summary>
    public required string Name { get; init; }

    /// <summary>The first request of a pass.</summary>
    public required Func<Start, VendorRequest> First { get; init; }

    /// <summary>What one answer holds. A shape that it does not know is an <see cref="UnknownShapeException"/>.</summary>
    public required Func<Answer, Page> Read { get; init; }

    /// <summary>One record as a message, or why it cannot be one.</summary>
    public required Func<JsonElement, Mapped> Map { get; init; }

    /// <summary>
    /// Whether the system sends the records in the order of the cursor. If so, each page moves the checkpoint; if not,
    /// only a whole pass does, for a later page may hold an earlier change.
    /// </summary>
    public bool OrderedByCursor { get; init; } = true;

    /// <summary>
    /// How late the system may show a change whose stamp has already been passed by, its grain of time included. The
    /// next pass starts that far behind the newest stamp, and as much further as the last pass lingered near the present, until a pass that began this long after the newest stamp was
    /// first seen has found nothing more. Zero for a cursor that the system itself keeps.
    /// </summary>
    public TimeSpan Lag { get; init; }

    /// <summary>The part of a listed record whose fields are watched for change, where the system lists now the thing itself and now what wraps it.</summary>
    public Func<JsonElement, JsonElement> RecordIn { get; init; } = record => record;

    /// <summary>How a record is asked for that a webhook only names; null where the system has no such request.</summary>
    public Lookup? ById { get; init; }
}

/// <summary>Where a pass starts.</summary>
/// <param name="Cursor">What the last committed page said; null on the first pass ever.</param>
/// <param name="Lag">How far behind the cursor to start: <see cref="Feed.Lag"/> and as long as the last pass lingered, or zero once that time is over.</param>
/// <param name="Now">Our clock, for systems that refuse times that are too recent. Never a cursor.</param>
public sealed record Start(string? Cursor, TimeSpan Lag, DateTimeOffset Now);

/// <summary>One answer of the system, with what it answered to.</summary>
/// <param name="Body">The whole JSON.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="Pass">The pass that the page belongs to.</param>
/// <param name="Headers">Of the answer, by name, case-blind.</param>
public sealed record Answer(JsonElement Body, VendorRequest Request, Pass Pass, IReadOnlyDictionary<string, string> Headers);

/// <summary>A walk over the pages.</summary>
/// <param name="From">The cursor that it started at; a feed without a filter on the server drops what is older.</param>
/// <param name="Lag">How far behind <paramref name="From"/> it started.</param>
/// <param name="Newest">The cursor of the page before.</param>
/// <param name="StartedAt">By the system's own clock where it tells it, else by ours.</param>
public sealed record Pass(string? From, TimeSpan Lag, string? Newest, DateTimeOffset StartedAt);

/// <summary>What one answer holds.</summary>
/// <param name="Records">In the order in which they came.</param>
/// <param name="Next">The request for the next page; null ends the pass.</param>
/// <param name="Cursor">Where a later pass would start if this page were the last; never taken from our own clock.</param>
/// <param name="Total">How many records this pass will bring, where the system tells.</param>
public sealed record Page(IReadOnlyList<JsonElement> Records, VendorRequest? Next, string? Cursor, long? Total = null);

/// <summary>The system answered with JSON that has not the shape its documentation gives. Worth another try, and a person's look.</summary>
public sealed class UnknownShapeException(string message) : Exception(message)
{
    /// <summary>Whether reading failed for the shape of what was read. Reading is pure, so that is whatever it throws: a field of another kind, a text that is no Unicode, a number beyond its range.</summary>
    public static bool IsTheReasonOf(Exception exception) => exception is not (OutOfMemoryException or OperationCanceledException);
}
