using Npgsql;
using NpgsqlTypes;

namespace Pipeline.Hosting.Storage;

/// <summary>Rows turned into one array a column, which is how a set travels to PostgreSQL in one statement: <c>unnest($1, $2, ...)</c>.</summary>
public sealed class Columns<TRow>(IReadOnlyList<TRow> rows)
{
    private readonly List<NpgsqlParameter> _parameters = [];

    public Columns<TRow> Add<T>(NpgsqlDbType type, Func<TRow, T> value)
    {
        _parameters.Add(new NpgsqlParameter { Value = rows.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
        return this;
    }

    /// <summary>The statement over these columns; <c>{0}</c> in it stands for the list of their parameters.</summary>
    public NpgsqlBatchCommand Command(string sql)
    {
        var numbers = string.Join(", ", Enumerable.Range(1, _parameters.Count).Select(number => $"${number}"));
        var command = new NpgsqlBatchCommand(sql.Replace("{0}", numbers));
        foreach (var parameter in _parameters) command.Parameters.Add(parameter);
        return command;
    }
}
