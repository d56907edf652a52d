using System.Globalization;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Zuora;

/// <summary>A filter as <c>updateddate.GE:2025-01-01T00:00:00Z</c>, <c>id.EQ:8a12</c> or <c>id.IN:[8a12,8a13]</c>.</summary>
public sealed record ZuoraFilter(Func<StampedRow, bool> Holds)
{
    /// <summary>Null where it cannot be read.</summary>
    public static ZuoraFilter? Read(string text)
    {
        var colon = text.IndexOf(':');
        return colon < 0 ? null : (text[..colon], text[(colon + 1)..]) switch
        {
            ("id.EQ", var id) => new(row => row.Id == id),
            ("id.IN", ['[', .. var list, ']']) => In(list.Split(',')),
            (var left, var right) when left.Split('.') is ["updateddate", var comparison] && Comparison(comparison) is { } holds
                && DateTimeOffset.TryParse(right, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => new(row => holds(row.Stamp.CompareTo(time))),
            _ => null,
        };
    }

    private static ZuoraFilter In(string[] ids) => new(row => ids.Contains(row.Id));

    private static Func<int, bool>? Comparison(string name) => name switch
    {
        "GE" => order => order >= 0,
        "GT" => order => order > 0,
        "LE" => order => order <= 0,
        "LT" => order => order < 0,
        "EQ" => order => order == 0,
        _ => null,
    };
}
