using System.Text.Json;
using Pipeline.Benchmarks.Peers.Job;

namespace Pipeline.Benchmarks.Peers.Wolverine;

/// <summary>What a handler returns, Wolverine publishes.</summary>
public static class WolverineHandlers
{
    public static async Task<IEnumerable<object>> Handle(ChildMessage[] children, IServiceProvider services, CancellationToken cancellation) =>
        await Tables(services).TakeAsync([.. children.Select(child => (child, (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(child, JobJson.Default.ChildMessage)))], cancellation);

    public static async Task<IEnumerable<object>> Handle(AdmissionMessage[] accounts, IServiceProvider services, CancellationToken cancellation) =>
        await Tables(services).AdmitAsync(accounts, cancellation);

    private static JobTables Tables(IServiceProvider services) => (JobTables)services.GetService(typeof(JobTables))!;
}
