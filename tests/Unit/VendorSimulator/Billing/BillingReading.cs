using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pipeline.Unit.Tests.VendorSimulator.Billing;

/// <summary>Asks the billing systems as plainly as can be.</summary>
public static class BillingReading
{
    public static async Task<HttpResponseMessage> Ask(this RunningSimulator simulator, string path, AuthenticationHeaderValue? authorization, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = authorization;
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return await simulator.Client.SendAsync(request);
    }

    public static AuthenticationHeaderValue Basic(string user, string password = "") => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    public static async Task<int> Status(this RunningSimulator simulator, string path, AuthenticationHeaderValue? authorization, string? accept = null)
    {
        using var response = await simulator.Ask(path, authorization, accept);
        return (int)response.StatusCode;
    }

    /// <summary>Every row from the first page to the one that names no next.</summary>
    public static async Task<List<JsonElement>> All(Func<string, Task<JsonElement>> get, string first, string rows, Func<JsonElement, string?> next)
    {
        var all = new List<JsonElement>();
        for (var path = first; path is not null;)
        {
            var page = await get(path);
            all.AddRange((rows.Length == 0 ? page : page.GetProperty(rows)).EnumerateArray());
            path = next(page);
        }

        return all;
    }

    /// <summary>How many rows are shown and how many are yet to come, by kind.</summary>
    public static async Task<(int Total, int Visible)> Counts(this RunningSimulator simulator, string system)
    {
        var rows = (await simulator.GetJson("/_simulator/progress")).GetProperty("systems").GetProperty(system).EnumerateArray().ToArray();
        return (rows.Sum(row => row.GetProperty("total").GetInt32()), rows.Sum(row => row.GetProperty("visible").GetInt32()));
    }

    public static string? Text(this JsonElement row, string field) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
}
