namespace Pipeline.VendorSimulator.World.Billing;

/// <summary>
/// Whole seconds at which records were created and last changed. Three records share each, so that some of one second lie
/// across the end of a page whatever its size; the order of the changes is not that of the creation.
/// </summary>
public sealed class BillingStamps(DateTimeOffset start, Random random)
{
    private const int Sharing = 3;

    private DateTimeOffset _created = start;
    private int _index;

    public (DateTimeOffset Created, DateTimeOffset Updated) Next()
    {
        if (_index % Sharing == 0) _created += TimeSpan.FromSeconds(random.Next(600, 200_000));
        var group = _index++ / Sharing;
        return (_created, _created.AddDays(group * 7 % 11));
    }
}
