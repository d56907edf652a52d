using System.Text.Json;

namespace Pipeline.Connectors.Engine.Http;

/// <summary>What came of a request, after the retries.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <param name="Now">The system's clock, where it tells it, else ours.</param>
    /// <param name="Ration">How to spread what is left of the system's limit; null where there is plenty, or the system does not tell.</param>
    public sealed record Answered(JsonElement Body, IReadOnlyDictionary<string, string> Headers, DateTimeOffset Now, Ration? Ration) : Outcome;

    /// <summary>Too many requests: the system is to be left alone for that long.</summary>
    public sealed record OverLimit(TimeSpan Wait) : Outcome;

    /// <param name="Why">For a person; holds no secret.</param>
    /// <param name="Refused">Whether the system understood the request and will not have it; asking again is of no use.</param>
    public sealed record Failed(string Why, bool Refused = false) : Outcome
    {
        /// <summary>What kind of failure it was.</summary>
        public Problem? Problem { get; init; }
    }

    /// <summary>A 401: the proof is not, or no longer, good.</summary>
    /// <param name="CanBeRenewed">Whether another proof can be asked for.</param>
    public sealed record Unauthorized(string Why, bool CanBeRenewed = false) : Outcome
    {
        /// <inheritdoc cref="Failed.Problem"/>
        public Problem? Problem { get; init; }
    }
}
