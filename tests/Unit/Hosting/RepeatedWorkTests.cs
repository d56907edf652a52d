using Pipeline.Hosting;

namespace Pipeline.Unit.Tests.Hosting;

public sealed class RepeatedWorkTests
{
    [Theory]
    [InlineData(10, 10, 0.01)]
    [InlineData(10, 10, 0.2)]
    [InlineData(75, 10, 1.5)]
    public void Whoever_only_looks_rests_its_interval_or_fifty_times_as_long_as_it_looked(double rests, double interval, double took) =>
        Assert.Equal(TimeSpan.FromSeconds(rests), RepeatedWork.RestOf(TimeSpan.FromSeconds(interval), TimeSpan.FromSeconds(took)));
}
