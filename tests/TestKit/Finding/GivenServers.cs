namespace Pipeline.TestKit.Finding;

/// <summary>The servers that the environment variables name, used as they are.</summary>
public static class GivenServers
{
    public const string RabbitMq = "PIPELINE_RABBITMQ";
    public const string Management = "PIPELINE_RABBITMQ_MANAGEMENT";
    public const string Postgres = "PIPELINE_POSTGRES";

    public static async Task<Search> Look(Func<string, string?> environment)
    {
        if (environment(RabbitMq) is not { Length: > 0 } rabbit || environment(Postgres) is not { Length: > 0 } postgres)
            return Search.Nothing($"{RabbitMq} and {Postgres} are not both set.");
        var broker = new Uri(rabbit);
        var management = new Uri(environment(Management) is { Length: > 0 } given ? given : $"http://{broker.Host}:15672");

        // Exchange names are fixed, so tests side by side need a virtual host each, and AMQP cannot make one.
        return await ManagementApi.Trouble(broker, management) is { } trouble
            ? throw new InvalidOperationException(
                $"{RabbitMq} is given, but the broker's management API does not answer at {management}: {trouble}. " +
                $"Each test class makes a virtual host through it: set {Management} (for example http://localhost:15672), or leave {RabbitMq} unset.")
            : Search.Success(new Servers("environment variables", broker, management, postgres));
    }
}
