using Microsoft.Extensions.Hosting;

namespace Pipeline.Benchmarks.Peers;

/// <summary>Several processes of a peer on the same queues and tables: that must change nothing but the speed.</summary>
internal sealed class ReplicatedPeer(IPeer peer, int processes) : IPeer
{
    public string Role => peer.Role;

    public string Name => $"{peer.Name}:{processes}";

    public string What => $"{processes} processes of it";

    public int Processes => processes;

    public int OneOf => peer.OneOf;

    public bool IsDefined => peer.IsDefined;

    public string Accepted => peer.Accepted;

    public string Admitted => peer.Admitted;

    public string Parked => peer.Parked;

    public string Unsaid => peer.Unsaid;

    public IHost Build(Addresses addresses) => peer.Build(addresses);
}
