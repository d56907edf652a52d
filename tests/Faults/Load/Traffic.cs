using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Faults.Tests.Load;

/// <summary>One message as an outside publisher sends it.</summary>
public sealed record Sent(string Exchange, string Name, byte[] Body);

/// <summary>
/// What is published during a run, fixed by its seed: accounts of which most are let in, some late and some never; and children
/// of them in up to three versions each, shuffled, some sent twice. The end is known for each object beforehand.
/// </summary>
public sealed class Traffic
{
    public const string Rules = """
        system_of_record: crm
        filter: { field: Type, equals: Customer }
        """;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly int _objects;
    private readonly int _accounts;

    private Traffic(IReadOnlyList<Sent> messages, int objects, int accounts) => (Messages, _objects, _accounts) = (messages, objects, accounts);

    public IReadOnlyList<Sent> Messages { get; }

    /// <param name="times">How often each message is sent.</param>
    /// <param name="accounts">Among which the objects are shared out: few have many each, so that a release takes more than a page.</param>
    public static Traffic Of(int messages, int seed, int times = 1, int accounts = 500)
    {
        var random = new Random(seed);
        var objects = messages / times * 10 / 21; // 2 versions on the average, and a twentieth of them twice
        var children = Enumerable.Range(0, objects).SelectMany(number => Enumerable.Range(0, Versions(number)).Select(version => Child(number, version, number % accounts))).ToList();
        children.AddRange(children.Where(_ => random.Next(20) == 0).ToList());
        var all = Enumerable.Repeat(children, times).SelectMany(each => each).ToArray();
        random.Shuffle(all);

        // A tenth of the accounts is there from the start, the others come among their children, by pages, as connectors read them.
        var traffic = new List<Sent>(all);
        foreach (var page in Enumerable.Range(0, accounts).Chunk(accounts / 10))
            for (var time = 0; time < times; time++)
                traffic.InsertRange(page[0] == 0 ? 0 : random.Next(traffic.Count / 4, traffic.Count), page.Select(Account));
        return new Traffic(traffic, objects, accounts);
    }

    /// <summary>The same with messages among them on which the gatekeeper will fail.</summary>
    public Traffic With(int poisons, int seed)
    {
        var random = new Random(seed);
        var traffic = new List<Sent>(Messages);
        foreach (var number in Enumerable.Range(0, poisons))
            traffic.Insert(random.Next(traffic.Count), new Sent(Exchanges.ChildObjectReceived, $"poison{number}", Encoding.UTF8.GetBytes(
                $$$"""{"source":"desk","object_type":"ticket","native_id":"poison{{{number}}}","observed_at":"{{{Time(0)}}}","account_id":"A0","data":{}}""")));
        return new Traffic(traffic, _objects, _accounts);
    }

    /// <summary>Where each object must be at the end: its newest version, in or waiting.</summary>
    public IEnumerable<string> End() => Enumerable.Range(0, _objects).Select(number =>
        LetIn(number % _accounts) ? $"in {Name(number)} {Time(Versions(number) - 1)} A{number % _accounts}" : $"waits {Name(number)} {Time(Versions(number) - 1)}");

    /// <summary>The accounts that must be admitted at the end.</summary>
    public IEnumerable<string> Admitted() => Enumerable.Range(0, _accounts).Where(LetIn).Select(account => $"A{account}");

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static bool LetIn(int account) => account % 5 != 4;

    private static int Versions(int number) => 1 + (number % 3);

    private static string Name(int number) => $"o{number}";

    private static string Time(int version) => Time(Start.AddMinutes(version));

    private static Sent Child(int number, int version, int account) => new(Exchanges.ChildObjectReceived, $"{Name(number)}/{version}", Encoding.UTF8.GetBytes(
        $$$"""{"source":"desk","object_type":"ticket","native_id":"{{{Name(number)}}}","observed_at":"{{{Time(version)}}}","account_id":"A{{{account}}}","data":{"subject":"Version {{{version}}} of {{{number}}}","text":"{{{new string('x', 400)}}}"}}"""));

    private static Sent Account(int account) => new(Exchanges.AccountDiscovered, $"A{account}", Encoding.UTF8.GetBytes(
        $$$"""{"source":"crm","native_id":"{{{account}}}","observed_at":"{{{Time(0)}}}","account_id":"A{{{account}}}","name":"Acme","join_date":"2025-06-01","fields":{"Type":"{{{(LetIn(account) ? "Customer" : "Prospect")}}}"}}"""));
}
