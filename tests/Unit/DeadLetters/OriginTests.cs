using Pipeline.DeadLetters.Capture;
using Pipeline.Hosting.Broker;
using RabbitMQ.Client;

namespace Pipeline.Unit.Tests.DeadLetters;

/// <summary>Where a message came from, and so where a replay goes, whoever it was that failed on it.</summary>
public sealed class OriginTests
{
    [Theory]
    [InlineData("billing_error", "rabbitmq://broker/tenant/billing%2Finvoices", "billing/invoices")]
    [InlineData("billing_error", null, "billing")]
    [InlineData("billing_skipped", null, "billing")]
    [InlineData("billing_error", "no address", "billing")]
    [InlineData("_error", null, "")]
    public void MassTransit_says_it_or_the_queue_is_named_after_it(string queue, string? address, string consumer) =>
        Assert.Equal(("", consumer), (Of(queue, address).Exchange, Of(queue, address).RoutingKey));

    [Fact]
    public void The_broker_lists_its_deaths_and_the_oldest_one_counts()
    {
        var deaths = new List<object?> { Death("later"), Death("orders.eu") };
        var delivery = new Delivery
        {
            Tag = 1, Queue = "dead-letters", Exchange = "", Body = default, Headers = new Dictionary<string, string> { ["x-first-death-queue"] = "orders", ["x-first-death-exchange"] = "shop" },
            Properties = new BasicProperties { Headers = new Dictionary<string, object?> { ["x-death"] = deaths } },
        };
        Assert.Equal(new Origin("shop", "orders.eu", "orders"), Origin.Of(delivery));
    }

    [Fact]
    public void What_no_queue_was_bound_for_goes_to_its_exchange_with_its_routing_key() =>
        Assert.Equal(new Origin("shop", "orders.eu", "unroutable"), Origin.Of(new Delivery { Tag = 1, Queue = "unroutable", Exchange = "shop", RoutingKey = "orders.eu", Body = default }));

    private static Origin Of(string queue, string? address) => Origin.Of(new Delivery
    {
        Tag = 1, Queue = queue, Exchange = "", Body = default, Headers = address is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["MT-Fault-InputAddress"] = address },
    });

    private static Dictionary<string, object?> Death(string key) => new() { ["routing-keys"] = new List<object?> { System.Text.Encoding.UTF8.GetBytes(key) } };
}
