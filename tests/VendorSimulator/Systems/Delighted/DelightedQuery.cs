using System.Globalization;

namespace Pipeline.VendorSimulator.Systems.Delighted;

/// <summary>Reads the parameters that Delighted's lists share: whole numbers, with a default where they are missing.</summary>
public static class DelightedQuery
{
    public const int Largest = 100;
    public const int Default = 20;

    /// <summary>The number; null where it is none, or is out of its range.</summary>
    public static long? Whole(this IQueryCollection query, string name, long otherwise, long least = 0, long most = long.MaxValue) =>
        query[name].ToString() is not { Length: > 0 } text ? otherwise
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null;
}
