using System.Diagnostics;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Intake;
using Pipeline.Hosting;
using Pipeline.Gatekeeper.Parking;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Ledger;

namespace Pipeline.Gatekeeper.Bindings;

/// <summary>Takes in what is said about keys and accounts, and lets in the children that it concerns; where they are many, it asks for their release.</summary>
public sealed class EvidenceIntake(
    NpgsqlDataSource database, EvidenceWriter evidenceWriter, UserTableWriter userTable, PlanWriter planWriter, ReleasePages releases, AnnouncementRelay relay, WakeUp signal) : IHandleBatches
{
    public async Task<IReadOnlyList<Delivery>> HandleAsync(IReadOnlyList<Delivery> batch, CancellationToken cancellation)
    {
        var (evidence, users, letters, heard) = (new List<Evidence>(), new List<UserStatement>(), new List<UnreadableLetter>(), new List<ReplayDecided>());
        foreach (var delivery in batch)
        {
            if (Read(delivery, evidence, users) is not { } refusal)
            {
                if (Replay.Of(delivery) is { } replay) heard.Add(Replays.Heard(replay));
            }
            else if (delivery.Exchange != Exchanges.AccountDiscovered)
            {
                letters.Add(Letter(delivery, refusal));
            }
            // An unreadable account record is a dead letter of the system of record, which reads the same exchange.
        }

        await WriteAsync(evidence, users, letters, heard, cancellation);
        return [];
    }

    private static Refusal? Read(Delivery delivery, List<Evidence> evidence, List<UserStatement> users)
    {
        if (delivery.Exchange == Exchanges.UserMapped)
        {
            if (!EvidenceReader.ReadUser(delivery).Succeeded(out var user, out var unreadable)) return unreadable;
            users.Add(user with { TraceParent = Traced(delivery, user.Link.Account?.Account) });
            return null;
        }

        if (!EvidenceReader.Read(delivery).Succeeded(out var read, out var refusal)) return refusal;
        evidence.Add(read with { TraceParent = Traced(delivery, read.Standing?.Account ?? read.Bindings.Select(binding => (AccountId?)binding.Account).FirstOrDefault()) });
        return null;
    }

    public Task BuryAsync(Delivery delivery, Refusal refusal, CancellationToken cancellation) =>
        WriteAsync([], [], [Letter(delivery, refusal)], [], cancellation);

    /// <summary>The system of record counts account records; what only the gatekeeper failed on is counted by the queue that it came by.</summary>
    private static UnreadableLetter Letter(Delivery delivery, Refusal refusal) =>
        Arrival.Letter(delivery, refusal) with { Stream = delivery.Exchange == Exchanges.AccountDiscovered ? delivery.Queue : delivery.Exchange };

    private async Task WriteAsync(
        IReadOnlyList<Evidence> evidence, IReadOnlyList<UserStatement> users, IReadOnlyList<UnreadableLetter> letters, IReadOnlyList<ReplayDecided> heard, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var asked = evidence.Count > 0 && await evidenceWriter.WriteAsync(connection, transaction, evidence, cancellation);
        asked |= users.Count > 0 && await userTable.WriteAsync(connection, transaction, users, cancellation);
        var announcement = letters.Count + heard.Count > 0 ? await TellAsync(connection, transaction, letters, heard, cancellation) : null;
        var (released, isAll) = asked ? await releases.WorkOffFewAsync(connection, transaction, cancellation) : (Reconsidered.Nothing, true);
        await transaction.CommitAsync("evidence", cancellation);
        if (!isAll) signal.Raise();
        foreach (var said in released.Announcements) await relay.SayAsync(said);
        if (announcement is not null) await relay.SayAsync(announcement);
    }

    private async Task<Announcement?> TellAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<UnreadableLetter> letters, IReadOnlyList<ReplayDecided> heard, CancellationToken cancellation)
    {
        var plan = new Plan(await KnowledgeReader.ReadAsync(connection, transaction, [], letters.Select(letter => letter.DeadLetterId), expiring: false, cancellation));
        foreach (var letter in letters) plan.ArriveUnreadable(letter);
        foreach (var replay in heard) plan.Hear(replay);
        return await planWriter.WriteAsync(connection, transaction, plan, cancellation);
    }

    private static string? Traced(Delivery delivery, AccountId? account)
    {
        using var span = Telemetry.Activities.StartActivity("take evidence", ActivityKind.Consumer, delivery.Trace);
        span?.SetTag("pipeline.exchange", delivery.Exchange).SetTag("pipeline.account_id", account?.Text);
        return span?.Id ?? delivery.TraceParent;
    }
}
