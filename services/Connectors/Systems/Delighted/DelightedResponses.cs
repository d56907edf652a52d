using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Reading;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Systems.Delighted;

/// <summary>Survey responses, in the order of their last change. Source: delighted.com/docs/api, Listing survey responses.</summary>
internal static class DelightedResponses
{
    public const string Name = "survey_responses";

    public static Feed Feed(int rows, TimeSpan lag)
    {
        return new Feed
        {
            Name = Name,
            Lag = lag,
            First = start => Ask(StampCursor.From(start) ?? DateTimeOffset.UnixEpoch, 1),
            Read = answer =>
            {
                var records = answer.Body.Rows();
                return StampPages.Read(answer, records, records.Count >= rows, Updated, Asked(answer.Request), Ask);
            },
            Map = Map,
            ById = Lookup.One(id => $"/v1/survey_responses/{id}.json?expand%5B%5D=person"),
        };

        VendorRequest Ask(DateTimeOffset from, int number) => VendorRequest.Get("/v1/survey_responses.json",
            ("per_page", rows.ToString(CultureInfo.InvariantCulture)), ("page", number.ToString(CultureInfo.InvariantCulture)),
            ("order", "asc:updated_at"), ("updated_since", from.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), ("expand[]", "person"));
    }

    private static (DateTimeOffset From, int Number) Asked(VendorRequest request) =>
        (DateTimeOffset.FromUnixTimeSeconds(long.Parse(request.Query("updated_since")!, CultureInfo.InvariantCulture)), int.Parse(request.Query("page")!, CultureInfo.InvariantCulture));

    private static DateTimeOffset? Updated(JsonElement response) => DelightedTime.Of(response, "updated_at");

    /// <summary>The person is an object because it is asked for; in surveys of employees there may be none.</summary>
    private static Mapped Map(JsonElement record) => Mapped.ToChild(record, response => new ChildObjectReceived
    {
        Source = DelightedConnector.Name,
        ObjectType = "survey_response",
        NativeId = response.RequiredText("id"),
        ObservedAt = Updated(record) ?? DelightedTime.Required(response, record, "created_at"),
        Claims = record.TryGetProperty("person", out var person) ? DelightedPeople.Email(person) : [],
        Data = record,
    });
}
