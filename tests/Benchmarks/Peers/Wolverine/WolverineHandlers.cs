using System.Text.Json;
using Pipeline.Benchmarks.Peers.Job;

namespace Pipeline.Benchmarks.Peers.Wolverine;

/// <summary>What a handler returns, Wolverine publishes. Public, as all that it takes must be: Wolverine writes the code that calls it.</summary>
public static class WolverineHandlers
{
    public static async Task<IEnumerable<object>> Handle(ChildMessage[] children, JobTables tables, CancellationToken cancellation) =>
        await tables.TakeAsync([.. children.Select(child => (child, (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(child, JobJson.Default.ChildMessage)))], cancellation);

    public static async Task<IEnumerable<object>> Handle(AdmissionMessage[] accounts, JobTables tables, CancellationToken cancellation) => await tables.AdmitAsync(accounts, cancellation);
}
