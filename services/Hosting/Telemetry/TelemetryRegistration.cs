using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Pipeline.Hosting.Telemetry;

internal static class TelemetryRegistration
{
    public static void AddPipelineTelemetry(this WebApplicationBuilder builder, Settings settings, string service)
    {
        if (settings.Otlp is not { } collector) return; // no exporter, no listener, no cost
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "pipeline", autoGenerateServiceInstanceId: true))
            .WithTracing(tracing => tracing.AddSource("Pipeline.*", "MassTransit").AddHttpClientInstrumentation().AddOtlpExporter(exporter => PointAt(exporter, collector, "v1/traces")))
            .WithMetrics(metrics => metrics.AddMeter("Pipeline.*", "MassTransit", "Npgsql").AddOtlpExporter((exporter, reader) =>
            {
                PointAt(exporter, collector, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 5000;
            }));
    }

    /// <summary>OTLP over HTTP where its own port or the standard variable says so, else over gRPC.</summary>
    private static void PointAt(OtlpExporterOptions exporter, Uri collector, string path)
    {
        var http = collector.Port == 4318 || Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL") == "http/protobuf";
        exporter.Protocol = http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = http ? new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/{path}") : collector;
        exporter.ExportProcessorType = ExportProcessorType.Batch;
    }
}
