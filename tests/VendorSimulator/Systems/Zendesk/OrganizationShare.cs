using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Zendesk;

/// <summary>Gives each organization one child, and the rest by Zipf's law: the n-th largest has 1/n of what the largest has.</summary>
public sealed class OrganizationShare
{
    private readonly ZendeskOrganization[] _bySize;
    private readonly double[] _upTo;
    private readonly Random _random;

    public OrganizationShare(IReadOnlyList<ZendeskOrganization> organizations, Random random)
    {
        _random = random;
        _bySize = Chance.Shuffled(organizations, random);
        _upTo = new double[_bySize.Length];
        for (var rank = 0; rank < _upTo.Length; rank++) _upTo[rank] = (rank == 0 ? 0 : _upTo[rank - 1]) + (1.0 / (rank + 1));
    }

    /// <param name="index">The number of the child, from 0.</param>
    public ZendeskOrganization Next(int index)
    {
        if (index < _bySize.Length) return _bySize[index];
        var found = Array.BinarySearch(_upTo, _random.NextDouble() * _upTo[^1]);
        return _bySize[found < 0 ? ~found : found];
    }
}
