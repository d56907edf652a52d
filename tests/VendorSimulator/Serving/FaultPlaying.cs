namespace Pipeline.VendorSimulator.Serving;

/// <summary>Plays the planned faults in front of the systems' endpoints.</summary>
public static class FaultPlaying
{
    private const string Page = "<!DOCTYPE html>\n<html><head><title>We'll be right back</title></head><body><h1>Scheduled maintenance</h1></body></html>\n";

    public static void UseFaults(this WebApplication app)
    {
        var faults = app.Services.GetRequiredService<FaultSettings>();
        var plan = ActivatorUtilities.CreateInstance<FaultPlan>(app.Services);
        if (plan.IsEmpty) return;
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var names = app.Services.GetServices<Vendor>().Select(vendor => vendor.Name).ToArray();
        app.Use(async (context, next) =>
        {
            var name = Array.Find(names, name => context.Request.Path.StartsWithSegments($"/{name}"));
            var fault = name is null ? Fault.None : plan.Next(name);
            if (fault == Fault.Slow) await Task.Delay(TimeSpan.FromSeconds(faults.SlowSeconds), clock, context.RequestAborted);
            if (fault is Fault.None or Fault.Slow) await next(context);
            else await Play(fault, context, next);
        });
    }

    private static Task Play(Fault fault, HttpContext context, RequestDelegate next)
    {
        switch (fault)
        {
            case Fault.ServerError:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return Task.CompletedTask;
            case Fault.Unavailable:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = "1";
                return Task.CompletedTask;
            case Fault.Html:
                context.Response.ContentType = "text/html; charset=utf-8";
                return context.Response.WriteAsync(Page, context.RequestAborted);
            default:
                return ServeHalf(context, next, cut: fault == Fault.Cut);
        }
    }

    /// <summary>Lets the endpoint answer into memory and sends half of it: with the length of all and a cut, or as if half were all.</summary>
    private static async Task ServeHalf(HttpContext context, RequestDelegate next, bool cut)
    {
        var client = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await next(context);
        context.Response.Body = client;

        var half = answer.GetBuffer().AsMemory(0, (int)answer.Length / 2);
        context.Response.ContentLength = cut ? answer.Length : half.Length;
        await client.WriteAsync(half, context.RequestAborted);
        await client.FlushAsync(context.RequestAborted);
        if (cut) context.Abort();
    }
}
