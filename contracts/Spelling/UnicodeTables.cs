using System.Collections.Frozen;
using System.Globalization;

namespace Pipeline.Contracts.Spelling;

/// <summary>
/// What Unicode says of single code points. The programs run without the libraries of the system's languages
/// (InvariantGlobalization), where .NET normalises nothing and folds simply; so the tables come along as files.
/// Source: the Unicode Character Database, UnicodeData.txt and CaseFolding.txt.
/// </summary>
internal static class UnicodeTables
{
    private const int FirstSyllable = 0xAC00, Syllables = 11_172, FirstLead = 0x1100, FirstVowel = 0x1161, BeforeTrail = 0x11A7, Vowels = 21, Trails = 28;

    private static readonly Lazy<FrozenDictionary<int, int[]>> Decompositions = new(() => Mapping("decompositions.txt"));
    private static readonly Lazy<FrozenDictionary<int, int[]>> Foldings = new(() => Mapping("case-folding.txt"));
    private static readonly Lazy<FrozenDictionary<int, byte>> Classes = new(() => Lines("marks.txt")
        .SelectMany(line => Enumerable.Range(Hex(line[0]), Hex(line[1]) - Hex(line[0]) + 1), (line, mark) => (mark, Class: byte.Parse(line[2], CultureInfo.InvariantCulture)))
        .ToFrozenDictionary(row => row.mark, row => row.Class));

    /// <summary>The code points that this one is composed of, compatibility included (NFKD), or null where it is not composed.</summary>
    public static int[]? Decomposition(int point) =>
        point is >= FirstSyllable and < FirstSyllable + Syllables ? Jamo(point - FirstSyllable) : Decompositions.Value.GetValueOrDefault(point);

    /// <summary>Its full case folding, or null where it is folded already. The iota subscript is left a mark, so that folding never changes the order of marks.</summary>
    public static int[]? Folding(int point) => Foldings.Value.GetValueOrDefault(point);

    /// <summary>The class by which marks after one letter are ordered; 0 for what is no such mark.</summary>
    public static byte ClassOf(int point) => point < 0x300 ? (byte)0 : Classes.Value.GetValueOrDefault(point);

    /// <summary>A Hangul syllable is composed by arithmetic (The Unicode Standard, section 3.12).</summary>
    private static int[] Jamo(int syllable)
    {
        var (lead, vowel, trail) = (FirstLead + syllable / (Vowels * Trails), FirstVowel + syllable / Trails % Vowels, BeforeTrail + syllable % Trails);
        return trail == BeforeTrail ? [lead, vowel] : [lead, vowel, trail];
    }

    private static FrozenDictionary<int, int[]> Mapping(string file) => Lines(file).ToFrozenDictionary(line => Hex(line[0]), line => line[1..].Select(Hex).ToArray());

    private static IEnumerable<string[]> Lines(string file)
    {
        using var lines = new StreamReader(typeof(UnicodeTables).Assembly.GetManifestResourceStream($"Unicode.{file}")!);
        while (lines.ReadLine() is { } line)
            if (line[0] != '#') yield return line.Split(' ');
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
