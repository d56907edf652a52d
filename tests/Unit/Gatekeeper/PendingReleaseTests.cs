using Pipeline.Gatekeeper.Parking;

namespace Pipeline.Unit.Tests.Gatekeeper;

public sealed class PendingReleaseTests
{
    [Theory]
    [InlineData(new[] { 3, 4, 3 }, 3)]
    [InlineData(new[] { 3, 4, 4 }, 2)]
    [InlineData(new[] { 10, 1 }, 1)]
    [InlineData(new[] { 25, 1 }, 1)] // a large key is taken alone, page by page
    [InlineData(new[] { 0, 0, 10 }, 3)]
    [InlineData(new int[0], 0)]
    public void Releases_are_taken_in_order_as_long_as_they_fit_a_page(int[] waiting, int taken) =>
        Assert.Equal(taken, PendingRelease.Filling([.. waiting.Select(count => new PendingRelease(default, Guid.Empty, null, null, new Concerned(count)))], pageSize: 10).Count);
}
