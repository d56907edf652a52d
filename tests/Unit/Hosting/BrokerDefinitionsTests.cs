using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Hosting.Broker;
using Pipeline.TestKit;

namespace Pipeline.Unit.Tests.Hosting;

/// <summary>infra/rabbitmq/definitions.json is what the services declare, and the policies beside it; APPROVE=1 writes it anew.</summary>
public sealed class BrokerDefinitionsTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string Definitions = Path.Combine(Repository.Root, "infra", "rabbitmq", "definitions.json");

    [Fact]
    public void The_file_says_what_the_code_says()
    {
        var text = JsonSerializer.Serialize(
            new
            {
                vhosts = new[] { new { name = "/" } },
                exchanges = BrokerTopology.Fanouts.Select(name => new { name, vhost = "/", type = "fanout", durable = true, auto_delete = false, @internal = false, arguments = new { } }),
                queues = BrokerTopology.Queues.Select(queue => new { name = queue.Name, vhost = "/", durable = true, auto_delete = false, arguments = queue.Arguments }),
                bindings = BrokerTopology.Bindings.Select(binding => new { source = binding.Exchange, vhost = "/", destination = binding.Queue, destination_type = "queue", routing_key = "", arguments = new { } }),
                policies = BrokerTopology.Policies.Select(policy => new Dictionary<string, object>
                {
                    ["name"] = policy.Name, ["vhost"] = "/", ["pattern"] = policy.Pattern, ["apply-to"] = policy.AppliesTo, ["priority"] = 0, ["definition"] = policy.Definition,
                }),
            },
            Readable) + "\n";
        if (Environment.GetEnvironmentVariable("APPROVE") == "1") File.WriteAllText(Definitions, text);
        Assert.Equal(text, File.ReadAllText(Definitions));
    }

    [Fact]
    public void Every_queue_but_that_of_the_dead_ends_there_at_least_once_and_refuses_rather_than_drops()
    {
        foreach (var (name, arguments) in BrokerTopology.Queues.Where(queue => queue.Name != DeadLetterQueue.Name))
        {
            Assert.True(Equals(arguments["x-dead-letter-routing-key"], DeadLetterQueue.Name), name);
            Assert.True(Equals(arguments["x-dead-letter-strategy"], "at-least-once"), name);
            Assert.True(Equals(arguments["x-overflow"], "reject-publish"), name);
        }
    }

    [Fact]
    public void What_the_pipeline_reads_never_vanishes_for_want_of_a_binding_and_what_it_only_says_may()
    {
        var caught = BrokerTopology.Policies.Single(policy => policy.Definition.ContainsKey("alternate-exchange"));
        Assert.Equal(
            [Exchanges.ChildObjectAccepted, Exchanges.ChildObjectWithdrawn, Exchanges.ChildObjectDeadLettered],
            Exchanges.All.Where(name => !System.Text.RegularExpressions.Regex.IsMatch(name, caught.Pattern)));
    }
}
