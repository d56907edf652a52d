using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts;
using Pipeline.DeadLetters.Capture;
using Pipeline.Hosting;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Storage;

namespace Pipeline.DeadLetters.Release;

/// <summary>
/// Hears which dead letters have an answer now. It is kept beside the letters, not in them: it may be heard of a letter before the letter
/// itself is here, and twice, and in any order.
/// </summary>
public sealed class AnswerIntake(NpgsqlDataSource database, LetterIntake letters) : IHandleBatches
{
    private const string Keep =
        """
        insert into letter_answers (letter_id, account_id, said_at)
        select distinct on (letter_id) * from unnest({0}) n (letter_id, account_id, said_at) order by letter_id, said_at desc
        on conflict (letter_id) do update set account_id = excluded.account_id, said_at = excluded.said_at, heard_at = clock_timestamp() where letter_answers.said_at < excluded.said_at
        """;

    public async Task<IReadOnlyList<Delivery>> HandleAsync(IReadOnlyList<Delivery> batch, CancellationToken cancellation)
    {
        var (said, foreign) = (new List<(LateAnswer Answer, DateTimeOffset At)>(), new List<Delivery>());
        foreach (var delivery in batch)
            if (Read(delivery) is { } answers) said.AddRange(answers.Answers.Select(answer => (answer, answers.SaidAt.ToUniversalTime())));
            else foreign.Add(delivery);
        if (foreign.Count > 0) await letters.HandleAsync(foreign, cancellation); // somebody put here what is none of ours
        if (said.Count == 0) return [];

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var command = new NpgsqlBatch(connection, transaction))
        {
            command.BatchCommands.Add(new Columns<(LateAnswer Answer, DateTimeOffset At)>(said)
                .Add(NpgsqlDbType.Uuid, one => one.Answer.DeadLetterId)
                .Add(NpgsqlDbType.Text, one => one.Answer.AccountId?.Text)
                .Add(NpgsqlDbType.TimestampTz, one => one.At)
                .Command(Keep));
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync("answers", cancellation);
        return [];
    }

    public Task BuryAsync(Delivery delivery, Refusal refusal, CancellationToken cancellation) => letters.HandleAsync([delivery], cancellation);

    private static LateAnswers? Read(Delivery delivery)
    {
        try
        {
            return JsonSerializer.Deserialize(delivery.Body.Span, PipelineJson.Wire.LateAnswers);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
