using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipeline.VendorSimulator.Serving;

/// <summary>Answers in the vendors' own names: nothing is renamed, numbers stay as they are written.</summary>
public static class Answer
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Json(object body, int status = StatusCodes.Status200OK) => Results.Json(body, AsWritten, statusCode: status);

    /// <summary>A row as it will be served, made once.</summary>
    public static JsonElement Row(object row) => JsonSerializer.SerializeToElement(row, AsWritten);

    /// <summary>The address under which this system was called, for the absolute addresses in its answers.</summary>
    public static string BaseAddress(this HttpContext context, Vendor vendor) => $"{context.Request.Scheme}://{context.Request.Host}/{vendor.Name}";
}
