using System.Text;

namespace Pipeline.Contracts.Spelling;

/// <summary>Characters that leave no trace on the paper, and those that leave only a gap.</summary>
internal static class Unseen
{
    /// <summary>Default_Ignorable_Code_Point of the Unicode Character Database: zero-width characters, soft hyphen, direction, variation, fillers.</summary>
    private static readonly (int First, int Last)[] Ignorable =
    [
        (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
        (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    /// <summary>All white space of Unicode, line ends and the no-break space included.</summary>
    public static bool IsWhite(int point) => point <= char.MaxValue && char.IsWhiteSpace((char)point);

    /// <summary>A character without shape and without width; controls that are no white space among them.</summary>
    public static bool IsZeroWidth(int point)
    {
        if (point < 0x7F) return point < ' ' && !IsWhite(point);
        if (point < 0xA0) return !IsWhite(point);
        foreach (var (first, last) in Ignorable)
            if (point <= last) return point >= first;
        return false;
    }
}
