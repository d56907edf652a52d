using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;

namespace Pipeline.Connectors.Systems.Intercom;

/// <summary>
/// Companies, all of them in each pass, by the scroll. It ends at an empty page, and expires after a minute without a
/// request: then, as after a failure, it has to begin anew. Each request moves it on, so a page whose answer was lost is
/// not given again. Hence no company is left out by its stamp: what was published is remembered by its message id, and the
/// next pass brings what this one has lost. Only one scroll can be open; a second one is refused until the first expires.
/// Source: developers.intercom.com, REST API, Scroll over all companies.
/// </summary>
internal static class IntercomCompanies
{
    /// <summary>Intercom does not know this header. It tells the requests of one scroll apart, which are all the same.</summary>
    private const string Number = "X-Scroll-Request";

    /// <summary>Longer than there are companies: as many as the engine can are remembered, whatever their age.</summary>
    private static readonly TimeSpan Ever = TimeSpan.FromDays(36_500);

    public static Feed Feed(Func<JsonElement, Mapped> map) => new()
    {
        Name = "companies",
        Lag = Ever,
        OrderedByCursor = false,
        First = _ => new VendorRequest("/companies/scroll"),
        Read = answer =>
        {
            var records = answer.Body.List("data");
            return new Page(records, records.Count == 0 ? null : Next(answer), null);
        },
        Map = map,
    };

    private static VendorRequest Next(Answer answer)
    {
        var number = answer.Request.Headers is { } headers && headers.TryGetValue(Number, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        return VendorRequest.Get("/companies/scroll", ("scroll_param", answer.Body.Text("scroll_param"))) with
        {
            Headers = new Dictionary<string, string> { [Number] = (number + 1).ToString(CultureInfo.InvariantCulture) },
        };
    }
}
