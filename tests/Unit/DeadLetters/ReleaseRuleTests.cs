using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.DeadLetters.Release;
using Pipeline.DeadLetters.Search;

namespace Pipeline.Unit.Tests.DeadLetters;

/// <summary>What a release rule may say, and what it orders.</summary>
public sealed class ReleaseRuleTests
{
    [Fact]
    public void It_orders_a_ramped_replay_of_no_more_than_it_may_signed_by_its_author()
    {
        var (rule, _) = ReleaseRule.Of(new() { Name = "late-desk", Query = "source:desk OR type:call", Author = " ada ", Reason = "they come late" });
        var order = rule!.Ordered(7);
        Assert.Equal((1000, 200.0), (rule.MostADay, rule.Pace));
        Assert.Equal(("replay", 7L, "ada", "by the rule late-desk: they come late", true, 0.5), (order.Kind, order.Most!.Value, order.Author, order.Reason, order.Ramp, order.StopAt));
        Assert.Equal("answer:* (source:desk OR type:call)", order.Query);
    }

    [Fact]
    public void It_means_open_letters_only_whose_answer_came_after_whatever_was_done_with_them()
    {
        var sql = SearchSql.Of(ReleaseRule.Meaning(SearchReader.Read("source:desk OR type:call").Criterion!)).Condition;
        Assert.Equal("((l.source = $1 or l.object_type = $2) and (a.account_id is not null and (l.changed_at is null or a.heard_at > l.changed_at)) and l.state = $3)", sql);
    }

    [Theory]
    [InlineData("""{"name":"A b","query":"","author":"ada","reason":"x"}""", "small letters")]
    [InlineData("""{"name":"a","query":"","author":"ada","reason":" "}""", "give a reason")]
    [InlineData("""{"name":"a","query":"(","author":"ada","reason":"x"}""", "something should follow")]
    [InlineData("""{"name":"a","query":"state:settled","author":"ada","reason":"x"}""", "leave 'state' out")]
    [InlineData("""{"name":"a","query":"","author":"ada","reason":"x","most_a_day":0}""", "most_a_day is 1 to")]
    [InlineData("""{"name":"a","query":"","author":"ada","reason":"x","pace":0}""", "pace is 0.1 to")]
    public void A_rule_that_cannot_be_is_refused_with_what_to_write(string order, string says)
    {
        var (rule, mistake) = ReleaseRule.Of(JsonSerializer.Deserialize(order, PipelineJson.Report.ReleaseRuleOrder)!);
        Assert.Null(rule);
        Assert.Contains(says, mistake, StringComparison.Ordinal);
    }
}
