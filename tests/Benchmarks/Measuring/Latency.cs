using System.Diagnostics;

namespace Pipeline.Benchmarks.Measuring;

/// <summary>From when each message was due to when its announcement was heard. A message that was never heard of counts as lost, not as nothing.</summary>
internal sealed class Latency(int count)
{
    private readonly long[] _due = new long[count];
    private readonly long[] _heard = new long[count];
    private int _heardCount;

    public int Heard => Volatile.Read(ref _heardCount);

    public void Due(int number, long at) => _due[number] = at;

    /// <summary>Only the first time counts; a repeat changes nothing.</summary>
    public void Hear(int number, long at)
    {
        if (number < 0 || number >= count || Interlocked.CompareExchange(ref _heard[number], at, 0) != 0) return;
        Interlocked.Increment(ref _heardCount);
    }

    /// <summary>In milliseconds, of the messages from this number to that one.</summary>
    /// <param name="share">0.5 for the median, 0.99 for p99.</param>
    public double Quantile(double share, int from = 0, int? to = null)
    {
        double[] times = [.. Enumerable.Range(from, (to ?? count) - from).Where(number => _due[number] != 0 && _heard[number] != 0).Select(number => Stopwatch.GetElapsedTime(_due[number], _heard[number]).TotalMilliseconds).Order()];
        return times.Length == 0 ? double.NaN : times[(int)Math.Min(times.Length - 1, Math.Ceiling(share * times.Length) - 1)];
    }

    /// <summary>p50 and p99 under a name.</summary>
    public IEnumerable<Figure> Figures(string at, int from = 0, int? to = null) => [new($"p50 {at}", Quantile(0.5, from, to), "ms"), new($"p99 {at}", Quantile(0.99, from, to), "ms")];
}
