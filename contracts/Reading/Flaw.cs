using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Pipeline.Contracts.Reading;

/// <summary>
/// What JSON allows and PostgreSQL's jsonb cannot keep as it was sent: NUL characters, halves of surrogate pairs, numbers
/// beyond its numeric type, and a key that is there twice, of which jsonb would silently drop the first.
/// </summary>
/// <param name="Path">Where it is, as in <c>data.items[2].name</c>.</param>
/// <param name="What">What is wrong there, as the end of a sentence.</param>
internal readonly record struct Flaw(string Path, string What)
{
    private const string Text = "holds a NUL character or half a surrogate pair";
    private const string Number = "is a number too long or too large to be stored";
    private const string Twice = "is there more than once";

    private const int MostAtAGlance = 64;

    /// <summary>The first flaw of the document, or null. Nothing is allocated for an ordinary document without one.</summary>
    public static Flaw? Find(JsonElement root) => Find(root, numbers: false);

    /// <param name="element">Where to look.</param>
    /// <param name="numbers">Whether numbers are stored as numbers here; elsewhere they are read as text, of any length.</param>
    private static Flaw? Find(JsonElement element, bool numbers) => element.ValueKind switch
    {
        JsonValueKind.String => IsText(element) ? null : new Flaw("", Text),
        JsonValueKind.Number => !numbers || Fits(JsonMarshal.GetRawUtf8Value(element)) ? null : new Flaw("", Number),
        JsonValueKind.Array => InArray(element, numbers),
        JsonValueKind.Object => InObject(element, numbers),
        _ => null,
    };

    private static Flaw? InArray(JsonElement array, bool numbers)
    {
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (Find(item, numbers) is { } flaw) return flaw.Under($"[{index}]");
            index++;
        }

        return null;
    }

    private static Flaw? InObject(JsonElement json, bool numbers)
    {
        if (!HasPlainNames(json)) return InObjectOfAnyNames(json, numbers);
        foreach (var property in json.EnumerateObject())
            if (Find(property.Value, numbers || property.NameEquals("data"u8) || property.NameEquals("fields"u8)) is { } flaw) return flaw.Under(property.Name);
        return null;
    }

    private static Flaw? InObjectOfAnyNames(JsonElement json, bool numbers)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            if (NameOf(property) is not { } name) return new Flaw("", $"has a key that {Text}");
            if (!names.Add(name)) return new Flaw(name, Twice);
            if (Find(property.Value, numbers || name is "data" or "fields") is { } flaw) return flaw.Under(name);
        }

        return null;
    }

    /// <summary>Whether it is sure, at a glance, that no name is there twice and none needs a closer look: so it is for almost every object.</summary>
    private static bool HasPlainNames(JsonElement json)
    {
        var count = json.GetPropertyCount();
        if (count > MostAtAGlance) return false;
        Span<ulong> seen = stackalloc ulong[count];
        var at = 0;
        foreach (var property in json.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            if (name.Contains((byte)'\\')) return false;
            var hash = Hash(name);
            if (seen[..at].Contains(hash)) return false;
            seen[at++] = hash;
        }

        return true;
    }

    /// <summary>FNV-1a: two names of one hash are only looked at more closely, so it need not be better.</summary>
    private static ulong Hash(ReadOnlySpan<byte> name)
    {
        var hash = 14695981039346656037UL;
        foreach (var one in name) hash = (hash ^ one) * 1099511628211UL;
        return hash;
    }

    private Flaw Under(string parent) =>
        this with { Path = Path.Length == 0 || Path[0] == '[' ? parent + Path : $"{parent}.{Path}" };

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name.Contains('\0') ? null : property.Name;
        }
        catch (InvalidOperationException)
        {
            return null; // System.Text.Json's word for half a surrogate pair
        }
    }

    private static bool IsText(JsonElement value)
    {
        if (!JsonMarshal.GetRawUtf8Value(value).Contains((byte)'\\')) return true;
        try
        {
            return !value.GetString()!.Contains('\0');
        }
        catch (InvalidOperationException)
        {
            return false; // as above
        }
    }

    /// <summary>
    /// Well inside PostgreSQL's numeric: up to 131072 digits before the decimal point and 16383 after it.
    /// Source: https://www.postgresql.org/docs/current/datatype-numeric.html
    /// </summary>
    private static bool Fits(ReadOnlySpan<byte> number)
    {
        var exponentAt = number.IndexOfAny((byte)'e', (byte)'E');
        if (exponentAt < 0 && !number.Contains((byte)'.')) return number.Length <= 131_072;
        return number.Length <= 10_000 && (exponentAt < 0 || IsSmall(number[(exponentAt + 1)..]));
    }

    private static bool IsSmall(ReadOnlySpan<byte> exponent) =>
        int.TryParse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value is >= -6_000 and <= 6_000;
}
