using System.Text;
using Pipeline.Benchmarks.Load;
using Pipeline.Benchmarks.Machine;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Benchmarks.Peers;
using Pipeline.Contracts;

namespace Pipeline.Benchmarks.Workloads;

/// <summary>Children that say in different ways whose they are: each way alone, then as they come in life.</summary>
internal sealed class W6Claims : IWorkload
{
    private const int Known = 20_000;
    private static readonly string Filler = new('x', 800);

    /// <summary>A way to say it, and how many of a hundred say it so.</summary>
    private static readonly (string Name, int Percent, Func<int, string> Claim)[] Ways =
    [
        ("account id", 60, account => $$"""{"by":"account_id","value":"A{{account}}"}"""),
        ("email", 20, account => $$"""{"by":"email","value":"Desk{{account}}@Example.com "}"""),
        ("user", 10, account => $$"""{"by":"user_id","value":"u{{account}}"}"""),
        ("support id", 5, account => $$"""{"by":"account_support_id","value":"s{{account}}"}"""),
        ("ambiguous", 3, _ => """{"by":"email","value":"shared@example.com"}"""),
        ("none", 2, _ => ""),
    ];

    public string Name => "W6";

    public string Question => "claims of every kind: what each way costs, and what they do together";

    public IReadOnlyList<string> Peers => ["pipeline"];

    public async Task<IReadOnlyList<Figure>> RunAsync(IPeer peer, Site site, Sizes sizes)
    {
        await using var stage = await Stage.SetAsync(site, peer);
        await stage.StartAsync();
        await stage.AdmitAsync(Accounts.Shuffled(Known));
        await stage.Generator.PublishAsync(Evidence());
        await stage.UntilAsync("select count(*) from gatekeeper.bindings where kind in ('email', 'account_support_id')", (2 * Known) + 2);
        await stage.UntilAsync("select count(*) from gatekeeper.user_links", Known);
        await stage.StopAsync();

        var (count, next, figures) = (sizes.Of(100_000, 10_000), 0, new List<Figure>());
        foreach (var (name, _, claim) in Ways)
        {
            figures.Add(new($"by {name}", (await stage.WorkOffAsync([.. Enumerable.Range(next, count).Select(number => Message(number, claim(number % Known)))])).Of("throughput"), "/s"));
            next += count;
        }

        var together = sizes.Of(1_000_000, 50_000);
        figures.Add(new("together", (await stage.WorkOffAsync([.. Enumerable.Range(next, together).Select(number => Message(number, Way(number)(number % Known)))])).Of("throughput"), "/s"));
        await CheckAsync(stage, count, together);
        return figures;
    }

    /// <summary>Contacts and users as the systems tell of them; one address is of two accounts.</summary>
    private static IEnumerable<Message> Evidence() => Enumerable.Range(0, Known).Select(account => new Message(Exchanges.AccountDiscovered, Encoding.UTF8.GetBytes(
            $$"""{"source":"desk","native_id":"{{account}}","observed_at":"2026-01-01T00:00:00Z","account_id":"A{{account}}","name":"Acme","emails":["desk{{account}}@example.com"{{(account < 2 ? ",\"shared@example.com\"" : "")}}],"account_support_id":"s{{account}}"}""")))
        .Concat(Enumerable.Range(0, Known).Select(account => new Message(Exchanges.UserMapped, Encoding.UTF8.GetBytes(
            $$"""{"user_id":"u{{account}}","account_id":"A{{account}}","observed_at":"2025-01-01T00:00:00Z"}"""))));

    private static Func<int, string> Way(int number)
    {
        var left = (number * 37) % 100; // spread, and each of a hundred in turn
        foreach (var (_, percent, claim) in Ways)
            if ((left -= percent) < 0) return claim;
        return Ways[^1].Claim;
    }

    private static Message Message(int number, string claims) => new(Exchanges.ChildObjectReceived, Encoding.UTF8.GetBytes(
        $$$"""{"source":"bench","object_type":"ticket","native_id":"{{{Children.NativeId(number)}}}","observed_at":"2026-01-01T00:00:00Z","claims":[{{{claims}}}],"data":{"text":"{{{Filler}}}"}}"""));

    /// <exception cref="BenchmarkException">Children are not where their claims lead.</exception>
    private static async Task CheckAsync(Stage stage, int count, int together)
    {
        await Is("select count(*) from gatekeeper.objects", (4 * count) + (together / 100 * 95));
        await Is("select count(*) from gatekeeper.parked where why = 'ambiguous'", count + (together / 100 * 3));
        await Is("select count(*) from gatekeeper.dead where reason = 'account_id_missing'", count + (together / 100 * 2));

        async Task Is(string sql, long expected)
        {
            if (await stage.World.Number(sql) is var found && found != expected) throw new BenchmarkException($"{sql}: {found:N0} in place of {expected:N0}; the run does not count.");
        }
    }
}
