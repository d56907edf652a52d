using System.Text.Json;
using Pipeline.VendorSimulator.OutsidePublisher;
using Pipeline.VendorSimulator.OutsidePublisher.Shop;
using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Truth;

/// <summary>What the simulator says about itself, for the demo and the tests. No vendor has these paths.</summary>
public static class TruthEndpoints
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void MapTruth(this WebApplication app)
    {
        var routes = app.MapGroup("/_simulator");
        routes.MapGet("/expected", (ExpectedEnd end) => Results.Json(end.Describe(), SnakeCase));
        routes.MapGet("/expected/children", (ExpectedEnd end, string? source, string? object_type) => Results.Json(
            end.Children.Where(child => (source ?? child.Source) == child.Source && (object_type ?? child.ObjectType) == child.ObjectType), SnakeCase));
        routes.MapGet("/stories", (ShopScript shop) => Results.Json(shop.Stories, SnakeCase));
        routes.MapGet("/progress", (IEnumerable<Vendor> vendors, PublishProgress published, WebhookSender webhooks) => Results.Json(
            new { Webhooks = webhooks.Counts, Systems = vendors.ToDictionary(vendor => vendor.Name, vendor => vendor.Rows), Publishers = published.Counts }, SnakeCase));
    }
}
