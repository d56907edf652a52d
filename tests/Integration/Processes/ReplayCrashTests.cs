using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Integration.Tests.Flows;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Processes;

/// <summary>The office dies in the middle of a replay, at each of its lines: it goes on, and every letter has its one fate.</summary>
public sealed class ReplayCrashTests
{
    private const int Many = 60;
    private const string Key = "test-key";

    [Fact]
    public async Task A_replay_goes_on_after_each_death_and_every_fate_is_known()
    {
        await using var world = await World.New();
        await using var gatekeeper = await ServiceProcess.Start("Gatekeeper", world, ("PIPELINE_KEY", Key), ("Deadlines__default", "00:00:01"));
        await using var office = await ServiceProcess.Start("DeadLetters", world, ("PIPELINE_KEY", Key));
        await world.Outsider.Publish(Exchanges.ChildObjectReceived, Enumerable.Range(0, Many).Select(number => Encoding.UTF8.GetBytes(Bodies.Child($"{number}", "\"account_id\":\"A\""))));
        await Eventually("all are dead", () => world.Number("select count(*) from dead_letters.letters where state = 'open'"), count => count == Many, TimeSpan.FromSeconds(60));
        await world.Outsider.Publish(Exchanges.AccountAdmitted, """{"account_id":"A","revision":1,"source":"crm","native_id":"1","name":"Acme","join_date":"2025-01-01T00:00:00Z"}""");
        await Eventually("the account is known", () => world.Number("select count(*) from gatekeeper.accounts"), count => count == 1);
        await office.Kill();

        await Order(office, "before-commit operation");
        Assert.Equal(0, await world.Number("select count(*) from dead_letters.operations"));
        Assert.Equal(Many, await world.Number("select count(*) from dead_letters.letters where state = 'open'"));
        await Order(office, "after-commit operation");
        Assert.Equal(1, await world.Number("select count(*) from dead_letters.operations"));
        foreach (var point in (string[])["after-publishing replay", "before-commit replay", "after-commit replay", "before-commit fates", "after-commit fates"])
        {
            office.Restart(("PIPELINE_CRASH_AT", point));
            await office.Died(point);
            await using var forget = world.Database.CreateCommand("delete from dead_letters.suspects"); // so many deaths in a row, none for a message's sake
            await forget.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        office.Restart(("PIPELINE_CRASH_AT", ""));
        await office.Ready();
        await Eventually("the operation is done", () => world.Texts("select state from dead_letters.operations"), states => states is ["done"], TimeSpan.FromSeconds(60));
        Assert.Equal(Many, await world.Number("select accepted from dead_letters.operations"));
        Assert.Equal(Many, await world.Number("select sent from dead_letters.operations"));
        Assert.Equal(Many, await world.Number("select count(*) from dead_letters.operation_letters where state = 'decided' and fate = 'accepted'"));
        Assert.Equal(Many, await world.Number("select count(*) from dead_letters.letters where state = 'settled' and fate = 'accepted'"));
        Assert.Equal(Many, await world.Number("select count(*) from gatekeeper.objects"));
        Assert.Equal(0, await world.Unbalanced("gatekeeper"));
        Assert.Equal(0, await world.Unbalanced("dead_letters"));

        // Who ordered it and was told nothing orders it again with the same key: it is the same operation.
        using var client = Client();
        var again = JsonSerializer.Deserialize(await (await client.PostAsync(new Uri(office.Address, "/api/operations"), Content())).Content.ReadAsStringAsync(), PipelineJson.Report.OperationReport)!;
        Assert.Equal(("done", (long)Many), (again.State, again.Letters));
    }

    [Fact]
    public async Task A_rule_orders_once_what_its_answers_allow_whenever_the_office_dies()
    {
        await using var world = await World.New();
        await using var gatekeeper = await ServiceProcess.Start("Gatekeeper", world, ("PIPELINE_KEY", Key), ("Deadlines__default", "00:00:01"));
        await using var office = await ServiceProcess.Start("DeadLetters", world, ("PIPELINE_KEY", Key));
        await world.Outsider.Publish(Exchanges.ChildObjectReceived, Enumerable.Range(0, Many).Select(number => Encoding.UTF8.GetBytes(Bodies.Child($"{number}", "\"account_id\":\"A\""))));
        await Eventually("all are dead", () => world.Number("select count(*) from dead_letters.letters where state = 'open'"), count => count == Many, TimeSpan.FromSeconds(60));
        using (var client = Client())
        using (var rule = new StringContent("{\"name\":\"late\",\"query\":\"\",\"author\":\"ada\",\"reason\":\"they come late\",\"pace\":20}"))
            (await client.PostAsync(new Uri(office.Address, "/api/release-rules"), rule)).EnsureSuccessStatusCode();
        await office.Kill();
        await world.Outsider.Publish(Exchanges.AccountAdmitted, """{"account_id":"A","revision":1,"source":"crm","native_id":"1","name":"Acme","join_date":"2025-01-01T00:00:00Z"}""");

        foreach (var point in (string[])["before-commit answers", "after-commit answers", "before-commit ruled-release", "after-commit ruled-release"])
        {
            office.Restart(("PIPELINE_CRASH_AT", point));
            await office.Died(point);
            await using var forget = world.Database.CreateCommand("delete from dead_letters.suspects");
            await forget.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        office.Restart(("PIPELINE_CRASH_AT", ""));
        await office.Ready();
        await Eventually("all are settled", () => world.Number("select count(*) from dead_letters.letters where state = 'settled' and fate = 'accepted'"), count => count == Many, TimeSpan.FromSeconds(60));
        Assert.Equal(Many, await world.Number("select count(*) from gatekeeper.objects"));
        Assert.Equal(Many, await world.Number("select sum(letters)::bigint from dead_letters.operations"));
        Assert.Equal(Many, await world.Number("select count(*) from dead_letters.operation_letters"));
    }

    /// <summary>Sends the order to the office, which dies of it.</summary>
    private static async Task Order(ServiceProcess office, string point)
    {
        office.Restart(("PIPELINE_CRASH_AT", point));
        await office.Ready();
        using var client = Client();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.PostAsync(new Uri(office.Address, "/api/operations"), Content()));
        await office.Died(point);
    }

    private static HttpClient Client()
    {
        var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "one order");
        return client;
    }

    private static ByteArrayContent Content() => new(JsonSerializer.SerializeToUtf8Bytes(
        new OperationOrder { Kind = "replay", Query = "", Author = "ada", Reason = "the account is there", Pace = 20, Ramp = false }, PipelineJson.Report.OperationOrder));
}
