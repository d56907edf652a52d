using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Microsoft.Extensions.Hosting;

namespace Pipeline.Benchmarks.Peers;

/// <summary>A peer in a process of its own: says when it is ready, and at its end what it has cost.</summary>
internal static class Serving
{
    public const string Ready = "ready";

    public static async Task RunAsync(IServed peer, Addresses addresses)
    {
        using var host = peer.Build(addresses);
        await host.StartAsync();
        Console.WriteLine(Ready);
        await host.WaitForShutdownAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"allocated {GC.GetTotalAllocatedBytes()} peak {Process.GetCurrentProcess().PeakWorkingSet64} server {GCSettings.IsServerGC}"));
    }
}
