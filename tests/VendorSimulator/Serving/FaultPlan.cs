using System.Collections.Concurrent;
using Pipeline.VendorSimulator.Settings;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Serving;

public enum Fault
{
    None,
    ServerError,
    Unavailable,
    Slow,
    Cut,
    Truncated,
    Html,
}

/// <summary>Decides each request's fault from the seed, the system and the number of the request alone.</summary>
public sealed class FaultPlan(SimulatorSettings simulator, FaultSettings faults)
{
    private readonly ConcurrentDictionary<string, long> _requests = new(StringComparer.Ordinal);

    private readonly (Fault Fault, double Share)[] _shares =
    [
        (Fault.ServerError, faults.ServerError),
        (Fault.Unavailable, faults.Unavailable),
        (Fault.Slow, faults.Slow),
        (Fault.Cut, faults.Cut),
        (Fault.Truncated, faults.Truncated),
        (Fault.Html, faults.Html),
    ];

    public bool IsEmpty => _shares.All(share => share.Share == 0);

    public Fault Next(string system) => At(system, _requests.AddOrUpdate(system, 1, (_, count) => count + 1));

    public Fault At(string system, long request)
    {
        var draw = Chance.Draw(simulator.Seed, $"faults/{system}", request);
        foreach (var (fault, share) in _shares)
        {
            if (draw < share) return fault;
            draw -= share;
        }

        return Fault.None;
    }
}
