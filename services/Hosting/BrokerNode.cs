using System.Globalization;

namespace Pipeline.Hosting;

/// <summary>One node of a RabbitMQ cluster, or the only one.</summary>
/// <param name="Port">1 to 65535.</param>
public sealed record BrokerNode(string Host, int Port)
{
    /// <summary>The node that an address names, at the usual port of its scheme where it names none.</summary>
    public static BrokerNode Of(Uri broker) => new(broker.Host, broker.Port > 0 ? broker.Port : broker.Scheme == "amqps" ? 5671 : 5672);

    /// <summary>Reads <c>host:port</c>, or a host alone; an IPv6 address in brackets.</summary>
    /// <returns>Null where it is neither.</returns>
    public static BrokerNode? Parse(string text, int usualPort) =>
        Uri.TryCreate($"amqp://{text}", UriKind.Absolute, out var uri) && uri is { Host.Length: > 0, UserInfo: "", AbsolutePath: "/" or "", Query: "", Fragment: "" }
            ? new BrokerNode(uri.Host, uri.Port > 0 ? uri.Port : usualPort) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
