using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pipeline.TestKit.Otlp;

/// <summary>A span as it was exported.</summary>
/// <param name="Links">Trace and span that it links to, as <c>trace-span</c>.</param>
public sealed record TracedSpan(
    string Service, string Name, string TraceId, string SpanId, string ParentId, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Links);

/// <summary>Receives real OTLP over HTTP, as a collector or Jaeger would.</summary>
public sealed class TraceCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<TracedSpan> _spans = new();

    private TraceCollector(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IReadOnlyList<TracedSpan> Spans => [.. _spans];

    public static async Task<TraceCollector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var collector = new TraceCollector(builder.Build());
        collector._app.MapPost("/v1/traces", collector.Receive);
        collector._app.MapPost("/v1/metrics", () => Results.Ok());
        await collector._app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Receive(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        foreach (var resource in ExportTraceServiceRequest.Parser.ParseFrom(body.ToArray()).ResourceSpans)
            foreach (var span in resource.ScopeSpans.SelectMany(scope => scope.Spans))
                _spans.Enqueue(new TracedSpan(
                    Texts(resource.Resource.Attributes).GetValueOrDefault("service.name", ""), span.Name, Hex(span.TraceId), Hex(span.SpanId), Hex(span.ParentSpanId),
                    Texts(span.Attributes), [.. span.Links.Select(link => $"{Hex(link.TraceId)}-{Hex(link.SpanId)}")]));
    }

    private static Dictionary<string, string> Texts(IEnumerable<KeyValue> attributes) => attributes.GroupBy(attribute => attribute.Key).ToDictionary(group => group.Key, group => Text(group.Last().Value));

    private static string Text(AnyValue value) => value.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.IntValue => $"{value.IntValue}",
        AnyValue.ValueOneofCase.BoolValue => $"{value.BoolValue}",
        AnyValue.ValueOneofCase.DoubleValue => $"{value.DoubleValue}",
        _ => "",
    };

    private static string Hex(Google.Protobuf.ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
