using System.Collections.Concurrent;
using Npgsql;

namespace Pipeline.Hosting.Storage;

/// <summary>
/// How the statements of a transaction are planned from here on, as columns of a select. What a batch asks and writes is the same
/// each time, and to plan it anew each time costs more than to look a small batch up; so it is planned once, and again when the plan
/// is a second old (<see cref="Renew"/>): a plan made while the tables were empty must not be kept when they are not. Where rows are
/// joined, or only a plan that knows the parameters is a good one, each statement is planned anew. See docs/decisions.
/// </summary>
public static class StatementPlans
{
    /// <summary>Once for some time. No table is read whole, and none is sorted or hashed, whatever the planner believes that it holds.</summary>
    public const string Once =
        "set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)";

    /// <summary>Each time, for what the tables and the parameters hold now; as on every connection where nothing is said.</summary>
    public const string Anew = "set_config('plan_cache_mode', 'force_custom_plan', true)";

    /// <summary>How long a plan is kept, in milliseconds: so short that no table outgrows it by much, so long that planning costs nothing to speak of.</summary>
    private const long Kept = 1000;

    /// <summary>When the plans of each of the database's processes were made; a process is a connection.</summary>
    private static readonly ConcurrentDictionary<int, long> Made = new();

    /// <summary>Has the connection forget its plans where they are old, as the first thing that the batch does. To be called for what <see cref="Once"/> is for.</summary>
    public static void Renew(NpgsqlBatch batch)
    {
        var (process, now) = (batch.Connection!.ProcessID, Environment.TickCount64);
        if (Made.TryGetValue(process, out var made) && now - made < Kept) return;
        Made[process] = now;
        batch.BatchCommands.Insert(0, new NpgsqlBatchCommand("discard plans"));
    }
}
