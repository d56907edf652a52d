using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Integration.Tests.Flows;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Integration.Tests.Processes;

/// <summary>The process dies while it carries out what a person ordered: it is done wholly or not at all, and what follows from it is done by the next start.</summary>
public sealed class OrderCrashTests
{
    private const int Many = 40;
    private const string Key = "test-key";

    [Fact]
    public async Task A_correction_is_made_or_not_and_what_it_frees_is_let_in()
    {
        await using var world = await World.New();
        await using var gatekeeper = await ServiceProcess.Start("Gatekeeper", world, ("PIPELINE_KEY", Key));
        await world.Outsider.Publish(Exchanges.AccountAdmitted, """{"account_id":"Acme","revision":1,"source":"crm","native_id":"1","name":"Acme","join_date":"2025-01-01T00:00:00Z"}""");
        await world.Outsider.Publish(Exchanges.ChildObjectReceived, Enumerable.Range(0, Many).Select(number => Encoding.UTF8.GetBytes(Bodies.Child($"{number}", "\"account_id\":\"acme \""))));
        await Eventually("they wait", () => world.Number("select count(*) from gatekeeper.parked"), count => count == Many);
        await Eventually("the account is known", () => world.Number("select count(*) from gatekeeper.accounts"), count => count == 1);
        await gatekeeper.Kill();
        var order = JsonSerializer.Serialize(new CorrectionOrder("desk", new Claim(ClaimKind.AccountId, "acme "), "Acme", "kim", "a slip"), PipelineJson.Report.CorrectionOrder);

        await Order(gatekeeper, "before-commit correction", "/operations/corrections", order);
        Assert.Equal(0, await world.Number("select count(*) from gatekeeper.corrections"));
        await Order(gatekeeper, "after-commit correction", "/operations/corrections", order);
        Assert.Equal(1, await world.Number("select count(*) from gatekeeper.corrections"));

        gatekeeper.Restart(("PIPELINE_CRASH_AT", ""));
        await Eventually("all are in", () => world.Number("select count(*) from gatekeeper.objects where account_id = 'Acme'"), count => count == Many);
    }

    [Fact]
    public async Task Rules_are_applied_or_not_and_every_account_is_decided_by_them()
    {
        await using var world = await World.New();
        await using var systemOfRecord = await ServiceProcess.Start("SystemOfRecord", world, ("PIPELINE_KEY", Key), ("Rules__File", RulesFileOf.Text(Rules("Customer"))));
        await world.Outsider.Publish(Exchanges.AccountDiscovered, Enumerable.Range(0, Many).Select(number => Encoding.UTF8.GetBytes(Bodies.Record($"A-{number}", $"{number}", type: number % 2 == 0 ? "Customer" : "Trial"))));
        await Eventually("half are in", () => Admitted(world), count => count == Many / 2);
        await Eventually("half are refused", () => world.Number("select count(*) from system_of_record.mt_doc_account"), count => count == Many);
        await systemOfRecord.Kill();
        var order = JsonSerializer.Serialize(new RulesOrder(Rules("Trial"), "kim", "trials count"), PipelineJson.Report.RulesOrder);

        await Order(systemOfRecord, "before-commit rules", "/operations/rules", order);
        Assert.Equal(1, await world.Number("select count(*) from system_of_record.rule_sets"));
        await Order(systemOfRecord, "after-commit rules", "/operations/rules", order);
        Assert.Equal(2, await world.Number("select count(*) from system_of_record.rule_sets"));
        foreach (var point in (string[])["before-commit redecision", "after-commit redecision"])
        {
            systemOfRecord.Restart(("PIPELINE_CRASH_AT", point));
            await systemOfRecord.Died(point);
        }

        systemOfRecord.Restart(("PIPELINE_CRASH_AT", ""));
        await Eventually("the other half is in", () => world.Number("select count(*) from system_of_record.mt_doc_account where current_state = 'Admitted' and (substr(data ->> 'AccountId', 3))::int % 2 = 1"), count => count == Many / 2);
        await Eventually("and the first is not", () => Admitted(world), count => count == Many / 2);
    }

    private static string Rules(string type) => $$"""
        system_of_record: crm
        filter: { field: Type, equals: {{type}} }
        """;

    private static Task<long> Admitted(World world) => world.Number("select count(*) from system_of_record.mt_doc_account where current_state = 'Admitted'");

    /// <summary>Sends the order to the service, which dies of it.</summary>
    private static async Task Order(ServiceProcess service, string point, string path, string body)
    {
        service.Restart(("PIPELINE_CRASH_AT", point));
        await service.Ready();
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        using var content = new StringContent(body);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.PostAsync(new Uri(service.Address, path), content));
        await service.Died(point);
    }
}
