using Pipeline.Hosting.Broker;

namespace Pipeline.Unit.Tests.Hosting;

public sealed class SuspectsTests
{
    [Fact]
    public void A_batch_is_cut_where_suspects_begin_and_end_and_keeps_its_order()
    {
        Assert.Equal(["a,b", "c!", "d", "e!,f!"], Suspects.Apart([New("a"), New("b"), New("c", 1), New("d"), New("e", 2), New("f", 1)]).Select(Names));
        Assert.Equal(["a,b"], Suspects.Apart([New("a"), New("b")]).Select(Names));
        Assert.Empty(Suspects.Apart([]));
    }

    [Fact]
    public void The_more_often_suspects_were_noted_the_fewer_are_tried_together()
    {
        IReadOnlyList<Delivery> many = [.. Enumerable.Range(0, 250).Select(number => New($"{number}", 1))];
        Assert.Equal([100, 100, 50], Sizes(many, noted: 0));
        Assert.Equal(Enumerable.Repeat(10, 25), Sizes(many, noted: 1));
        Assert.Equal(Enumerable.Repeat(1, 250), Sizes(many, noted: 2));
        Assert.All(Suspects.Groups(many, Noted(many, 3)), group => Assert.True(group.IsGivenUp && group.Deliveries.Count == 1));
    }

    [Fact]
    public void Those_that_were_noted_differently_are_not_tried_together_and_none_is_left_out()
    {
        Delivery[] suspects = [New("a", 1), New("b", 1), New("c", 1), New("d", 1), New("e", 1)];
        var noted = new Dictionary<Guid, int> { [suspects[1].ContentId] = 1, [suspects[2].ContentId] = 1, [suspects[3].ContentId] = 5 };
        Assert.Equal(["a! 0", "b!,c! 1", "d! 5", "e! 0"], Suspects.Groups(suspects, noted).Select(group => $"{Names(group.Deliveries)} {group.Noted}"));
    }

    private static IEnumerable<int> Sizes(IReadOnlyList<Delivery> many, int noted) => Suspects.Groups(many, Noted(many, noted)).Select(group => group.Deliveries.Count);

    private static Dictionary<Guid, int> Noted(IReadOnlyList<Delivery> many, int times) => many.ToDictionary(delivery => delivery.ContentId, _ => times);

    private static string Names(IReadOnlyList<Delivery> part) => string.Join(',', part.Select(delivery => $"{delivery.MessageId}{(Suspects.Is(delivery) ? "!" : "")}"));

    private static Delivery New(string id, int earlier = 0) => new() { Tag = 1, Queue = "queue", Exchange = "exchange", Body = new byte[] { 1 }, MessageId = id, EarlierDeliveries = earlier };
}
