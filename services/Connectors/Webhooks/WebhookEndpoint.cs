using System.Diagnostics;
using Pipeline.Contracts;

namespace Pipeline.Connectors.Webhooks;

/// <summary>
/// <c>POST /webhooks/{system}</c>, open only for systems that have a secret for it. A delivery is proven over its raw bytes,
/// kept, and answered; it is read later. 200 it is safe, 401 not proven, 404 no such endpoint, 413 over a mebibyte, 503 try again.
/// </summary>
public static class WebhookEndpoint
{
    /// <summary>The largest body that is read, as for any message.</summary>
    private const int LargestBody = 1024 * 1024;

    public static void MapWebhooks(this IEndpointRouteBuilder routes, IReadOnlyList<ConfiguredSystem> systems)
    {
        foreach (var system in systems)
            if (system.System.Webhook is { } webhook)
                routes.MapPost($"/webhooks/{system.Name}", (HttpContext context, DeliveryWriter writer, WebhookBoard board, TimeProvider time) =>
                    TakeAsync(context, system.Name, webhook, writer, board, time));
    }

    private static async Task<IResult> TakeAsync(HttpContext context, string system, Webhook webhook, DeliveryWriter writer, WebhookBoard board, TimeProvider time)
    {
        if (await BodyAsync(context.Request, context.RequestAborted) is not { } body)
        {
            board.Refused(system, "too_large");
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var delivery = new WebhookDelivery(new WebhookBody(body), name => context.Request.Headers[name].ToString());
        if (Verification.Refusal(webhook.Proof, delivery, time.GetUtcNow()) is { } why)
        {
            board.Refused(system, why);
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        try
        {
            using var span = Engine.Telemetry.Source.StartActivity($"webhook {system}", ActivityKind.Server);
            if (await writer.KeepAsync(new NewDelivery(IdOf(system, webhook, delivery, time), system, body, span?.Id), context.RequestAborted) is not { } isNew) return Later(context);
            board.Received(system, isNew);
            return Results.Ok();
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            Activity.Current?.SetStatus(ActivityStatusCode.Error, exception.Message);
            return Later(context); // nothing is kept, and the system tries again
        }
    }

    private static Guid IdOf(string system, Webhook webhook, WebhookDelivery delivery, TimeProvider time)
    {
        try
        {
            return webhook.DeliveryId(delivery) is { Length: > 0 } id ? StableId.Of("delivery", system, id) : Guid.CreateVersion7(time.GetUtcNow());
        }
        catch (Exception exception) when (UnknownShapeException.IsTheReasonOf(exception))
        {
            return StableId.Of("delivery", system, StableId.Of(delivery.Body.Bytes.Span).ToString());
        }
    }

    private static IResult Later(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Null where it is too large.</summary>
    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > LargestBody) return null;
        using var body = new MemoryStream();
        var part = new byte[16 * 1024];
        while (await request.Body.ReadAsync(part, cancellation) is > 0 and var read)
        {
            if (body.Length + read > LargestBody) return null;
            body.Write(part, 0, read);
        }

        return body.ToArray();
    }
}
