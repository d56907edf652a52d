using Pipeline.DeadLetters.Bulk;
using Pipeline.Unit.Tests.VendorSimulator;

namespace Pipeline.Unit.Tests.DeadLetters;

public sealed class RampTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 1, 0)] // it waits for the first
    [InlineData(1, 0, 10)]
    [InlineData(5, 4, 6)]
    [InlineData(11, 3, 0)]
    [InlineData(11, 0, 100)]
    [InlineData(111, 0, 1000)]
    [InlineData(1111, 1, 0)]
    public void It_sends_1_then_10_then_100_and_waits_in_between(long sent, long undecided, long may) => Assert.Equal(may, Ramp.MaySend(ramped: true, sent, undecided));

    [Fact]
    public void Without_a_ramp_there_is_no_stage() => Assert.Equal(long.MaxValue, Ramp.MaySend(ramped: false, 1, 1));

    [Theory]
    [InlineData(true, 1, 0, 1, 0.5, true)] // the first of a ramp says enough
    [InlineData(true, 11, 5, 4, 0.5, false)] // too few are known
    [InlineData(true, 111, 100, 6, 0.5, true)]
    [InlineData(false, 100, 91, 9, 0.5, false)]
    [InlineData(false, 100, 90, 6, 0.5, true)]
    [InlineData(false, 100, 0, 100, 1, false)] // for who asked not to stop
    [InlineData(false, 3, 0, 2, 0.5, true)] // all are known
    [InlineData(true, 100, 0, 0, 0, false)]
    public void It_stops_where_too_many_die_again(bool ramped, long sent, long undecided, long failed, double stopAt, bool stops) =>
        Assert.Equal(stops, Ramp.IsFailing(ramped, sent, undecided, sent - undecided, failed, stopAt));

    [Fact]
    public void The_pace_is_kept_and_what_was_not_used_is_not_saved_up()
    {
        var time = new HandClock();
        var gate = new ReplayPace(100, time);
        Assert.Equal(1, gate.Take(500));
        time.Pass(0.1);
        Assert.Equal(10, gate.Take(500));
        Assert.Equal(0, gate.Take(500));
        time.Pass(3600);
        Assert.Equal(50, gate.Take(500));
    }

    [Fact]
    public void A_pace_below_one_a_second_lets_one_pass_now_and_then()
    {
        var time = new HandClock();
        var gate = new ReplayPace(0.1, time);
        Assert.Equal(0, gate.Take(1));
        time.Pass(9.5);
        Assert.Equal(1, gate.Take(1));
    }
}
