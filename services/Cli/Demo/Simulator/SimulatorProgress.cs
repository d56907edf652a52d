namespace Pipeline.Cli.Demo.Simulator;

/// <summary>How much there is, and how far the reading and the outside publishers are.</summary>
/// <param name="Systems">The rows of each system.</param>
/// <param name="Publishers">The outside publishers, by name.</param>
public sealed record SimulatorProgress(IReadOnlyDictionary<string, IReadOnlyList<RowCount>> Systems, IReadOnlyDictionary<string, Published> Publishers);

/// <param name="Rows">Which rows, in the vendor's word.</param>
/// <param name="Visible">Those that the API shows by now: late rows come later.</param>
public sealed record RowCount(string Rows, long Total, long Visible, long Served);

public sealed record Published(long Total, long Confirmed);
