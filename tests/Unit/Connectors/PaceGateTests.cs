using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Engine.Http;
using Pipeline.Unit.Tests.VendorSimulator;

namespace Pipeline.Unit.Tests.Connectors;

public sealed class PaceGateTests
{
    private readonly HandClock _clock = new();
    private readonly PaceGate _gate;

    public PaceGateTests() => _gate = new PaceGate(_clock);

    [Fact]
    public void While_there_is_plenty_every_feed_may_ask_at_once()
    {
        Assert.False(_gate.Spread("users", null));
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(_gate.TakeTurn().IsNow));
    }

    [Fact]
    public void Feeds_take_turns_while_little_is_left_and_are_free_after_the_reset()
    {
        Assert.True(_gate.TakeTurn().IsNow);
        Assert.True(_gate.Spread("users", Seconds(20, until: 60)));
        Assert.False(_gate.Spread("users", Seconds(20, until: 60)));
        Assert.Equal(new Turn(TimeSpan.FromSeconds(20), Spread: true), _gate.TakeTurn());
        _clock.Pass(20);
        Assert.True(_gate.TakeTurn().IsNow);
        Assert.Equal(20, _gate.TakeTurn().Wait.TotalSeconds);
        _clock.Pass(40);
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(_gate.TakeTurn().IsNow));
        Assert.True(_gate.Spread("users", Seconds(20, until: 60)), "A limit that runs low again is told again.");
    }

    [Fact]
    public void A_list_with_a_limit_of_its_own_is_not_forgotten_when_another_list_has_plenty()
    {
        _gate.TakeTurn();
        _gate.Spread("users", Seconds(30, until: 60));
        _gate.Spread("tickets", Seconds(10, until: 60));
        _gate.Spread("tickets", null);
        Assert.Equal(30, _gate.TakeTurn().Wait.TotalSeconds);
        _gate.Spread("users", null);
        Assert.True(_gate.TakeTurn().IsNow);
    }

    [Fact]
    public void No_feed_waits_for_its_turn_beyond_the_reset()
    {
        _gate.Spread("users", Seconds(50, until: 60));
        _clock.Pass(50);
        Assert.True(_gate.TakeTurn().IsNow);
        Assert.Equal(10, _gate.TakeTurn().Wait.TotalSeconds);
    }

    [Fact]
    public void A_wait_that_the_system_asked_for_comes_first()
    {
        _gate.Spread("users", Seconds(5, until: 60));
        _gate.Close(TimeSpan.FromSeconds(90));
        _gate.Close(TimeSpan.FromSeconds(1));
        Assert.Equal(new Turn(TimeSpan.FromSeconds(90), Spread: false), _gate.TakeTurn());
    }

    private Ration Seconds(double spacing, double until) => new(TimeSpan.FromSeconds(spacing), _clock.GetUtcNow().AddSeconds(until));
}
