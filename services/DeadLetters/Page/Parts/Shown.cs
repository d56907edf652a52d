using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipeline.DeadLetters.Page.Parts;

/// <summary>How values look on the page.</summary>
public static class Shown
{
    private static readonly JsonSerializerOptions LaidOut = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>12 s, 3 min, 5 h, 3 d.</summary>
    public static string Age(double seconds) => TimeSpan.FromSeconds(Math.Max(0, seconds)) switch
    {
        { TotalSeconds: < 60 } time => $"{time.Seconds} s",
        { TotalHours: < 1 } time => $"{time.Minutes} min",
        { TotalDays: < 1 } time => $"{time.Hours} h",
        var time => $"{(int)time.TotalDays} d",
    };

    public static string Named(string? source, string? type, string? id) => string.Join(' ', new[] { source, type, id }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>JSON laid out; anything else as it is.</summary>
    public static string Body(string? body)
    {
        try
        {
            return body is null ? "(not text)" : JsonSerializer.Serialize(JsonDocument.Parse(body), LaidOut);
        }
        catch (JsonException)
        {
            return body!;
        }
    }
}
