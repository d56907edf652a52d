using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Bindings;
using Pipeline.Gatekeeper.Intake;
using Pipeline.Hosting.Broker;
using Pipeline.TestKit;
using Pipeline.Tests.Stories;

namespace Pipeline.Integration.Tests.Gatekeeper;

/// <summary>Law 1 through the real gatekeeper and PostgreSQL, for thousands of ids that look like each other.</summary>
public sealed class HostileIdTests
{
    private const int Texts = 3000;

    [Fact]
    public async Task Every_object_that_is_in_went_in_under_the_byte_exact_id_that_it_states()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var texts = Enumerable.Range(0, Texts / 2).Select(_ => HostileText.Of(random.Next)).SelectMany(text => (string[])[text, HostileText.Near(text, random.Next)])
            .Where(text => !string.IsNullOrWhiteSpace(text)).Distinct(StringComparer.Ordinal).ToList();
        var admitted = texts.Where(_ => random.Next(2) == 0).ToHashSet(StringComparer.Ordinal);
        await using var world = await World.New();
        await using var app = world.Gatekeeper();
        await app.StartAsync();

        var children = texts.Select((text, index) => Delivered(Exchanges.ChildObjectReceived,
            $$"""{"source":"desk","object_type":"ticket","native_id":"{{index}}","observed_at":"2026-01-01T00:00:00Z","account_id":{{HostileText.Json(text, random.Next)}}}""")).ToList();
        var accounts = admitted.Select((text, index) => Delivered(Exchanges.AccountAdmitted,
            $$"""{"account_id":{{HostileText.Json(text, random.Next)}},"revision":1,"source":"crm","native_id":"{{index}}","name":"n","join_date":"2026-01-01T00:00:00Z"}""")).ToList();
        // Half of the children before the accounts, so that some are let in at once and some released.
        foreach (var batch in children.Take(Texts / 2).Chunk(200)) await ActivatorUtilities.CreateInstance<ChildIntake>(app.Services).HandleAsync(batch, default);
        foreach (var batch in accounts.Chunk(200)) await ActivatorUtilities.CreateInstance<EvidenceIntake>(app.Services).HandleAsync(batch, default);
        foreach (var batch in children.Skip(Texts / 2).Chunk(200)) await Patiently.Handle(() => ActivatorUtilities.CreateInstance<ChildIntake>(app.Services).HandleAsync(batch, default));

        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(world.Postgres) { SearchPath = "gatekeeper" }.ConnectionString);
        await Waiting.Eventually("all are let in", () => Count(database, "select count(*) from objects"), count => count == admitted.Count, TimeSpan.FromSeconds(60));
        Assert.True(await Count(database, "select count(*) from parked") == texts.Count - admitted.Count, $"seed {seed}");
        await using var command = database.CreateCommand("select account_id, native_id, body from objects");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var stated = texts[int.Parse(rows.GetString(1), System.Globalization.CultureInfo.InvariantCulture)];
            Assert.True(string.Equals(stated, rows.GetString(0), StringComparison.Ordinal), $"seed {seed}: {JsonSerializer.Serialize(stated)} went in under {JsonSerializer.Serialize(rows.GetString(0))}");
            Assert.Contains(stated, admitted);
        }

        await app.StopAsync();
    }

    private static Delivery Delivered(string exchange, string body) => new() { Tag = 1, Queue = "", Exchange = exchange, Body = Encoding.UTF8.GetBytes(body) };

    private static async Task<long> Count(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
