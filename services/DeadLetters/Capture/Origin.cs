using Pipeline.Hosting.Broker;

namespace Pipeline.DeadLetters.Capture;

/// <summary>
/// Where a message that nobody of ours explains came from, and so where a replay goes: what the broker notes when it gives a message
/// up, what MassTransit notes when it moves one, or the name of the queue that it lies in. Pure.
/// </summary>
/// <param name="Exchange">Empty where a replay goes straight to a queue.</param>
/// <param name="RoutingKey">The routing key that it had, or that queue.</param>
/// <param name="Queue">The queue whose consumer could not use it.</param>
public sealed record Origin(string Exchange, string RoutingKey, string Queue)
{
    private static readonly string[] Suffixes = ["_error", "_skipped"];

    public static Origin Of(Delivery delivery)
    {
        var headers = delivery.Headers;
        if (delivery.Queue == BrokerTopology.Unroutable) return new(delivery.Exchange, delivery.RoutingKey, delivery.Queue);
        if (headers.GetValueOrDefault("x-first-death-queue") is { Length: > 0 } queue)
            return new(headers.GetValueOrDefault("x-first-death-exchange", ""), FirstKey(delivery) ?? queue, queue);
        var consumer = InputQueue(headers.GetValueOrDefault("MT-Fault-InputAddress")) ?? WithoutSuffix(delivery.Queue);
        return new("", consumer ?? "", consumer ?? delivery.Queue);
    }

    /// <summary>MassTransit names its endpoint as an address, whose last part is the queue.</summary>
    private static string? InputQueue(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && Uri.UnescapeDataString(uri.Segments[^1]).Trim('/') is { Length: > 0 } queue ? queue : null;

    private static string? WithoutSuffix(string queue) =>
        Suffixes.FirstOrDefault(suffix => queue.EndsWith(suffix, StringComparison.Ordinal) && queue.Length > suffix.Length) is { } found ? queue[..^found.Length] : null;

    /// <summary>The routing key of the oldest death; the broker lists the newest first.</summary>
    private static string? FirstKey(Delivery delivery)
    {
        if (delivery.Properties?.Headers is not { } headers || !headers.TryGetValue("x-death", out var value) || value is not IEnumerable<object?> deaths) return null;
        if (deaths.LastOrDefault() is not IDictionary<string, object?> first || !first.TryGetValue("routing-keys", out var keys) || keys is not IEnumerable<object?> list) return null;
        return list.FirstOrDefault() is byte[] key ? System.Text.Encoding.UTF8.GetString(key) : null;
    }
}
