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
public sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<TracedSpan> _spans = new();
    private readonly ConcurrentDictionary<string, bool> _metrics = new();

    private Collector(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IReadOnlyList<TracedSpan> Spans => [.. _spans];

    /// <summary>The names of the metrics that have come so far.</summary>
    public IReadOnlyList<string> Metrics => [.. _metrics.Keys.Order(StringComparer.Ordinal)];

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector._app.MapPost("/v1/traces", async context => collector.Receive(ExportTraceServiceRequest.Parser.ParseFrom(await Body(context))));
        collector._app.MapPost("/v1/metrics", async context => collector.Receive(ExportMetricsServiceRequest.Parser.ParseFrom(await Body(context))));
        await collector._app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Receive(ExportTraceServiceRequest request)
    {
        foreach (var resource in request.ResourceSpans)
            foreach (var span in resource.ScopeSpans.SelectMany(scope => scope.Spans))
                _spans.Enqueue(new TracedSpan(
                    Texts(resource.Resource.Attributes).GetValueOrDefault("service.name", ""), span.Name, Hex(span.TraceId), Hex(span.SpanId), Hex(span.ParentSpanId),
                    Texts(span.Attributes), [.. span.Links.Select(link => $"{Hex(link.TraceId)}-{Hex(link.SpanId)}")]));
    }

    private void Receive(ExportMetricsServiceRequest request)
    {
        foreach (var metric in request.ResourceMetrics.SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics)) _metrics[metric.Name] = true;
    }

    private static async Task<byte[]> Body(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
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
