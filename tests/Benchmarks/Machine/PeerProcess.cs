using System.Diagnostics;
using System.Globalization;
using Pipeline.Benchmarks.Peers;
using Pipeline.TestKit;

namespace Pipeline.Benchmarks.Machine;

/// <summary>A peer as a process of its own.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Cost> _cost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PeerProcess(Process process, Uri http)
    {
        (_process, Http) = (process, http);
        Time = new ProcessTree(process.Id);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
    }

    public ProcessTree Time { get; }

    /// <summary>Where it listens, if it does.</summary>
    public Uri Http { get; }

    /// <summary>Starts it and waits until it reads its queues.</summary>
    /// <exception cref="BenchmarkException">It has ended, or is not ready in time.</exception>
    public static async Task<PeerProcess> StartAsync(string role, World world)
    {
        var http = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var start = new ProcessStartInfo("dotnet", [typeof(PeerProcess).Assembly.Location, "serve", role])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["BENCH_BROKER"] = world.RabbitMq.ToString(), ["BENCH_DATABASE"] = world.Postgres, ["BENCH_HTTP"] = http.ToString() },
        };
        var peer = new PeerProcess(Process.Start(start)!, http);
        var first = await Task.WhenAny(peer._ready.Task, peer._process.WaitForExitAsync(), Task.Delay(Patience, TimeProvider.System));
        if (first == peer._ready.Task) return peer;
        await peer.DisposeAsync();
        throw new BenchmarkException($"The peer '{role}' did not come up; what it has said stands above.");
    }

    /// <summary>As a host stops it.</summary>
    /// <returns>What it says it has cost.</returns>
    public async Task<Cost> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        var ended = await Task.WhenAny(_cost.Task, Task.Delay(Patience, TimeProvider.System));
        if (ended != _cost.Task) throw new BenchmarkException("The peer does not stop.");
        await _process.WaitForExitAsync();
        return await _cost.Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        if (line == Serving.Ready) _ready.TrySetResult();
        else if (line.Split(' ') is ["allocated", var allocated, "peak", var peak, ..]) _cost.TrySetResult(new Cost(long.Parse(allocated, CultureInfo.InvariantCulture), long.Parse(peak, CultureInfo.InvariantCulture)));
        else Console.Error.WriteLine(line);
    }
}

/// <summary>Both in bytes.</summary>
internal sealed record Cost(long Allocated, long PeakMemory)
{
    public static Cost operator +(Cost one, Cost other) => new(one.Allocated + other.Allocated, one.PeakMemory + other.PeakMemory);
}
