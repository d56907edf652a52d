namespace Pipeline.Cli.Demo;

/// <param name="Once">End when the flow has settled.</param>
/// <param name="Timeout">How long to wait for that, with <paramref name="Once"/>.</param>
/// <param name="Record">Where to write the last frame as SVG; null for nowhere.</param>
internal sealed record DemoOptions(bool Once, TimeSpan Timeout, FileInfo? Record);
