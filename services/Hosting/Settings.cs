using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Pipeline.Hosting;

/// <summary>Where a service finds its neighbours. Everything comes from the environment; nothing is guessed.</summary>
/// <param name="Broker">PIPELINE_RABBITMQ: an amqp or amqps uri with user, password and virtual host.</param>
/// <param name="Nodes">The broker's nodes, of which any will do: that of PIPELINE_RABBITMQ, and those of PIPELINE_RABBITMQ_NODES.</param>
/// <param name="Database">PIPELINE_POSTGRES: an Npgsql connection string.</param>
/// <param name="OperationsKey">PIPELINE_KEY: the key that the operations endpoints ask for. Without it they answer 403 to everyone.</param>
/// <param name="Otlp">PIPELINE_OTLP, or else OTEL_EXPORTER_OTLP_ENDPOINT: where traces and metrics go; null turns the exporter off.</param>
/// <param name="OtlpOverHttp">OTEL_EXPORTER_OTLP_PROTOCOL is <c>http/protobuf</c>, or the port is 4318; else gRPC is spoken.</param>
public sealed record Settings(Uri Broker, IReadOnlyList<BrokerNode> Nodes, string Database, string? OperationsKey, Uri? Otlp, bool OtlpOverHttp)
{
    /// <exception cref="SettingsException">A setting is missing or malformed; the message names it and says what to write.</exception>
    public static Settings From(IConfiguration configuration)
    {
        var collector = Collector(configuration);
        var broker = BrokerUri(Required(configuration, "PIPELINE_RABBITMQ", "amqp://user:password@host:5672/"));
        return new(
            broker,
            [BrokerNode.Of(broker), .. FurtherNodes(Optional(configuration, "PIPELINE_RABBITMQ_NODES"), BrokerNode.Of(broker).Port)],
            ConnectionString(Required(configuration, "PIPELINE_POSTGRES", "Host=...;Username=...;Password=...;Database=...")),
            Optional(configuration, "PIPELINE_KEY"),
            collector,
            collector?.Port == 4318 || Optional(configuration, "OTEL_EXPORTER_OTLP_PROTOCOL") == "http/protobuf");
    }

    private static Uri? Collector(IConfiguration configuration) =>
        Optional(configuration, "PIPELINE_OTLP") is { } own ? HttpUri(own, "PIPELINE_OTLP")
            : Optional(configuration, "OTEL_EXPORTER_OTLP_ENDPOINT") is { } standard ? HttpUri(standard, "OTEL_EXPORTER_OTLP_ENDPOINT")
            : null;

    private static string? Optional(IConfiguration configuration, string name) =>
        configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    private static string Required(IConfiguration configuration, string name, string example) =>
        Optional(configuration, name) ?? throw new SettingsException($"{name} is not set. Set it to {example}, or start the service with `make up`, which sets it.");

    private static Uri BrokerUri(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps" ? uri
            : throw new SettingsException("PIPELINE_RABBITMQ is not an amqp or amqps uri. Write amqp://user:password@host:5672/.");

    private static IEnumerable<BrokerNode> FurtherNodes(string? value, int usualPort) =>
        (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(node => BrokerNode.Parse(node, usualPort)
            ?? throw new SettingsException("PIPELINE_RABBITMQ_NODES is not a list of nodes. Write host:5672,host:5672; user, password and virtual host are those of PIPELINE_RABBITMQ."));

    private static Uri HttpUri(string value, string name) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
            : throw new SettingsException($"{name} is not an http uri. Write http://host:4317.");

    private static string ConnectionString(string value)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(value).ConnectionString;
        }
        catch (ArgumentException)
        {
            throw new SettingsException("PIPELINE_POSTGRES is not a connection string. Write Host=...;Username=...;Password=...;Database=....");
        }
    }
}

/// <summary>A setting is missing or wrong. The message names the setting and says what to write; it never holds the value, which may be a secret.</summary>
public sealed class SettingsException(string message) : Exception(message);
