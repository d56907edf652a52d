using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.Hosting.Storage;
using Pipeline.SystemOfRecord.Admission;

namespace Pipeline.SystemOfRecord.Records;

/// <summary>The records, their links and what was given up of them, each written as a set.</summary>
internal static class RecordTable
{
    public static NpgsqlBatchCommand Upsert(IReadOnlyList<AccountRecord> news) => new Columns<AccountRecord>(news)
        .Add(NpgsqlDbType.Uuid, record => record.Key)
        .Add(NpgsqlDbType.Text, record => record.Message.Source)
        .Add(NpgsqlDbType.Text, record => record.Message.NativeId)
        .Add(NpgsqlDbType.TimestampTz, record => record.Version.ObservedAt)
        .Add(NpgsqlDbType.Uuid, record => record.Version.Tie)
        .Add(NpgsqlDbType.Text, record => record.Message.AccountId.Value?.Text)
        .Add(NpgsqlDbType.Uuid, record => record.Message.AccountId.Value is { } accountId ? AccountSaga.IdOf(accountId.Text) : (Guid?)null)
        .Add(NpgsqlDbType.Text, record => record.Message.Name)
        .Add(NpgsqlDbType.TimestampTz, record => record.Message.JoinDate?.ToUniversalTime())
        .Add(NpgsqlDbType.Json, record => JsonSerializer.Serialize(record.Message.Fields))
        .Add(NpgsqlDbType.Boolean, record => record.Message.Deleted)
        .Add(NpgsqlDbType.Json, record => JsonSerializer.Serialize(record.Message.Emails)) // lists of unequal length have no array of arrays
        .Add(NpgsqlDbType.Text, record => record.Message.AccountSupportId)
        .Command("""
            insert into records (record_key, source, native_id, observed_at, tie, account_id, account_key, name, join_date, fields, deleted, emails, account_support_id)
            select record_key, source, native_id, observed_at, tie, account_id, account_key, name, join_date, fields, deleted, array(select json_array_elements_text(emails)), account_support_id
            from unnest({0}) n (record_key, source, native_id, observed_at, tie, account_id, account_key, name, join_date, fields, deleted, emails, account_support_id)
            on conflict (record_key) do update set observed_at = excluded.observed_at, tie = excluded.tie, account_id = excluded.account_id, account_key = excluded.account_key,
                name = excluded.name, join_date = excluded.join_date, fields = excluded.fields, deleted = excluded.deleted, emails = excluded.emails, account_support_id = excluded.account_support_id
            """);

    public static NpgsqlBatchCommand Unlink(IReadOnlyList<AccountRecord> news) => new Columns<AccountRecord>(news)
        .Add(NpgsqlDbType.Uuid, record => record.Key)
        .Command("delete from record_links where record_key = any($1)");

    /// <summary>A deleted record links nothing.</summary>
    public static NpgsqlBatchCommand Link(IReadOnlyList<AccountRecord> news) =>
        new Columns<(Guid Key, Link Link)>([.. news.Where(record => !record.Message.Deleted).SelectMany(record => record.Message.Links.Distinct().Select(link => (record.Key, link)))])
            .Add(NpgsqlDbType.Uuid, link => link.Key)
            .Add(NpgsqlDbType.Uuid, link => AccountRecord.KeyOf(link.Link.System, link.Link.NativeId))
            .Add(NpgsqlDbType.Text, link => link.Link.System)
            .Add(NpgsqlDbType.Text, link => link.Link.NativeId)
            .Command("insert into record_links (record_key, target_key, target_system, target_native_id) select * from unnest({0})");

    public static NpgsqlBatchCommand Bury(IReadOnlyList<RecordLetter> dead) => new Columns<RecordLetter>(dead)
        .Add(NpgsqlDbType.Uuid, letter => letter.Id)
        .Add(NpgsqlDbType.Text, _ => Exchanges.AccountDiscovered)
        .Add(NpgsqlDbType.Text, letter => letter.Source)
        .Add(NpgsqlDbType.Text, letter => letter.NativeId)
        .Add(NpgsqlDbType.Text, letter => letter.Refusal.Reason.Code)
        .Add(NpgsqlDbType.Text, letter => letter.Refusal.Detail)
        .Command("insert into dead (dead_letter_id, stream, source, native_id, reason, detail) select * from unnest({0})");
}
