using System.Buffers.Text;

namespace Pipeline.Connectors.Reading;

/// <summary>The usual ways in which a header carries a signature. What is no signature claims nothing.</summary>
public static class Signatures
{
    /// <summary>In hexadecimal, behind a prefix such as <c>sha256=</c>.</summary>
    public static Func<Func<string, string>, SignatureClaim?> Hex(string header, string prefix = "") => headers =>
        headers(header) is var text && text.StartsWith(prefix, StringComparison.Ordinal) && OfHex(text[prefix.Length..]) is { } signature ? new SignatureClaim([signature]) : null;

    /// <summary>In Base64.</summary>
    public static Func<Func<string, string>, SignatureClaim?> Base64(string header) => headers => OfBase64(headers(header)) is { } signature ? new SignatureClaim([signature]) : null;

    public static byte[]? OfHex(string text) => text.Length > 0 && text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    public static byte[]? OfBase64(string text) => text.Length > 0 && System.Buffers.Text.Base64.IsValid(text) ? Convert.FromBase64String(text) : null;
}
