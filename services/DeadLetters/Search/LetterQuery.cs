using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using Pipeline.Contracts.Operations;
using Pipeline.Hosting.Storage;

namespace Pipeline.DeadLetters.Search;

/// <summary>Lists, shows and counts what the office keeps.</summary>
public static class LetterQuery
{
    private const string Columns =
        "l.id, l.reason, l.sentence, l.source, l.object_type, l.native_id, l.source_queue, l.first_seen, l.times, l.waited_for, l.state, l.account_id, l.group_key, l.fate, l.fate_detail, l.operation_id, l.purge_at, a.account_id";

    private const string One =
        $"""
        select {Columns}, l.exchange, l.routing_key, l.message_id, l.trace_parent, l.observed_at, l.deaths, l.last_seen, l.headers::text, length(l.body), l.body, l.successor
        from letters l left join letter_answers a on a.letter_id = l.id where l.id = $1
        """;

    private const string Replays =
        """
        select o.id, o.kind, o.author, o.reason, i.state, i.fate, i.detail, i.sent_at, i.decided_at, i.body is not null or o.repair is not null
        from operation_letters i join operations o on o.id = i.operation_id where i.letter_id = $1 order by o.asked_at desc limit 100
        """;

    /// <summary>The open letters that a replay would let in now.</summary>
    public static Criterion Offered { get; } = new Criterion.All([new Criterion.Is(SearchField.Answer, "*"), new Criterion.Is(SearchField.State, "open")]);

    /// <summary>The newest letters first.</summary>
    /// <param name="after">The <see cref="DeadLetterPage.Next"/> of the page before; null for the first.</param>
    /// <param name="counting">Whether to say how many there are in all.</param>
    public static async Task<DeadLetterPage> PageAsync(NpgsqlDataSource database, Criterion criterion, int limit, LetterCursor? after, bool counting, CancellationToken cancellation)
    {
        var search = SearchSql.Of(criterion, first: 4);
        await using var command = database.CreateCommand(
            $"""
            select {Columns} from {SearchSql.From} where {search.Condition} and ($2::timestamptz is null or (l.first_seen, l.id) < ($2, $3))
            order by l.first_seen desc, l.id desc limit $1
            """);
        command.Parameters.Add(new() { Value = limit + 1 });
        command.Parameters.Add(new() { Value = (object?)after?.FirstSeen ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = after?.Id ?? Guid.Empty });
        foreach (var parameter in search.Parameters) command.Parameters.Add(parameter);
        var letters = new List<DeadLetterLine>();
        await using (var rows = await command.ExecuteReaderAsync(cancellation))
            while (await rows.ReadAsync(cancellation)) letters.Add(Line(rows));
        var hasMore = letters.Count > limit;
        if (hasMore) letters.RemoveAt(limit);
        var total = counting ? await CountAsync(database, criterion, cancellation) : (long?)null;
        return new DeadLetterPage(letters, total, hasMore ? new LetterCursor(letters[^1].FirstSeen, letters[^1].Id).ToString() : null);
    }

    public static async Task<long> CountAsync(NpgsqlDataSource database, Criterion criterion, CancellationToken cancellation)
    {
        var search = SearchSql.Of(criterion);
        await using var command = database.CreateCommand($"select count(*) from {SearchSql.From} where {search.Condition}");
        foreach (var parameter in search.Parameters) command.Parameters.Add(parameter);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>One letter, whole; or null where there is none.</summary>
    public static async Task<DeadLetterReport?> ShowAsync(NpgsqlDataSource database, Guid id, CancellationToken cancellation)
    {
        var replays = new List<LetterReplay>();
        await using (var command = database.CreateCommand(Replays))
        {
            command.Parameters.Add(new() { Value = id });
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
                replays.Add(new LetterReplay(rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetString(4), rows.TextOrNull(5), rows.TextOrNull(6), rows.TimeOrNull(7), rows.TimeOrNull(8), rows.GetBoolean(9)));
        }

        await using var one = database.CreateCommand(One);
        one.Parameters.Add(new() { Value = id });
        await using var row = await one.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation)) return null;
        var body = row.GetFieldValue<byte[]>(27);
        var (exchange, routingKey) = (row.GetString(18), row.GetString(19));
        return new DeadLetterReport(
            Line(row), exchange, routingKey, exchange.Length + routingKey.Length > 0, row.TextOrNull(20), TraceId(row.TextOrNull(21)), row.TimeOrNull(22), row.GetInt32(23), row.GetFieldValue<DateTimeOffset>(24),
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(25))!, row.GetInt32(26), AsText(body), Convert.ToBase64String(body), replays, row.IdOrNull(28));
    }

    /// <summary>The body of a letter as it came, or null where there is no such letter.</summary>
    /// <param name="sources">The only sources that whoever asks may see; null for all.</param>
    public static async Task<byte[]?> BodyAsync(NpgsqlDataSource database, Guid id, IReadOnlyList<string>? sources, CancellationToken cancellation)
    {
        var search = SearchSql.Of(new Criterion.Named([id]).Of(sources));
        await using var command = database.CreateCommand($"select body from letters l where {search.Condition}");
        foreach (var parameter in search.Parameters) command.Parameters.Add(parameter);
        return await command.ExecuteScalarAsync(cancellation) as byte[];
    }

    /// <summary>The letters that wait for somebody, by their reason.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> CountsAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select reason, count(*) from letters where state in ('open', 'replaying') group by reason order by count(*) desc, reason");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellation)) counts[rows.GetString(0)] = rows.GetInt64(1);
        return counts;
    }

    private static DeadLetterLine Line(NpgsqlDataReader rows) => new(
        rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.TextOrNull(3), rows.TextOrNull(4), rows.TextOrNull(5), rows.GetString(6), rows.GetFieldValue<DateTimeOffset>(7), rows.GetInt64(8), rows.TextOrNull(9))
    {
        State = rows.GetString(10),
        AccountId = rows.TextOrNull(11),
        Group = rows.GetGuid(12),
        Fate = rows.TextOrNull(13),
        FateDetail = rows.TextOrNull(14),
        Operation = rows.IdOrNull(15),
        PurgeAt = rows.TimeOrNull(16),
        Answer = rows.TextOrNull(17),
    };

    private static string? AsText(byte[] body)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? TraceId(string? traceParent) => ActivityContext.TryParse(traceParent, null, out var context) ? context.TraceId.ToString() : null;
}

/// <summary>Where a page ended: the next begins below. Written so that it stays opaque to who hands it back.</summary>
public readonly record struct LetterCursor(DateTimeOffset FirstSeen, Guid Id)
{
    public override string ToString() => $"{(FirstSeen.UtcTicks / 10).ToString(CultureInfo.InvariantCulture)}-{Id:N}"; // PostgreSQL keeps microseconds

    public static LetterCursor? Read(string? text) =>
        text?.Split('-') is [var ticks, var id] && long.TryParse(ticks, CultureInfo.InvariantCulture, out var microseconds) && microseconds is >= 0 and <= long.MaxValue / 10
            && microseconds * 10 <= DateTimeOffset.MaxValue.Ticks && Guid.TryParseExact(id, "N", out var guid)
            ? new LetterCursor(new DateTimeOffset(microseconds * 10, TimeSpan.Zero), guid) : null;
}
