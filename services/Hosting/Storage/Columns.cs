using System.Runtime.InteropServices;
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

    /// <summary>A column of bytes. Bodies are as large as all the rest, and most are arrays already, which need no copy.</summary>
    public Columns<TRow> AddBytes(Func<TRow, ReadOnlyMemory<byte>> value) => Add(NpgsqlDbType.Bytea, row =>
    {
        var bytes = value(row);
        return MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Count == segment.Array!.Length ? segment.Array : bytes.ToArray();
    });

    /// <summary>The statement over these columns; <c>{0}</c> in it stands for the list of their parameters.</summary>
    public NpgsqlBatchCommand Command(string sql)
    {
        var numbers = string.Join(", ", Enumerable.Range(1, _parameters.Count).Select(number => $"${number}"));
        var command = new NpgsqlBatchCommand(sql.Replace("{0}", numbers));
        foreach (var parameter in _parameters) command.Parameters.Add(parameter);
        return command;
    }
}
