using System.Text.Json;

namespace Pipeline.Connectors;

/// <summary>How records of a feed are asked for by their ids.</summary>
/// <param name="Most">Ids a request.</param>
/// <param name="Ask">The request for these ids, at least one.</param>
/// <param name="Records">The records of its answer. A shape that it does not know is an <see cref="UnknownShapeException"/>.</param>
public sealed record Lookup(int Most, Func<IReadOnlyList<string>, VendorRequest> Ask, Func<JsonElement, IReadOnlyList<JsonElement>> Records)
{
    /// <summary>One record a request, whose answer is the record, or holds it under a name.</summary>
    /// <param name="path">Of the record with this id, which is escaped already.</param>
    public static Lookup One(Func<string, string> path, string? under = null) => new(
        1,
        ids => new VendorRequest(path(Uri.EscapeDataString(ids[0]))),
        answer => [under is null ? answer : Reading.JsonShape.Part(answer, under)]);
}
