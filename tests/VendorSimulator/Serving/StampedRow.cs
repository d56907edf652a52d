using System.Text.Json;
using Pipeline.VendorSimulator.Truth;

namespace Pipeline.VendorSimulator.Serving;

/// <summary>One version of a row as it is served.</summary>
/// <param name="Stamp">By which the system filters and orders.</param>
/// <param name="End">Where its object must end; null for an account.</param>
/// <param name="Late">Whether it comes only after the others were read: a new row, or one that takes the place of the early row of its id. What ends as a dead letter must not change: each version is a letter.</param>
/// <param name="Gone">Whether the object is not shown any more, late as it is: only a webhook tells of it.</param>
public sealed record StampedRow(string Id, DateTimeOffset Stamp, JsonElement Json, ChildTruth? End = null, bool Late = false, bool Gone = false);
