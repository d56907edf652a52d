using CsCheck;
using Pipeline.Tests.Stories;

namespace Pipeline.Properties.Tests.Gatekeeper;

/// <summary>Law 5 for accounts, evidence, corrections, users and children: any order and any repetition end where a small reference model says, and the ledger balances throughout.</summary>
public sealed class AnyOrder
{
    private static readonly Gen<(Happening[] Story, int Seed)> Stories = Gen.Select(Gen.Int[1, 14], Gen.Int).Select(drawn =>
    {
        var random = new Random(drawn.Item2);
        return (Enumerable.Range(0, drawn.Item1).Select(_ => Happening.Any(random)).ToArray(), drawn.Item2);
    });

    [Fact]
    public void A_story_ends_as_the_reference_model_says_in_any_order_and_with_any_repeats() =>
        Stories.Sample(
            drawn =>
            {
                var shuffled = drawn.Story.Concat(drawn.Story.Where((_, index) => (drawn.Seed >> (index % 31) & 1) == 1)).ToArray();
                new Random(drawn.Seed + 1).Shuffle(shuffled);
                Assert.Equal(new ReferenceModel(drawn.Story).View(), Play(shuffled));
            },
            iter: 20_000,
            print: drawn => string.Join("\n", drawn.Story.Select(happening => happening.ToString())));

    [Fact]
    public void Every_order_of_up_to_seven_happenings_ends_the_same() =>
        Gen.Select(Gen.Int[2, 7], Gen.Int).Sample(
            drawn =>
            {
                var random = new Random(drawn.Item2);
                var story = Enumerable.Range(0, drawn.Item1).Select(_ => Happening.Any(random)).ToArray();
                var expected = new ReferenceModel(story).View();
                foreach (var order in Happening.Orders(story)) Assert.Equal(expected, Play(order));
            },
            iter: 40);

    private static SortedDictionary<string, string?> Play(IEnumerable<Happening> story)
    {
        var world = new SmallWorld();
        foreach (var happening in story) world.Happen(happening);
        return world.View();
    }
}
