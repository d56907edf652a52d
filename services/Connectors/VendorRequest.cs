namespace Pipeline.Connectors;

/// <summary>A request as a connector describes it, and as a checkpoint keeps it. It never holds a secret.</summary>
/// <param name="Path">Below the base address, with its query; or an address on the same host that the system gave.</param>
/// <param name="Body">JSON to be posted; null makes it a GET.</param>
/// <param name="Headers">Only this request's.</param>
public sealed record VendorRequest(string Path, string? Body = null, IReadOnlyDictionary<string, string>? Headers = null)
{
    /// <summary>A GET of a path with these query parameters, escaped; a parameter that is null is left out.</summary>
    public static VendorRequest Get(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var parts = new List<string>();
        foreach (var (name, value) in query)
            if (value is not null) parts.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}");
        return new(parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}");
    }

    /// <summary>A POST of a JSON body, for searches.</summary>
    public static VendorRequest Post(string path, string json) => new(path, json);

    /// <summary>The value of a query parameter, or null.</summary>
    public string? Query(string name)
    {
        var query = Path.Split('?', 2) is [_, var text] ? text : "";
        return query.Split('&').Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2 && Uri.UnescapeDataString(part[0]) == name)
            .Select(part => Uri.UnescapeDataString(part[1]))
            .FirstOrDefault();
    }

    /// <summary>The path without its query: enough to recognise, and short enough to show.</summary>
    public string PathAlone => Path.Split('?', 2)[0];
}
