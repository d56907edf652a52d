namespace Pipeline.Gatekeeper.Storage;

/// <summary>
/// How the statements of a transaction are planned from here on, as columns of a select. What a batch asks and writes is the same
/// each time, and to plan it anew each time costs more than to look a small batch up; so it is planned once a connection. That is
/// safe where there is one way only: keys are looked up in an index, one by one. Where rows are joined it is not, for a plan made
/// while the tables were empty would be kept when they are not; nor for usage events, for only a plan that knows their days leaves
/// the other days' parts alone. See docs/decisions.
/// </summary>
internal static class StatementPlans
{
    /// <summary>Once a connection. No table is read whole, and none is sorted or hashed, whatever the planner believes that it holds.</summary>
    public const string Once =
        "set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)";

    /// <summary>Each time, for what the tables and the parameters hold now; as on every connection where nothing is said.</summary>
    public const string Anew = "set_config('plan_cache_mode', 'force_custom_plan', true)";
}
