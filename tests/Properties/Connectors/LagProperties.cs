using System.Globalization;
using System.Text.Json;
using CsCheck;
using Pipeline.Connectors;
using Pipeline.Connectors.Engine;
using Pipeline.Connectors.Reading;

namespace Pipeline.Properties.Tests.Connectors;

/// <summary>A system that shows changes late, by up to its lag, and a reader that stands still, dies and begins anew wherever it likes.</summary>
public sealed class LagProperties
{
    private const int Lag = 10;
    private static readonly DateTimeOffset Epoch = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Feed Feed = new() { Name = "items", Lag = TimeSpan.FromSeconds(Lag), First = null!, Read = null!, Map = null! };

    /// <summary>When it changed, in seconds; and how much later it is shown.</summary>
    private static readonly Gen<(int Stamp, int Late)[]> Changes = Gen.Select(Gen.Int[0, 90], Gen.Int[0, Lag]).Array[0, 30];

    /// <summary>Seconds before the next request, and whether the pass is given up instead.</summary>
    private static readonly Gen<(int Wait, bool Abandon)[]> Steps = Gen.Select(Gen.Frequency((5, Gen.Int[0, 2]), (1, Gen.Int[3, 40])), Gen.Frequency((6, Gen.Const(false)), (1, Gen.Const(true)))).Array[0, 40];

    [Fact]
    public void Every_change_is_read_wherever_the_reader_stood_still_died_or_began_anew() => Gen.Select(Changes, Steps, Gen.Int[1, 4]).Sample((changes, steps, size) =>
    {
        var reader = new Reader(changes, size);
        foreach (var (wait, abandon) in steps) reader.Step(wait, abandon);
        for (var quiet = 0; quiet < 200; quiet++) reader.Step(3, abandon: false);
        Assert.Equal(changes.Length, reader.Read.Count);
    }, iter: 20_000);

    private sealed class Reader((int Stamp, int Late)[] changes, int size)
    {
        private Checkpoint _checkpoint = new();
        private int _now;

        /// <summary>The places of the changes that were read.</summary>
        public HashSet<int> Read { get; } = [];

        public void Step(int wait, bool abandon)
        {
            _now += wait;
            if (abandon)
            {
                _checkpoint = _checkpoint.Abandon();
                return;
            }

            var now = Epoch.AddSeconds(_now);
            var start = _checkpoint.StartOf(Feed, now);
            var from = _checkpoint.Pass?.Next is { } next ? int.Parse(next.Path, CultureInfo.InvariantCulture) : Place(StampCursor.From(start) is { } time ? (int)(time - Epoch).TotalSeconds : 0, 0);
            var begun = _checkpoint.Answered(Feed, start, now);
            var shown = changes.Index().Where(change => change.Item.Stamp + change.Item.Late <= _now && Place(change.Item.Stamp, change.Index) >= from)
                .OrderBy(change => Place(change.Item.Stamp, change.Index)).ToList();
            var page = shown.Take(size).ToList();
            Read.UnionWith(page.Select(change => change.Index));
            var more = shown.Count > size ? new VendorRequest(Place(page[^1].Item.Stamp, page[^1].Index + 1).ToString(CultureInfo.InvariantCulture)) : null;
            var cursor = StampCursor.After(begun.Pass!.Pass, page.Select(change => JsonSerializer.SerializeToElement(change.Item.Stamp)), stamp => Epoch.AddSeconds(stamp.GetInt32()));
            _checkpoint = begun.After(Feed, new Page([], more, cursor), RecentRecords.None, new Counts(), now);
        }

        private static int Place(int stamp, int index) => (stamp * 1000) + index;
    }
}
