using System.Globalization;

namespace Pipeline.VendorSimulator.Serving;

/// <summary>A page that is asked for by its number, from 1.</summary>
public sealed record NumberedPage(int Number, int Size)
{
    /// <summary>Reads <c>page</c> and the size; null where one of them is no number, or the number is below 1.</summary>
    public static NumberedPage? Read(IQueryCollection query, string sizeName, int defaultSize) =>
        Whole(query["page"], 1) is > 0 and var number && Whole(query[sizeName], defaultSize) is > 0 and var size ? new(number, size) : null;

    public IReadOnlyList<T> Of<T>(IReadOnlyList<T> rows) => [.. rows.Skip((int)Math.Min((long)(Number - 1) * Size, rows.Count)).Take(Size)];

    public int Pages(int rows) => (rows + Size - 1) / Size;

    /// <summary>The address of the next page, as a <c>Link</c> header has it (RFC 8288); null on the last one.</summary>
    public string? Link(HttpContext context, Vendor vendor, int rows)
    {
        if (Number >= Pages(rows)) return null;
        var rest = context.Request.Query.Where(part => part.Key != "page").SelectMany(part => part.Value.Select(value => $"&{part.Key}={Uri.EscapeDataString(value ?? "")}"));
        return $"<{context.BaseAddress(vendor)}{context.Request.Path.Value![(vendor.Name.Length + 1)..]}?page={Number + 1}{string.Concat(rest)}>; rel=\"next\"";
    }

    private static int? Whole(string? text, int otherwise) =>
        string.IsNullOrEmpty(text) ? otherwise : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
