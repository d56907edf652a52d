using System.Text.Json;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Unit.Tests.Cli;

public sealed class TheSchemaDrift
{
    private static readonly StatusReport Drifted = Reports.Status with
    {
        Feeds =
        [
            Reports.Status.Feeds[0],
            Reports.Status.Feeds[1] with
            {
                Drift = [new("owner.email", "missing", "string", null, Reports.Noon.AddMinutes(1)), new("si\u001bze", "retyped", "number", "string", Reports.Noon)],
            },
        ],
    };

    [Fact]
    public void The_status_lists_each_drift_with_its_feed()
    {
        var text = Printed.Text(StatusScreen.Of(Drifted));

        var part = text[text.IndexOf("Schema drift\n", StringComparison.Ordinal)..text.IndexOf("Webhooks\n", StringComparison.Ordinal)];
        Assert.Equal(
            ["Schema drift", "SYSTEM FEED FIELD CHANGE FROM TO AT", "desk tickets owner.email missing string 2026-05-01 12:01:00Z", @"desk tickets si\u001bze retyped number string 2026-05-01 12:00:00Z"],
            part.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0));
    }

    [Fact]
    public void A_status_without_drift_has_no_such_part() =>
        Assert.DoesNotContain("Schema drift", Printed.Text(StatusScreen.Of(Reports.Status)), StringComparison.Ordinal);

    [Fact]
    public void The_json_names_what_changed_and_is_read_back_also_from_connectors_that_tell_none()
    {
        var json = JsonSerializer.Serialize(Drifted, PipelineJson.Report.StatusReport);

        Assert.Contains("""{"field":"owner.email","change":"missing","from":"string","to":null,"at":"2026-05-01T12:01:00+00:00"}""", json, StringComparison.Ordinal);
        Assert.Equal(Drifted.Feeds[1].Drift, JsonSerializer.Deserialize(json, PipelineJson.Report.StatusReport)!.Feeds[1].Drift);
        Assert.Empty(JsonSerializer.Deserialize("""{"feeds":[{"system":"desk","feed":"tickets"}]}""", PipelineJson.Report.StatusReport)!.Feeds[0].Drift);
    }
}
