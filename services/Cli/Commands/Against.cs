using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Pipeline.Cli.Office;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Commands;

/// <summary>Looks for every message of a publisher's own list, a page at a time, and says where they are and which are not there.</summary>
internal sealed class Against(Terminal terminal, OfficeClient office)
{
    private const int PageSize = 1000;

    /// <summary>More than these nobody reads; the count goes on.</summary>
    private const int MostNamed = 20;

    private readonly SortedDictionary<string, long> _places = new(StringComparer.Ordinal);
    private readonly List<string> _missing = [];
    private long _lines;

    /// <returns>0 where all are found, 1 where some are missing or a line names nothing.</returns>
    public async Task<int> CompareAsync(string file, CancellationToken cancellation)
    {
        var unreadable = 0L;
        var (children, accounts) = (new List<PublishedId>(), new List<PublishedId>());
        await foreach (var line in LinesAsync(file, cancellation))
        {
            _lines++;
            if (IdOf(line) is not { } id)
            {
                if (unreadable++ < MostNamed) await terminal.Error.WriteLineAsync($"line {_lines} names no source and native_id: what cannot be read is among the dead letters");
                continue;
            }

            var page = id.ObjectType is null ? accounts : children;
            page.Add(id);
            if (page.Count == PageSize && await LookAsync(page, cancellation) is { } failure) return Query.Fail(terminal, failure);
        }

        foreach (var page in (List<PublishedId>[])[children, accounts])
            if (page.Count > 0 && await LookAsync(page, cancellation) is { } failure) return Query.Fail(terminal, failure);

        foreach (var (place, count) in _places) await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count,10}  {place}"));
        await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{_lines,10}  in {file}"));
        foreach (var id in _missing) await terminal.Error.WriteLineAsync($"missing: {id}");
        return _places.ContainsKey("missing") || unreadable > 0 ? Exit.Refused : Exit.Done;
    }

    private async Task<OfficeAnswer?> LookAsync(List<PublishedId> page, CancellationToken cancellation)
    {
        var answer = await office.OrderAsync(
            $"ledger/against/{(page[0].ObjectType is null ? "accounts" : "children")}", JsonSerializer.SerializeToUtf8Bytes<IReadOnlyList<PublishedId>>(page, PipelineJson.Report.IReadOnlyListPublishedId), cancellation);
        if (answer.Body is not { } body) return answer;
        var places = JsonSerializer.Deserialize(body, PipelineJson.Report.AgainstReport)!.Places;
        foreach (var (id, place) in page.Zip(places))
        {
            _places[place] = _places.GetValueOrDefault(place) + 1;
            if (place == "missing" && _missing.Count < MostNamed) _missing.Add(Shown.Safe($"{id.Source} {id.ObjectType ?? "account record"} {id.NativeId} {id.ObservedAt:O}"));
        }

        page.Clear();
        if (terminal.IsLive) await terminal.Error.WriteAsync($"\r{_lines} looked for   ");
        return null;
    }

    private static PublishedId? IdOf(string line)
    {
        try
        {
            using var message = JsonDocument.Parse(line);
            return message.RootElement.ValueKind == JsonValueKind.Object && Text(message, "source") is { } source && Text(message, "native_id") is { } nativeId
                ? new PublishedId(source, Text(message, "object_type"), nativeId, DateTimeOffset.TryParse(Text(message, "observed_at"), CultureInfo.InvariantCulture, out var at) ? at : null)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonDocument message, string name) => message.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static async IAsyncEnumerable<string> LinesAsync(string file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(file);
        while (await reader.ReadLineAsync(cancellation) is { } line)
            if (line.Length > 0) yield return line;
    }
}
