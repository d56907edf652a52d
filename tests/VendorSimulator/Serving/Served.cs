namespace Pipeline.VendorSimulator.Serving;

/// <summary>Which rows have been in an answer.</summary>
public sealed class Served
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_ids) return _ids.Count;
        }
    }

    public void Mark(IEnumerable<string> ids)
    {
        lock (_ids) _ids.UnionWith(ids);
    }
}
