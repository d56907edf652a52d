using Npgsql;
using Pipeline.Benchmarks.Load;
using Pipeline.Benchmarks.Peers;
using Pipeline.TestKit;

namespace Pipeline.Benchmarks.Measuring;

/// <summary>Whether a run counts, asked of the tables in SQL that knows no peer, and of the announcements: every child is in, once, under its account, and was said once.</summary>
internal static class NeutralCheck
{
    private const string Wrong = """
        select count(*) from bench.expected e full join ({0}) a using (native_id)
        where e.account_id is distinct from a.account_id
        """;

    private const string Twice = "select count(*) from (select native_id from ({0}) a group by native_id having count(*) > 1) twice";

    /// <returns>What is wrong; null where nothing is.</returns>
    public static async Task<string?> OfTablesAsync(World world, IPeer peer, IEnumerable<(string NativeId, string AccountId)> expected)
    {
        await WriteAsync(world.Database, expected);
        if (await world.Number(Wrong.Replace("{0}", peer.Accepted)) is > 0 and var wrong) return $"{wrong:N0} children are missing, too many or under another account";
        return await world.Number(Twice.Replace("{0}", peer.Accepted)) is > 0 and var twice ? $"{twice:N0} children are in more than once" : null;
    }

    /// <summary>Reads all that was announced and is still in the listener's queue.</summary>
    public static async Task<string?> OfAnnouncementsAsync(World world, int children)
    {
        var heard = new int[children];
        foreach (var letter in await world.Outsider.Take(Listener.Queue))
        {
            var number = Children.NumberOf(Listener.NativeIdOf(letter.Body));
            if (number < 0 || number >= children) return $"something was announced that was never sent: {letter.Text}";
            heard[number]++;
        }

        if (heard.Count(times => times == 0) is > 0 and var lost) return $"{lost:N0} children were never announced";
        return heard.Count(times => times > 1) is > 0 and var twice ? $"{twice:N0} children were announced more than once" : null;
    }

    private static async Task WriteAsync(NpgsqlDataSource database, IEnumerable<(string NativeId, string AccountId)> expected)
    {
        await using (var make = database.CreateCommand("create schema if not exists bench; drop table if exists bench.expected; create table bench.expected (native_id text primary key, account_id text not null)"))
            await make.ExecuteNonQueryAsync();
        await using var connection = await database.OpenConnectionAsync();
        await using var copy = await connection.BeginBinaryImportAsync("copy bench.expected from stdin (format binary)");
        foreach (var (nativeId, accountId) in expected) await copy.WriteRowAsync(default, nativeId, accountId);
        await copy.CompleteAsync();
    }
}
