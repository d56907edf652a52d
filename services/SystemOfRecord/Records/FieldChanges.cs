using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Pipeline.Hosting.Storage;

namespace Pipeline.SystemOfRecord.Records;

/// <summary>
/// Counts how steady each field of a system is, for the advisor: an id that changes under a record is a bad account_id. Compared are the
/// versions that follow each other here, as JSON text; a value that a record gets for the first time is no change, one that it loses is.
/// </summary>
internal static class FieldChanges
{
    /// <summary>The name under which the stated account_id is counted; the fields of a record stand behind <see cref="OwnField"/>.</summary>
    public const string AccountId = "account_id";

    /// <summary>What the names of a record's own fields begin with, so that none of them is taken for ours.</summary>
    public const string OwnField = "fields.";

    /// <summary>One pass over the batch; rows in one order, though only one transaction at a time writes here. A record that is new joins nothing.</summary>
    public static NpgsqlBatchCommand Count(IReadOnlyList<AccountRecord> news) => new Columns<AccountRecord>(news)
        .Add(NpgsqlDbType.Uuid, record => record.Key)
        .Add(NpgsqlDbType.Text, record => record.Message.AccountId.Value?.Text)
        .Add(NpgsqlDbType.Json, record => JsonSerializer.Serialize(record.Message.Fields))
        .Add(NpgsqlDbType.Boolean, record => record.Message.Deleted)
        .Command($$"""
            insert into field_changes (source, field, observed, changed)
            select before.source, seen.field, count(*), count(*) filter (where seen.was is distinct from seen.is_now)
            from unnest({0}) now (record_key, account_id, fields, deleted)
            join records before on before.record_key = now.record_key and not before.deleted and not now.deleted
            cross join lateral (
                select '{{AccountId}}' as field, before.account_id as was, now.account_id as is_now
                union all
                select '{{OwnField}}' || old.key, nullif(old.value::text, 'null'), nullif(new.value::text, 'null')
                from json_each(before.fields) old left join json_each(now.fields) new on new.key = old.key) seen
            where seen.was is not null
            group by 1, 2 order by 1, 2
            on conflict (source, field) do update set observed = field_changes.observed + excluded.observed, changed = field_changes.changed + excluded.changed
            """);
}
