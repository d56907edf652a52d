using Npgsql;
using NpgsqlTypes;

namespace Pipeline.Gatekeeper.Storage;

/// <summary>Rows turned into one array a column, which is how a set travels to PostgreSQL in one statement.</summary>
internal sealed class Columns<TRow>(IReadOnlyList<TRow> rows)
{
    private readonly List<NpgsqlParameter> _parameters = [];

    public Columns<TRow> Add<T>(NpgsqlDbType type, Func<TRow, T> value)
    {
        _parameters.Add(new NpgsqlParameter { Value = rows.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
        return this;
    }

    public NpgsqlBatchCommand Command(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in _parameters) command.Parameters.Add(parameter);
        return command;
    }
}
