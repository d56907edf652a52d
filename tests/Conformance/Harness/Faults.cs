using Microsoft.AspNetCore.Http;

namespace Pipeline.Conformance.Tests.Harness;

/// <summary>A way in which a system fails, until it is seen to.</summary>
/// <param name="Name">As a test shows it.</param>
/// <param name="At">
/// The data request that it begins with. A refusal begins with the first: a continuation that is refused is given up, and the
/// pass asks for what no script has (<see cref="Shape.PassTests"/> has that case).
/// </param>
/// <param name="Shown">What the error must say beside the path.</param>
/// <param name="Answer">Given the page that would have been the answer.</param>
public sealed record Fault(string Name, int At, string[] Shown, Func<HttpContext, byte[], Task> Answer)
{
    /// <summary>By the fast clock: how long a request may take in these tests.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<Fault> All { get; } =
    [
        Status(401, 2, "The credentials are not accepted"),
        Status(403, 2, "permission"),
        Status(404, 1, "BaseUrl"),
        Status(410, 1, "expired"),
        Status(422, 1, "names of fields"),
        Status(500, 2, "the system's own"),
        Status(503, 2, "the system's own"),
        new("a cut connection", 2, ["failed"], (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        }),
        new("half the JSON", 2, ["200", "not JSON"], (context, body) =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2)).AsTask();
        }),
        new("a login page", 2, ["200", "text/html", "not JSON", "BaseUrl"], (context, _) =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<!doctype html><html><body>Please log in</body></html>");
        }),
        new("no answer in time", 2, ["00:00:20", "RequestTimeout"], async (context, _) =>
        {
            var gone = new TaskCompletionSource();
            await using (context.RequestAborted.Register(gone.SetResult)) await gone.Task;
        }),
    ];

    private static Fault Status(int status, int at, params string[] shown) =>
        new($"status {status}", at, [$"was answered {status}", .. shown], (context, _) => VendorServer.QuoteAsync(context, status));
}
