using System.Text.Json;
using CsCheck;
using Pipeline.Connectors.Engine.Drift;
using Pipeline.Properties.Tests.Contracts;

namespace Pipeline.Properties.Tests.Connectors;

/// <summary>Over records of every shape, hostile names among them.</summary>
public sealed class DriftProperties
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<JsonElement[]> Pages = AnyJson.Object.Select(text => JsonSerializer.Deserialize<JsonElement>(text)).Array[5, 30];

    [Fact]
    public void Records_that_have_taught_tell_nothing_when_they_come_again() => Pages.Sample(records =>
    {
        var learned = See(new FeedShape(), records, FirstPass.Ends).Shape;
        return See(learned, records).Drifts.Count == 0;
    }, iter: 5_000);

    [Fact]
    public void Whatever_comes_is_told_once_at_most_by_field_and_change() => Gen.Select(Pages, Pages.Array[1, 4]).Sample((taught, pages) =>
    {
        var shape = See(new FeedShape(), taught, FirstPass.Ends).Shape;
        var told = new List<FieldDrift>();
        foreach (var page in pages.Concat(pages))
        {
            (shape, var drifts) = See(shape, page);
            told.AddRange(drifts);
        }

        return told.Distinct().Count() == told.Count;
    }, iter: 2_000);

    [Fact]
    public void A_shape_goes_on_the_same_after_it_was_stored() => Gen.Select(Pages, Pages).Sample((taught, page) =>
    {
        var shape = See(new FeedShape(), taught, FirstPass.Ends).Shape;
        var stored = JsonSerializer.Deserialize(JsonSerializer.Serialize(shape, ShapeJson.Default.FeedShape), ShapeJson.Default.FeedShape)!;
        return See(shape, page).Drifts.Order(ByField).SequenceEqual(See(stored, page).Drifts.Order(ByField));
    }, iter: 2_000);

    private static readonly Comparer<FieldDrift> ByField = Comparer<FieldDrift>.Create((one, other) => string.CompareOrdinal($"{one.Field} {one.Word}", $"{other.Field} {other.Word}"));

    private static (FeedShape Shape, IReadOnlyList<FieldDrift> Drifts) See(FeedShape shape, JsonElement[] records, FirstPass firstPass = FirstPass.Over) =>
        shape.After(SeenObject.Of(records), firstPass, records.Length, Now);
}
