using System.Globalization;
using Npgsql;
using Pipeline.Hosting;

namespace Pipeline.DeadLetters.Bulk;

/// <summary>
/// How long the contents of a discarded letter are kept, for it may be restored until then: <c>DeadLetters:DiscardedFor</c>, from an
/// hour to ten years; 30 days where nothing is said. After that the letter is a line without body, headers or key, and still counted.
/// </summary>
public sealed record LetterRetention(TimeSpan Kept)
{
    /// <exception cref="SettingsException">It is no time span, or out of range.</exception>
    public static LetterRetention From(IConfiguration configuration) => configuration["DeadLetters:DiscardedFor"] is not { Length: > 0 } text ? new(TimeSpan.FromDays(30))
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.FromHours(1) && span <= TimeSpan.FromDays(3650) ? new(span)
        : throw new SettingsException("DeadLetters:DiscardedFor is not a time span between one hour and ten years. Write 30.00:00:00 for thirty days.");
}

/// <summary>Deletes the contents of discarded letters whose time is up.</summary>
internal sealed class LetterPurge(NpgsqlDataSource database, TimeProvider time, ILogger<LetterPurge> log) : RepeatedWork(time, log)
{
    private const string Purge =
        """
        with over as (select id from letters where purge_at < statement_timestamp() and state = 'discarded' order by purge_at limit 1000 for update skip locked),
            said as (delete from letter_words w using over o where w.letter_id = o.id)
        update letters set body = '', headers = '{}', envelope = null, waited_for = null, sentence = 'Its contents were deleted after it was discarded.', purge_at = null, fate = 'purged', changed_at = clock_timestamp()
        where id in (select id from over)
        """;

    protected override async Task RoundAsync(CancellationToken stopping)
    {
        await using var purge = database.CreateCommand(Purge);
        while (await purge.ExecuteNonQueryAsync(stopping) > 0)
        {
        }
    }

    protected override Task PauseAsync(CancellationToken stopping) => Task.Delay(TimeSpan.FromMinutes(1), Time, stopping);
}
