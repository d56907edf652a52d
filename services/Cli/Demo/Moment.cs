using Pipeline.Cli.Demo.Simulator;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Demo;

/// <summary>What one look at the running system brought.</summary>
/// <param name="Status">Null where the office did not answer.</param>
/// <param name="Ledger">Null where a service was missing from it.</param>
/// <param name="Simulator">Null where the simulator did not answer.</param>
/// <param name="OutOfReach">Each part that is not ready, with what is wrong.</param>
public sealed record Moment(DateTimeOffset At, StatusReport? Status, PipelineLedger? Ledger, SimulatorProgress? Simulator, Truth? Truth, IReadOnlyList<string> OutOfReach);
