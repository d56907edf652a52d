namespace Pipeline.Faults.Tests;

/// <summary>How much is done: a few minutes in CI, hours where <c>FAULTS=long</c> says so.</summary>
public static class Sizes
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("FAULTS") == "long";

    /// <summary>How many times the time that the goal allows passes: twice on CI, whose machines are shared; what took longer than the goal is said there all the same.</summary>
    public static double Leniency { get; } = Environment.GetEnvironmentVariable("CI") == "true" ? 2 : 1;

    public static int Of(int ci, int longForm) => Long ? longForm : ci;
}
