using System.Globalization;
using System.Text;
using Npgsql;
using Pipeline.TestKit;

namespace Pipeline.Benchmarks.Measuring;

/// <summary>What the database says of its statements: how often, how long they were planned and carried out, and what they wrote.</summary>
internal static class StatementProfile
{
    private const string Question = """
        select calls, rows, total_plan_time, total_exec_time, wal_bytes::bigint, regexp_replace(query, '\s+', ' ', 'g')
        from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database()) order by total_plan_time + total_exec_time desc limit 40
        """;

    public static async Task BeginAsync(World world)
    {
        await using var command = world.Database.CreateCommand("create extension if not exists pg_stat_statements; select pg_stat_statements_reset()");
        await command.ExecuteNonQueryAsync();
    }

    /// <param name="messages">That the statements were for.</param>
    /// <returns>A table in text, the dearest first.</returns>
    public static async Task<string> ReadAsync(World world, double messages)
    {
        await using var command = world.Database.CreateCommand(Question);
        await using var rows = await command.ExecuteReaderAsync();
        var table = new StringBuilder("calls/10k  rows/msg  plan ms/10k  exec ms/10k  WAL B/msg  statement\n");
        var (calls, plan, execution) = (0.0, 0.0, 0.0);
        while (await rows.ReadAsync())
        {
            var per = 10_000 / messages;
            calls += rows.GetInt64(0) * per;
            plan += rows.GetDouble(2) * per;
            execution += rows.GetDouble(3) * per;
            table.AppendLine(string.Create(CultureInfo.InvariantCulture,
                $"{rows.GetInt64(0) * per,9:N1} {rows.GetInt64(1) / messages,9:N2} {rows.GetDouble(2) * per,12:N1} {rows.GetDouble(3) * per,12:N1} {rows.GetInt64(4) / messages,10:N0}  {Short(rows.GetString(5))}"));
        }

        return table.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{calls,9:N1} {"",9} {plan,12:N1} {execution,12:N1}")).ToString();
    }

    private static string Short(string statement) => statement.Length <= 150 ? statement : $"{statement[..150]}…";
}
