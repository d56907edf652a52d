using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Connectors.Checking.Sampling;

/// <summary>A record, and the account_id that it was found to state.</summary>
public sealed record Carrier(JsonElement Record, StatedAccountId Stated);

/// <summary>The form of many account_ids. Pure; values leave only as masked examples.</summary>
public static class AccountIds
{
    private const int MostExamples = 3;

    public static AccountIdSample Of(IReadOnlyList<Carrier> carriers)
    {
        var usable = carriers.Where(carrier => carrier.Stated.Value is not null).Select(carrier => (carrier.Record, carrier.Stated.Value!.Value.Text)).ToList();
        var fields = WrittenIn.Every(usable);
        var texts = usable.ConvertAll(carrier => carrier.Text);
        var shown = texts.Count > 0 ? texts : [.. carriers.Select(carrier => carrier.Stated.ToString()).Where(text => text.Length > 0)];
        return new(
            carriers.Count, texts.Count,
            PageSample.Counted(carriers.Select(carrier => FormOf(carrier, fields))), fields,
            PageSample.Counted(texts.Select(AccountIdLook.Of)),
            texts.GroupBy(text => text).Count(same => same.Count() > 1),
            texts.Count(text => text.Trim().Length < text.Length),
            texts.Select(text => text.EnumerateRunes().Count()).DefaultIfEmpty().Max(),
            [.. shown.Distinct().Take(MostExamples).Select(Example)]);
    }

    /// <summary>Enough to recognise a value that one knows: its first two characters at most, never more than half of it, and its length.</summary>
    public static string Example(string text)
    {
        var runes = text.EnumerateRunes().ToList();
        return $"{string.Concat(runes.Take(Math.Min(2, runes.Count / 2)))}… ({(runes.Count == 1 ? "1 character" : $"{runes.Count} characters")})";
    }

    private static string FormOf(Carrier carrier, IReadOnlyList<string> fields)
    {
        if (carrier.Stated.IsMissing) return "missing";
        if (carrier.Stated.Value is not { } id)
            return carrier.Stated.ToString()[0] switch { '{' => "object", '[' => "list", 't' or 'f' => "boolean", '"' => "broken_text", _ => "fraction" };
        var places = WrittenIn.Of(carrier.Record, id.Text).Where(place => fields.Count == 0 || fields.Contains(place.Key)).Select(place => place.Value).ToList();
        return places.Count > 0 && places.All(kind => kind == JsonValueKind.Number) ? "whole_number" : "text";
    }
}
