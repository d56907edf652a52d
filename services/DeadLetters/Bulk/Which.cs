using Npgsql;
using NpgsqlTypes;
using Pipeline.DeadLetters.Search;

namespace Pipeline.DeadLetters.Bulk;

/// <summary>The letters that an order is about, as a condition with its parameters.</summary>
internal sealed class Which
{
    private readonly SearchSql _search;

    private Which(SearchSql search) => _search = search;

    public string Condition => _search.Condition;

    /// <param name="first">The number of its first parameter: those before it are the statement's own.</param>
    public static Which Of(Order order, int first) => new(SearchSql.Of(order.Criterion, first));

    /// <summary>The command with the statement's own parameters and those of the condition.</summary>
    public NpgsqlCommand On(NpgsqlCommand command, params ReadOnlySpan<object> own)
    {
        Fill(command, own);
        foreach (var parameter in _search.Parameters) command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>The command with the statement's own parameters.</summary>
    public static NpgsqlCommand Fill(NpgsqlCommand command, params ReadOnlySpan<object> own)
    {
        foreach (var value in own)
            command.Parameters.Add(value is Nullable nullable ? new() { Value = nullable.Value ?? DBNull.Value, NpgsqlDbType = nullable.Type } : new() { Value = value });
        return command;
    }

    /// <summary>A value that may be null, whose type the server must be told.</summary>
    public sealed record Nullable(object? Value, NpgsqlDbType Type);
}
