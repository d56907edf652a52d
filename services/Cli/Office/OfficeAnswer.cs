namespace Pipeline.Cli.Office;

/// <summary>What the dead-letter office answered.</summary>
/// <param name="Body">Null where it has nothing to give.</param>
/// <param name="Failure">Why not, a sentence for a person; null where all is well.</param>
/// <param name="ExitCode">What that makes of the command.</param>
public sealed record OfficeAnswer(byte[]? Body, string? Failure, int ExitCode);
