namespace Pipeline.VendorSimulator.World;

/// <summary>Gives each owner one child, and the rest by Zipf's law: the n-th largest has 1/n of what the largest has.</summary>
public sealed class Share<TOwner>
{
    private readonly TOwner[] _bySize;
    private readonly double[] _upTo;
    private readonly Random _random;

    public Share(IEnumerable<TOwner> owners, Random random)
    {
        _random = random;
        _bySize = Chance.Shuffled(owners, random);
        _upTo = new double[_bySize.Length];
        for (var rank = 0; rank < _upTo.Length; rank++) _upTo[rank] = (rank == 0 ? 0 : _upTo[rank - 1]) + (1.0 / (rank + 1));
    }

    /// <param name="index">The number of the child, from 0.</param>
    public TOwner Next(int index)
    {
        if (index < _bySize.Length) return _bySize[index];
        var found = Array.BinarySearch(_upTo, _random.NextDouble() * _upTo[^1]);
        return _bySize[found < 0 ? ~found : found];
    }
}
