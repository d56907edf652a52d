using Pipeline.TestKit;
using Xunit.Sdk;

namespace Pipeline.Integration.Tests.TestKit;

public sealed class PrerequisiteTests
{
    [Fact]
    public void What_is_missing_on_a_desk_skips_the_test_with_its_reason()
    {
        var skip = Assert.IsType<SkipException>(Prerequisite.Missing("No broker.", onCi: false));
        Assert.EndsWith("No broker.", skip.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_on_ci_fails_the_test_with_its_reason()
    {
        var failure = Assert.IsType<FailException>(Prerequisite.Missing("No broker.", onCi: true));
        Assert.Contains("No broker.", failure.Message, StringComparison.Ordinal);
    }
}
