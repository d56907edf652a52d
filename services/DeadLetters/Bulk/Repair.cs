using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Contracts.Reading;

namespace Pipeline.DeadLetters.Bulk;

/// <summary>
/// Changes bodies that are alike in the same way. The letters keep theirs; only what is sent is changed. Fields that no step names
/// stay as they are, numbers to the last digit. Pure.
/// </summary>
public sealed class Repair
{
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Kinds = ["set", "rename", "replace", "remove"];
    private readonly IReadOnlyList<RepairStep> _steps;

    private Repair(IReadOnlyList<RepairStep> steps) => _steps = steps;

    /// <returns>The repair, or what is wrong with its steps.</returns>
    public static (Repair? Repair, string? Mistake) Of(IReadOnlyList<RepairStep> steps)
    {
        foreach (var step in steps)
            if (MistakeIn(step) is { } mistake) return (null, mistake);
        return (new Repair(steps), null);
    }

    /// <summary>The body as it would be sent, or why the repair does not fit it.</summary>
    /// <param name="exchange">Where it is sent: an account record of the same time is another version of it only by chance, so it is made the newer one.</param>
    public (byte[]? Body, string? Misfit) Apply(ReadOnlyMemory<byte> body, string exchange)
    {
        if (Parse(body) is not { } root) return (null, "The body is not a JSON object.");
        var time = TimeOf(root);
        try
        {
            foreach (var step in _steps)
                if (Apply(root, step) is { } misfit) return (null, misfit);
        }
        catch (ArgumentException)
        {
            return (null, "A field of the body is there twice.");
        }

        if (exchange == Exchanges.AccountDiscovered) MakeNewer(root, time);
        return (JsonSerializer.SerializeToUtf8Bytes(root, Writing), null);
    }

    /// <summary>A body that a person wrote in place of another.</summary>
    public static byte[] Edited(ReadOnlyMemory<byte> before, byte[] after, string exchange)
    {
        if (exchange != Exchanges.AccountDiscovered || Parse(after) is not { } root || Parse(before) is not { } old) return after;
        var time = TimeOf(old);
        if (time is null || TimeOf(root) != time || before.Span.SequenceEqual(after)) return after;
        MakeNewer(root, time);
        return JsonSerializer.SerializeToUtf8Bytes(root, Writing);
    }

    /// <summary>Why a body would be refused where it is sent; null where nothing is known to be wrong with it.</summary>
    public static Refusal? Refused(ReadOnlyMemory<byte> body, string exchange) => exchange switch
    {
        Exchanges.ChildObjectReceived or Exchanges.UsageEventReceived => MessageReader.ChildObjectReceived(body).Refusal,
        Exchanges.AccountDiscovered => MessageReader.AccountDiscovered(body).Refusal,
        Exchanges.UserMapped => MessageReader.UserMapped(body).Refusal,
        _ => null,
    };

    private static string? MistakeIn(RepairStep step)
    {
        if (!Kinds.Contains(step.Do)) return $"'{step.Do}' is no change. Write set, rename, replace or remove.";
        if (string.IsNullOrEmpty(step.Path) || step.Path.Split('.').Any(name => name.Length == 0)) return $"'{step.Path}' is no path to a field. Write it as account_id or data.custom.id.";
        return step switch
        {
            { Do: "set", Value: null } => $"Setting {step.Path} needs a value.",
            { Do: "rename", Value: not { ValueKind: JsonValueKind.String } } => $"Renaming {step.Path} needs the new name, a text.",
            { Do: "replace", From: null or "" } or { Do: "replace", To: null } => $"Replacing in {step.Path} needs the text that is replaced and what takes its place.",
            _ => null,
        };
    }

    private static JsonObject? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.Length > Body.MaximumSize ? null : JsonNode.Parse(body.Span, documentOptions: new JsonDocumentOptions { MaxDepth = Body.MaximumDepth }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Apply(JsonObject root, RepairStep step)
    {
        var names = step.Path.Split('.');
        var holder = root;
        foreach (var name in names[..^1])
        {
            if (holder[name] is not JsonObject inner)
            {
                if (step.Do != "set" || holder.ContainsKey(name)) return $"There is no object {name} in it.";
                holder[name] = inner = [];
            }

            holder = inner;
        }

        var last = names[^1];
        if (step.Do == "set")
        {
            holder[last] = JsonNode.Parse(step.Value!.Value.GetRawText());
            return null;
        }

        if (!holder.ContainsKey(last)) return $"There is no field {step.Path} in it.";
        var value = holder[last];
        switch (step.Do)
        {
            case "remove":
                holder.Remove(last);
                return null;
            case "rename":
                var newName = step.Value!.Value.GetString()!;
                if (holder.ContainsKey(newName)) return $"There is a field {newName} already.";
                holder.Remove(last);
                holder[newName] = value;
                return null;
            default:
                if (value is not JsonValue text || text.GetValueKind() != JsonValueKind.String) return $"The field {step.Path} is no text.";
                var before = text.GetValue<string>();
                if (!before.Contains(step.From!, StringComparison.Ordinal)) return $"The field {step.Path} does not have '{step.From}'.";
                holder[last] = before.Replace(step.From!, step.To, StringComparison.Ordinal);
                return null;
        }
    }

    private static DateTimeOffset? TimeOf(JsonObject root)
    {
        try
        {
            return root["observed_at"] is JsonValue value && value.GetValueKind() == JsonValueKind.String && DateTimeOffset.TryParse(value.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time : null;
        }
        catch (ArgumentException)
        {
            return null; // a field is there twice
        }
    }

    /// <summary>Newer than the version that failed by the least that the database can tell apart, and so older than whatever its system has said since.</summary>
    private static void MakeNewer(JsonObject root, DateTimeOffset? before)
    {
        if (before is { } time && TimeOf(root) == time) root["observed_at"] = time.AddMicroseconds(1).ToString("O", CultureInfo.InvariantCulture);
    }
}
