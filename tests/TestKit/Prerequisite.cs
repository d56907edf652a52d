using Xunit.Sdk;

namespace Pipeline.TestKit;

/// <summary>What a test needs from its machine. Missing on a desk: skipped with the reason. Missing on CI (CI=true): failed.</summary>
public static class Prerequisite
{
    public static Exception Missing(string reason) => Missing(reason, Environment.GetEnvironmentVariable("CI") == "true");

    public static Exception Missing(string reason, bool onCi) => onCi
        ? FailException.ForFailure($"{reason} This is CI, where a missing prerequisite is a failure.")
        : SkipException.ForSkip(reason);

    /// <summary>For what some machines cannot have at all: skipped with the reason, on CI too.</summary>
    public static Exception Absent(string reason) => SkipException.ForSkip(reason);
}
