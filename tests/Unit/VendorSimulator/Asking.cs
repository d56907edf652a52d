using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pipeline.Unit.Tests.VendorSimulator;

/// <summary>Requests as the systems want them, and a comparison of the expected end with what follows from the rows.</summary>
public static class Asking
{
    public static AuthenticationHeaderValue Basic(string user, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    public static async Task<(int Status, JsonElement Body, HttpResponseMessage Response)> Ask(
        this RunningSimulator simulator, string path, AuthenticationHeaderValue? authorization, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path) { Headers = { Authorization = authorization } };
        if (body is not null) request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var response = await simulator.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonDocument.Parse(text).RootElement : default, response);
    }

    public static string Header(this HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    public static string? OptionalText(this JsonElement row, string field) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static JsonElement Part(this JsonElement row, string field) => row.ValueKind == JsonValueKind.Object && row.TryGetProperty(field, out var part) ? part : default;

    /// <summary>How far the rows of one kind have come.</summary>
    public static async Task<(int Total, int Visible, int Served)> Progress(this RunningSimulator simulator, string system, string kind)
    {
        var rows = (await simulator.GetJson("/_simulator/progress")).GetProperty("systems").GetProperty(system).EnumerateArray().Single(row => row.OptionalText("rows") == kind);
        return (rows.GetProperty("total").GetInt32(), rows.GetProperty("visible").GetInt32(), rows.GetProperty("served").GetInt32());
    }

    /// <summary>
    /// Decides each child anew: refused where it claims nothing, accepted where its claim leads to an account that is let in, else
    /// parked; and compares all with the expected end.
    /// </summary>
    /// <param name="children">The id, whether it claims anything, and the account_id that the claim leads to.</param>
    public static async Task AssertEnds(this RunningSimulator simulator, string source, string type, IEnumerable<(string Id, bool Claims, string? AccountId)> children)
    {
        var accounts = (await simulator.GetJson("/_simulator/expected")).GetProperty("accounts").GetProperty("by_id").EnumerateObject()
            .ToDictionary(account => account.Name, account => account.Value.OptionalText("state") is "admitted" or "contested", StringComparer.Ordinal);
        var decided = children.Select(child => $"{child.Id} {(!child.Claims ? "dead_lettered" : child.AccountId is { } id && accounts.GetValueOrDefault(id) ? "accepted" : "parked")}").Order(StringComparer.Ordinal).ToArray();
        var expected = (await simulator.GetJson($"/_simulator/expected/children?source={source}&object_type={type}")).EnumerateArray()
            .Select(child => $"{child.OptionalText("native_id")} {child.OptionalText("place")}").Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(expected, decided);
        Assert.True(decided.Select(child => child.Split(' ')[1]).Distinct().Count() > 1);
    }
}
