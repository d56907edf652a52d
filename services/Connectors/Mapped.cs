using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors;

/// <summary>What became of one record: a message, or why it cannot be one.</summary>
public abstract record Mapped
{
    private Mapped()
    {
    }

    public sealed record Account(AccountDiscovered Message) : Mapped;

    public sealed record Child(ChildObjectReceived Message) : Mapped;

    /// <param name="Detail">What was seen, for a person; names the field.</param>
    /// <param name="NativeId">The record's id, where it could be read that far.</param>
    public sealed record Unmappable(string Detail, string? NativeId = null) : Mapped;

    /// <summary>The same record, deleted at this time.</summary>
    public Mapped DeletedAt(DateTimeOffset at) => this switch
    {
        Account(var account) => new Account(account with { Deleted = true, ObservedAt = at > account.ObservedAt ? at : account.ObservedAt }),
        Child(var child) => new Child(child with { Deleted = true, ObservedAt = at > child.ObservedAt ? at : child.ObservedAt }),
        _ => this,
    };

    /// <summary>Reads the record by its fields; the first field that is wrong makes it unmappable.</summary>
    public static Mapped ToAccount(JsonElement record, Func<Fields, AccountDiscovered> read) =>
        By(record, read, account => account.NativeId, account => new Account(account));

    /// <inheritdoc cref="ToAccount"/>
    public static Mapped ToChild(JsonElement record, Func<Fields, ChildObjectReceived> read) =>
        By(record, read, child => child.NativeId, child => new Child(child));

    private static Mapped By<T>(JsonElement record, Func<Fields, T> read, Func<T, string> nativeId, Func<T, Mapped> done)
    {
        if (record.ValueKind != JsonValueKind.Object) return new Unmappable($"The record is a JSON {record.ValueKind}, not an object.");
        var fields = new Fields(record);
        var message = read(fields);
        if (fields.Refusal is not { } refusal) return done(message);
        return new Unmappable(refusal.Detail, nativeId(message) is { Length: > 0 } id ? id : null);
    }
}
