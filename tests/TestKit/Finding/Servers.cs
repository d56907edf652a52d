namespace Pipeline.TestKit.Finding;

/// <summary>A broker and a database that answer, and where they come from.</summary>
/// <param name="Source">In words: the environment, containers, local packages.</param>
/// <param name="RabbitMq">An amqp uri whose user may make virtual hosts.</param>
/// <param name="Management">The broker's management API; the same user as <paramref name="RabbitMq"/>.</param>
/// <param name="Postgres">An Npgsql connection string whose user may make databases.</param>
public sealed record Servers(string Source, Uri RabbitMq, Uri Management, string Postgres)
{
    private static readonly Lazy<Task<Search>> OfThisRun = new(() => Find(Environment.GetEnvironmentVariable));

    /// <summary>Found once, then shared by every test of this process.</summary>
    public static async Task<Servers> Shared() => (await OfThisRun.Value).OrMissing();

    /// <summary>The environment variables, else one container each, else the distribution's packages.</summary>
    /// <param name="environment">Reads one variable; null where it is not set.</param>
    public static async Task<Search> Find(Func<string, string?> environment)
    {
        List<string> reasons = [];
        foreach (var look in new[] { GivenServers.Look, ContainerServers.Look, PackagedServers.Look })
        {
            var search = await look(environment);
            if (search.Found is not null) return search;
            reasons.Add(search.Reason);
        }

        return Search.Nothing(string.Join(' ', reasons) + " Set PIPELINE_RABBITMQ and PIPELINE_POSTGRES, start a Docker engine, or run infra/scripts/services-up and read what it says.");
    }
}

/// <summary>What one place to look at gave: servers, or the reason why there are none.</summary>
public sealed record Search(Servers? Found, string Reason)
{
    public static Search Success(Servers servers) => new(servers, "");
    public static Search Nothing(string reason) => new(null, reason);

    /// <summary>The servers; without them the test is skipped on a desk and failed on CI.</summary>
    public Servers OrMissing() => Found ?? throw Prerequisite.Missing($"No broker and database for this test. {Reason}");
}
