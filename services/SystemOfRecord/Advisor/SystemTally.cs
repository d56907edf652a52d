using System.Text.Json;

namespace Pipeline.SystemOfRecord.Advisor;

/// <summary>One value of one field of one record, on its way to the table that counts.</summary>
internal readonly record struct SeenValue(FieldTally Tally, string Text, JsonValueKind Kind);

/// <summary>Counts the records of one system while they stream by.</summary>
internal sealed class SystemTally(string system, Func<int> nextNumber)
{
    /// <summary>The first fields seen are profiled; a system whose keys are data has no end of them.</summary>
    private const int MostFields = 100;

    private readonly Dictionary<string, FieldTally> _fields = new(StringComparer.Ordinal);

    public string System => system;

    public long Records { get; private set; }

    public long Named { get; private set; }

    public long Joined { get; private set; }

    public IReadOnlyCollection<FieldTally> Fields => _fields.Values;

    /// <summary>Counts the record; what it returns are its values.</summary>
    public IEnumerable<SeenValue> Take(ScannedRecord record)
    {
        Records++;
        if (record.HasName) Named++;
        if (record.HasJoinDate) Joined++;
        return Texts(ProfiledField.AccountId, record.AccountId)
            .Concat(Texts(ProfiledField.NativeId, record.NativeId))
            .Concat(Texts(ProfiledField.SupportId, record.SupportId))
            .Concat(Texts(ProfiledField.Email, [.. record.Emails.Select(email => email.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal)])) // a mapping, compared case-blind
            .Concat(record.Fields.SelectMany(field => Own(field.Key, field.Value)));
    }

    private IEnumerable<SeenValue> Own(string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Array or JsonValueKind.Object or JsonValueKind.Undefined) return [];
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (string.IsNullOrWhiteSpace(text) || Carrying(ProfiledField.Own(name)) is not { } tally) return [];
        var seen = new SeenValue(tally, text, value.ValueKind);
        return WebAddress.Host(text) is { } host ? Texts(ProfiledField.Own(name) + ProfiledField.Domain, host).Prepend(seen) : [seen];
    }

    private IEnumerable<SeenValue> Texts(string field, params string?[] values)
    {
        var carried = values.OfType<string>().ToList();
        return carried.Count == 0 || Carrying(field) is not { } tally ? [] : carried.Select(value => new SeenValue(tally, value, JsonValueKind.String));
    }

    private FieldTally? Carrying(string field)
    {
        if (!_fields.TryGetValue(field, out var tally))
        {
            if (_fields.Count == MostFields) return null;
            _fields[field] = tally = new FieldTally(nextNumber(), system, field);
        }

        tally.Carry();
        return tally;
    }
}
