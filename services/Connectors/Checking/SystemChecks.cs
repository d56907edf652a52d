using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Engine.Http;
using Pipeline.Contracts.Operations;

namespace Pipeline.Connectors.Checking;

/// <summary>
/// Checks systems when they are asked for. Each check asks with a client of its own: without retries, for a person waits, and with a proof
/// of its own, for a token that is still good would hide a secret that is not.
/// </summary>
public sealed class SystemChecks(
    IReadOnlyList<ConfiguredSystem> configured, IReadOnlyList<IConnector> connectors, IHttpClientFactory http, IServiceProvider services, TimeProvider time)
{
    /// <summary>A person waits: a system that takes longer is reported as too slow.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(20);

    /// <summary>Every system that there is a connector for.</summary>
    public IReadOnlyList<SystemLine> Systems => [.. connectors.Select(connector => new SystemLine(connector.System, Find(connector.System) is not null))];

    /// <summary>The name of the client that checks ask with.</summary>
    public static string ClientOf(ConfiguredSystem system) => $"{system.Name} check";

    /// <summary>How long one request of a check may take.</summary>
    public static TimeSpan PatienceWith(ConfiguredSystem system) => system.RequestTimeout < LongestRequest ? system.RequestTimeout : LongestRequest;

    /// <summary>The report; null where there is no such system.</summary>
    public async Task<CheckReport?> CheckAsync(string name, CancellationToken cancellation)
    {
        if (connectors.FirstOrDefault(candidate => candidate.System.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } connector) return null;
        if (Find(connector.System) is not { } system) return SystemFinding.NotConfigured(connector.System, SettingList.Of(connector));
        using var client = new VendorClient(system, http, time, ClientOf(system));
        var first = new FirstPage(client, services.GetRequiredKeyedService<PaceGate>(system.Name), time);
        return SystemFinding.Of(system, await AskAllAsync(system, first, cancellation));
    }

    /// <summary>One after the other: a check must not take from the system's limit faster than the pollers do.</summary>
    private static async Task<IReadOnlyList<(Feed Feed, Asked Asked)>> AskAllAsync(ConfiguredSystem system, FirstPage first, CancellationToken cancellation)
    {
        var asked = new List<(Feed Feed, Asked Asked)>();
        foreach (var feed in system.System.Feeds)
            asked.Add((feed, asked.Any(before => before.Asked.HoldsForAll) ? new Asked.Not() : await first.AskAsync(feed, cancellation)));
        return asked;
    }

    private ConfiguredSystem? Find(string system) => configured.FirstOrDefault(candidate => candidate.Name == system);
}
