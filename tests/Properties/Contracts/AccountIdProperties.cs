using System.Text.Json;
using CsCheck;
using Pipeline.Contracts;

namespace Pipeline.Properties.Tests.Contracts;

public sealed class AccountIdProperties
{
    private const int Cases = 20_000;

    private static readonly Gen<string> Text = Gen.OneOf<string>(Gen.String, Gen.String["aA0 .\u200b\u00e9e\u0301\ud83d\ude00\ud800\udc00"], Gen.String[Gen.Char['0', '9'], 1, 40]);

    /// <summary>Pairs that differ by as little as a careless comparison would forgive, and pairs that do not differ.</summary>
    private static readonly Gen<(string One, string Other)> Pair = Gen.OneOf<(string One, string Other)>(
        Gen.Select(Text, Text),
        Text.Select(text => (text, text)),
        Text.Select(text => (text, text + " ")),
        Text.Select(text => (text, "0" + text)),
        Text.Select(text => (text, text + ".0")),
        Text.Select(text => (text, text + "\u200b")),
        Text.Select(text => (text, text.ToUpperInvariant())),
        Gen.Select(Text, Gen.Char['\ud800', '\udfff'], Gen.Char['\ud800', '\udfff'], (text, one, other) => (text + one, text + other)));

    [Fact]
    public void Two_texts_are_one_account_id_only_if_they_are_the_same_text() => Pair.Sample(
        pair => StatedAccountId.Of(pair.One).Value is not { } one || StatedAccountId.Of(pair.Other).Value is not { } other
            || (one == other) == string.Equals(pair.One, pair.Other, StringComparison.Ordinal),
        iter: Cases);

    [Fact]
    public void Nor_does_the_wire_make_them_one() => Pair.Sample(
        pair => (OverTheWire(StatedAccountId.Of(pair.One)) == OverTheWire(StatedAccountId.Of(pair.Other))) == (StatedAccountId.Of(pair.One) == StatedAccountId.Of(pair.Other)),
        iter: Cases);

    [Fact]
    public void The_wire_changes_nothing() => Text.Sample(text => OverTheWire(StatedAccountId.Of(text)) == StatedAccountId.Of(text), iter: Cases);

    [Fact]
    public void A_whole_number_of_any_length_keeps_every_digit() => Gen.Select(Gen.Bool, Gen.Char['1', '9'], Gen.String[Gen.Char['0', '9'], 0, 600]).Sample(
        (negative, first, rest) =>
        {
            var digits = $"{(negative ? "-" : "")}{first}{rest}";
            return StatedAccountId.Of(JsonElement.Parse(digits)).Value?.Text == digits;
        },
        iter: Cases);

    [Fact]
    public void A_number_with_a_fraction_or_an_exponent_is_never_an_account_id() => Gen.Select(Gen.Int, Gen.OneOf(".0", ".50", "e0", "E2", "e+1", "e-1", ".0e1")).Sample(
        (whole, rest) => StatedAccountId.Of(JsonElement.Parse($"{whole}{rest}")) is { Value: null, Refusal: { } refusal } && refusal.Reason == Reason.AccountIdNotText,
        iter: Cases);

    private static StatedAccountId OverTheWire(StatedAccountId stated)
    {
        var message = new AccountDiscovered { Source = "s", NativeId = "1", ObservedAt = DateTimeOffset.UnixEpoch, AccountId = stated };
        var written = JsonSerializer.SerializeToUtf8Bytes(message, PipelineJson.Wire.AccountDiscovered);
        return JsonSerializer.Deserialize(written, PipelineJson.Wire.AccountDiscovered)!.AccountId;
    }
}
