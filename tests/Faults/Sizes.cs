namespace Pipeline.Faults.Tests;

/// <summary>How much is done: a few minutes in CI, hours where <c>FAULTS=long</c> says so.</summary>
public static class Sizes
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("FAULTS") == "long";

    public static int Of(int ci, int longForm) => Long ? longForm : ci;
}
