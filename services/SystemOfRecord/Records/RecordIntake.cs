using System.Diagnostics;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;
using Pipeline.Hosting;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Broker;
using Pipeline.SystemOfRecord.Rules.Changing;

namespace Pipeline.SystemOfRecord.Records;

/// <summary>Records what the connectors discover, a batch a transaction, and sends the case of each account that it concerns to its saga.</summary>
public sealed class RecordIntake(NpgsqlDataSource database, RuleSets rules, RecordWriter writer, AnnouncementRelay relay) : IHandleBatches
{
    public async Task<IReadOnlyList<Delivery>> HandleAsync(IReadOnlyList<Delivery> batch, CancellationToken cancellation)
    {
        var spans = new List<Activity?>();
        try
        {
            var read = batch.Select(delivery => Read(delivery, spans)).ToList();
            await WriteAsync(read, spans, cancellation);
            return [];
        }
        finally
        {
            foreach (var span in spans) span?.Dispose();
        }
    }

    public Task BuryAsync(Delivery delivery, Refusal refusal, CancellationToken cancellation) => WriteAsync([(delivery, null, refusal)], [null], cancellation);

    private async Task WriteAsync(IReadOnlyList<(Delivery Delivery, AccountRecord? Record, Refusal? Refusal)> read, IReadOnlyList<Activity?> spans, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var known = await RecordReader.ReadAsync(
            connection, transaction, [.. read.Select(entry => entry.Record).OfType<AccountRecord>()], [.. read.Where(entry => entry.Record is null).Select(entry => entry.Delivery.ContentId)], cancellation);
        var inForce = await rules.OfAsync(known.RulesVersion, cancellation);
        var plan = new RecordPlan(known, inForce.SystemOfRecord);
        for (var index = 0; index < read.Count; index++)
        {
            var (delivery, record, refusal) = read[index];
            var outcome = record is not null ? plan.Take(record) : plan.TakeUnreadable(delivery, StatedSource.Of(delivery.Body), refusal!, spans[index]?.Id ?? delivery.TraceParent);
            plan.Tell(delivery, record, refusal);
            spans[index]?.SetTag("pipeline.outcome", outcome);
        }

        var announcement = await writer.WriteAsync(connection, transaction, plan, inForce, cancellation);
        await transaction.CommitAsync("records", cancellation);
        Telemetry.Received.Add(read.Count);
        if (announcement is not null) await relay.SayAsync(announcement);
    }

    private static (Delivery Delivery, AccountRecord? Record, Refusal? Refusal) Read(Delivery delivery, List<Activity?> spans)
    {
        var span = Telemetry.Activities.CreateActivity("record account", ActivityKind.Consumer, delivery.Trace)?.Start();
        spans.Add(span);
        if (!MessageReader.AccountDiscovered(delivery.Body).Succeeded(out var message, out var refusal)) return (delivery, null, refusal);
        span?.SetTag("pipeline.source", message.Source).SetTag("pipeline.native_id", message.NativeId).SetTag("pipeline.account_id", message.AccountId.ToString());
        return (delivery, new AccountRecord(message, new RecordVersion(message.ObservedAt, StableId.Of(delivery.Body.Span)), delivery.Body, delivery.MessageId, span?.Id ?? delivery.TraceParent), null);
    }
}
