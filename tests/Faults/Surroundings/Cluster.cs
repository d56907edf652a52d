using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Networks;
using Pipeline.TestKit;
using Testcontainers.RabbitMq;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Faults.Tests.Surroundings;

/// <summary>Three nodes of RabbitMQ: what the broker confirms of a quorum queue, two of them have.</summary>
public static class Cluster
{
    /// <summary>Erlang's, by which nodes know each other.</summary>
    private const string Cookie = "faults";

    public static async Task<INetwork> Network()
    {
        var network = new NetworkBuilder().Build();
        await network.CreateAsync();
        return network;
    }

    /// <param name="name">By which the others reach it.</param>
    public static RabbitMqBuilder Member(RabbitMqBuilder broker, INetwork network, string name) =>
        broker.WithHostname(name).WithNetwork(network).WithNetworkAliases(name).WithEnvironment("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", $"-setcookie {Cookie}");

    /// <summary>Starts two nodes, and has them join the first.</summary>
    public static async Task<IReadOnlyList<Machine>> Grow(Machine first, INetwork network)
    {
        var nodes = await Task.WhenAll(((string[])["broker-2", "broker-3"]).Select(name => Start(network, name)));
        foreach (var node in nodes)
        {
            await Control(node, "rabbitmqctl", "stop_app");
            await Control(node, "rabbitmqctl", "join_cluster", "rabbit@broker");
            await Control(node, "rabbitmqctl", "start_app");
        }

        await IsWhole([first, .. nodes]);
        return nodes;
    }

    /// <summary>Waits until every node runs, and every quorum queue bears the loss of any of them.</summary>
    public static Task IsWhole(IReadOnlyList<Machine> nodes) => Eventually("the cluster is whole", async () =>
    {
        foreach (var node in nodes)
        {
            await Control(node, "rabbitmqctl", "await_online_nodes", $"{nodes.Count}");
            await Control(node, "rabbitmq-diagnostics", "check_if_node_is_quorum_critical");
        }

        return true;
    }, TimeSpan.FromSeconds(90));

    private static async Task<Machine> Start(INetwork network, string name)
    {
        var port = Ports.Free();
        var container = Member(new RabbitMqBuilder("rabbitmq:4-management").WithPortBinding(port, 5672), network, name).Build();
        await container.StartAsync();
        return new Machine(container, port);
    }

    private static Task Control(Machine node, string program, params string[] words) => node.Run([program, "--quiet", "--erlang-cookie", Cookie, .. words]);
}
