namespace Pipeline.Benchmarks.Load;

/// <summary>Picks accounts so that few have many children and many have few: rank r is picked in proportion to 1/r. The same seed picks the same.</summary>
internal sealed class Zipf
{
    private readonly double[] _upTo;
    private readonly Random _random;

    public Zipf(int accounts, int seed)
    {
        _random = new Random(seed);
        _upTo = new double[accounts];
        var sum = 0.0;
        for (var rank = 0; rank < accounts; rank++) _upTo[rank] = sum += 1.0 / (rank + 1);
    }

    public int Next()
    {
        var at = Array.BinarySearch(_upTo, _random.NextDouble() * _upTo[^1]);
        return at < 0 ? ~at : at;
    }
}
