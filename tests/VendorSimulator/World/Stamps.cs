namespace Pipeline.VendorSimulator.World;

/// <summary>Times of change, in their order: the last one of ten, the first two of the next and the one before have the same second, so that whatever the size of a page, its end is among equals.</summary>
public sealed class Stamps(DateTimeOffset start, Random random)
{
    private int _count;

    public DateTimeOffset Newest { get; private set; } = start;

    public DateTimeOffset Next()
    {
        if (_count++ % 10 is > 2 and < 9) Newest = Newest.AddSeconds(random.Next(60, 40_000));
        return Newest;
    }
}
