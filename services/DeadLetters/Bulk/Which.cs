using Npgsql;
using NpgsqlTypes;
using Pipeline.DeadLetters.Search;

namespace Pipeline.DeadLetters.Bulk;

/// <summary>The letters that an order is about, as a condition with its parameters.</summary>
internal sealed class Which
{
    private readonly SearchSql _search;
    private readonly Guid[]? _named;

    private Which(SearchSql search, Guid[]? named, string condition) => (_search, _named, Condition) = (search, named, condition);

    public string Condition { get; }

    /// <param name="first">The number of its first parameter: those before it are the statement's own.</param>
    public static Which Of(Order order, int first)
    {
        var search = SearchSql.Of(order.Criterion, first);
        return new Which(search, order.Letters, order.Letters is null ? search.Condition : $"l.id = any(${first})");
    }

    /// <summary>The command with the statement's own parameters and those of the condition.</summary>
    public NpgsqlCommand On(NpgsqlCommand command, params ReadOnlySpan<object> own)
    {
        foreach (var value in own)
            command.Parameters.Add(value is Nullable nullable ? new() { Value = nullable.Value ?? DBNull.Value, NpgsqlDbType = nullable.Type } : new() { Value = value });
        if (_named is not null) command.Parameters.Add(new() { Value = _named });
        else
            foreach (var parameter in _search.Parameters) command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>A value that may be null, whose type the server must be told.</summary>
    public sealed record Nullable(object? Value, NpgsqlDbType Type);
}
