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
        if (settings.Otlp is null) return; // no exporter, no listener, no cost
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "pipeline", autoGenerateServiceInstanceId: true))
            .WithTracing(tracing => tracing.AddSource("Pipeline.*", "MassTransit").AddHttpClientInstrumentation().AddOtlpExporter(exporter => PointAt(exporter, settings, "v1/traces")))
            .WithMetrics(metrics => metrics.AddMeter("Pipeline.*", "MassTransit", "Npgsql").AddOtlpExporter((exporter, reader) =>
            {
                PointAt(exporter, settings, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 5000;
            }));
    }

    private static void PointAt(OtlpExporterOptions exporter, Settings settings, string path)
    {
        exporter.Protocol = settings.OtlpOverHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = settings.OtlpOverHttp ? new Uri($"{settings.Otlp!.AbsoluteUri.TrimEnd('/')}/{path}") : settings.Otlp!;
    }
}
