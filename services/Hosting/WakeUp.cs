using System.Threading.Channels;

namespace Pipeline.Hosting;

/// <summary>Wakes work of this process at once; other replicas look for themselves now and then.</summary>
public sealed class WakeUp
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => _signal.Writer.TryWrite(true);

    /// <summary>Returns when raised, or after the given time.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task raised = _signal.Reader.ReadAsync(limit.Token).AsTask();
        await Task.WhenAny(raised, Task.Delay(atMost, time, limit.Token));
        await limit.CancelAsync();
        await raised.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
    }
}
