using Microsoft.Extensions.Hosting;
using Pipeline.Gatekeeper;

namespace Pipeline.Benchmarks.Peers.Pipeline;

/// <summary>This project's gatekeeper, as it ships.</summary>
internal sealed class PipelinePeer : IPeer
{
    /// <summary>Children of this type wait for a second only.</summary>
    public const string LateType = "late";

    public string Name => "pipeline";

    public string What => "this project's gatekeeper, as it ships";

    public bool IsDefined => true;

    public string Accepted => "select native_id, account_id from gatekeeper.objects";

    public string Admitted => "select count(*) from gatekeeper.accounts where standing = 'admitted'";

    public string Parked => "select count(*) from gatekeeper.parked";

    public string Unsaid => "select count(*) from gatekeeper.announcements";

    public IHost Build(Addresses addresses) => GatekeeperService.Build([.. Arguments(addresses), $"--Deadlines:bench:{LateType}=00:00:01"]); // for W8 alone: no other workload has this type

    public static IReadOnlyList<string> Arguments(Addresses addresses) =>
        [$"--PIPELINE_RABBITMQ={addresses.Broker}", $"--PIPELINE_POSTGRES={addresses.Database}", $"--urls={addresses.Http}", "--Logging:LogLevel:Default=Warning"];
}
