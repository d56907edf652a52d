using Microsoft.Extensions.Logging;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting;

namespace Pipeline.Gatekeeper.Bindings;

/// <summary>
/// Turns what is noted of people into evidence: the emails of those who are in, and whom they say to be. It reads how things are
/// now, so it may be done late, twice or by another replica; the notes are struck off in the same transaction.
/// </summary>
public sealed class PeopleEvidence(
    NpgsqlDataSource database, EvidenceWriter evidence, UserTableWriter users, ChildKinds kinds, WakeUp signal, TimeProvider time, ILogger<PeopleEvidence> log) : RepeatedWork(time, log)
{
    private const int PageSize = 1000;
    private static readonly TimeSpan LookAround = TimeSpan.FromMilliseconds(200);

    /// <summary>Bindings of a person are as new as the moment: whoever reads alone behind the gate reads the last word.</summary>
    private const string Changed =
        """
        with noted as (delete from people_changed where ctid = any(array(select ctid from people_changed limit $1)) returning object_key)
        select noted.object_key, o.account_id, o.body from (select distinct object_key from noted) noted left join objects o using (object_key)
        """;

    private const string Heard =
        "delete from people_heard where ctid = any(array(select ctid from people_heard limit $1)) returning user_id, origin_key, valid_from, tie, account_id, source";

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        while (await TakeSomeAsync(stopping))
        {
        }
    }

    protected override Task PauseAsync(CancellationToken stopping) => Task.Delay(LookAround, Time, stopping);

    private async Task<bool> TakeSomeAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        if (!await IsAnythingNotedAsync(connection, cancellation)) return false; // the gate is not held up for nothing
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var gate = new NpgsqlCommand(GateLock.Alone, connection, transaction)) await gate.ExecuteNonQueryAsync(cancellation);
        var emails = await RowsAsync(connection, transaction, Changed, Emails, cancellation);
        var statements = await RowsAsync(connection, transaction, Heard, Statement, cancellation);
        var asked = emails.Count > 0 && await evidence.WriteCurrentAsync(connection, transaction, emails, cancellation);
        asked |= statements.Count > 0 && await users.WriteAsync(connection, transaction, statements, cancellation);
        await transaction.CommitAsync("people", cancellation);
        if (asked) signal.Raise();
        return emails.Count == PageSize || statements.Count == PageSize;
    }

    private static async Task<bool> IsAnythingNotedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select exists (select from people_changed) or exists (select from people_heard)", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<IReadOnlyList<T>> RowsAsync<T>(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction) { Parameters = { new() { Value = PageSize } } };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var found = new List<T>();
        while (await rows.ReadAsync(cancellation)) found.Add(read(rows));
        return found;
    }

    private Evidence Emails(NpgsqlDataReader row)
    {
        Binding[] bindings = [];
        if (!row.IsDBNull(1) && Child.Read(row.GetFieldValue<byte[]>(2), null, null, kinds).Succeeded(out var person, out _))
            bindings = [.. kinds.People.EmailsOf(person).Select(email => new Binding(email, AccountId.Of(row.GetString(1))))];
        return new Evidence(row.GetGuid(0), 0, default, "", bindings, null, null);
    }

    private static UserStatement Statement(NpgsqlDataReader row) => new(
        new ClaimKey(ClaimKind.UserId, "", row.GetString(0)),
        new UserLink(row.GetGuid(1), IsOfTable: false, row.GetFieldValue<DateTimeOffset>(2), row.IsDBNull(4) ? null : new StatedAccount(AccountId.Of(row.GetString(4)), row.GetString(5))),
        row.GetGuid(3), null);
}
