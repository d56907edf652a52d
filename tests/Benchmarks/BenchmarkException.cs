namespace Pipeline.Benchmarks;

/// <summary>Something that the person at the command line can mend, or a run that does not count; the message says which.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
