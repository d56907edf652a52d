using Npgsql;

namespace Pipeline.Hosting.Storage;

/// <summary>A batch of questions over sets of keys, and its answers, one after the other.</summary>
public static class ResultSets
{
    /// <summary>A question whose parameters are sets.</summary>
    public static NpgsqlBatchCommand With(string sql, params Array[] sets)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var set in sets) command.Parameters.Add(new() { Value = set });
        return command;
    }

    /// <summary>Goes to the next answer and takes each of its rows. The answer that a reader begins at is passed over: it is the lock's.</summary>
    public static async Task EachAsync(this NpgsqlDataReader rows, Action<NpgsqlDataReader> take, CancellationToken cancellation)
    {
        await rows.NextResultAsync(cancellation);
        while (await rows.ReadAsync(cancellation)) take(rows);
    }
}
