namespace Pipeline.Connectors;

/// <summary>
/// What a system says about itself, and all that a new system has to bring: no HTTP, no state, only what differs. The
/// catalog finds every class that says this; configuration decides which of them run.
/// </summary>
public interface IConnector
{
    /// <summary>The name that messages carry as their source, and that configuration uses: <c>Connectors:{System}</c>.</summary>
    string System { get; }

    /// <summary>The system under these settings. Settings that are missing or wrong are noted in <paramref name="settings"/>, all at once.</summary>
    SourceSystem Describe(SystemSettings settings);
}

/// <summary>One system, ready to be read.</summary>
/// <param name="Authentication">How its requests are proven.</param>
/// <param name="Feeds">What can be read from it; each is read on its own.</param>
public sealed record SourceSystem(Authentication Authentication, IReadOnlyList<Feed> Feeds)
{
    /// <summary>The feed of this name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Feed Feed(string name) => Feeds.FirstOrDefault(feed => feed.Name == name) ?? throw new InvalidOperationException($"There is no feed {name}.");

    /// <summary>Headers that every request carries, as the accepted version.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Whether a failed answer means "too many requests" although its status is not 429. The time to wait is read from
    /// the answer's headers in any case.
    /// </summary>
    public Func<FailedAnswer, bool> IsOverLimit { get; init; } = _ => false;

    /// <summary>How the system tells of changes by itself; null where it does not, or where no secret is set for it: then its endpoint is closed.</summary>
    public Webhook? Webhook { get; init; }

    /// <summary>The most requests to be under way at once where the settings do not say, from 1 to 32.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Headers that only this system has, which tell what is left of a limit. Those that many share are read in any case.</summary>
    public IReadOnlyList<LimitHeader> Limits { get; init; } = [];
}

/// <summary>An answer whose status is not a success.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">As text, whatever it is.</param>
public sealed record FailedAnswer(int Status, string Body);
