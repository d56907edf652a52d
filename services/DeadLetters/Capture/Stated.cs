using System.Globalization;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.DeadLetters.Capture;

/// <summary>
/// What a body says that it is about, read leniently: a message that cannot be used may still name its object. Only to find and to
/// show; nothing is decided by it. Total: every body has an answer.
/// </summary>
public sealed record Stated(string? ObjectType, string? NativeId, string? AccountId, DateTimeOffset? ObservedAt)
{
    /// <summary>Longer texts are no names; they are cut in what is listed, and whole in the body.</summary>
    private const int Longest = 500;

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = Body.MaximumDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static readonly Stated Nothing = new(null, null, null, null);

    public static Stated Of(ReadOnlyMemory<byte> body)
    {
        if (body.Length > Body.MaximumSize) return Nothing;
        try
        {
            using var document = JsonDocument.Parse(body, Lenient);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return Nothing;
            return new Stated(Text(root, "object_type"), Text(root, "native_id") ?? Text(root, "user_id"), Account(root), Time(root));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Nothing; // half a surrogate pair, or no JSON at all
        }
    }

    /// <summary>The short form, or the first claim by account_id.</summary>
    private static string? Account(JsonElement root)
    {
        if (Text(root, "account_id") is { } direct) return direct;
        if (!root.TryGetProperty("claims", out var claims) || claims.ValueKind != JsonValueKind.Array) return null;
        foreach (var claim in claims.EnumerateArray())
            if (claim.ValueKind == JsonValueKind.Object && Text(claim, "by") == ClaimNames.Of(ClaimKind.AccountId)) return Text(claim, "value");
        return null;
    }

    private static string? Text(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value)) return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return string.IsNullOrEmpty(text) ? null : UnicodeText.Shorten(text, Longest);
    }

    private static DateTimeOffset? Time(JsonElement root) =>
        Text(root, "observed_at") is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;
}
