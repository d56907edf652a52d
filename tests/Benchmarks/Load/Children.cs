using System.Text;

namespace Pipeline.Benchmarks.Load;

/// <summary>Children of about 1 kB, fixed by their number, and the account that each belongs under.</summary>
internal sealed class Children
{
    private const int Payload = 800;
    private static readonly DateTimeOffset Began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string Filler = new('x', Payload);
    private readonly int[] _accounts;
    private readonly int _first;

    private Children(int[] accounts, int first) => (_accounts, _first) = (accounts, first);

    public int Count => _accounts.Length;

    /// <summary>The children and their accounts, as the check after the run has them.</summary>
    public IEnumerable<(string NativeId, string AccountId)> Expected => _accounts.Select((account, index) => (NativeId(_first + index), Accounts.Id(account)));

    /// <summary>The number of the first of them.</summary>
    public int First => _first;

    /// <summary>Over accounts of which few have many.</summary>
    /// <param name="firstAccount">The accounts are numbered from here on.</param>
    public static Children Of(int count, int accounts, int first = 0, int firstAccount = 0)
    {
        var zipf = new Zipf(accounts, seed: first);
        return new Children([.. Enumerable.Range(0, count).Select(_ => firstAccount + zipf.Next())], first);
    }

    /// <summary>As many of each of these accounts.</summary>
    public static Children OfEach(IEnumerable<int> accounts, int many, int first) => new([.. accounts.SelectMany(account => Enumerable.Repeat(account, many))], first);

    /// <summary>The number of the account of a child.</summary>
    public int AccountOf(int number) => _accounts[number - _first];

    public static string NativeId(int number) => $"c{number}";

    /// <summary>Reads the number back; −1 where the id is of no child of a load.</summary>
    public static int NumberOf(string nativeId) => nativeId.StartsWith('c') && int.TryParse(nativeId.AsSpan(1), out var number) ? number : -1;

    public IEnumerable<Message> Messages() => Enumerable.Range(_first, Count).Select(number => Message(number));

    /// <param name="version">Later versions of the same child were observed later; of one version, the higher number.</param>
    public Message Message(int number, int version = 0, string type = "ticket") => new(
        Contracts.Exchanges.ChildObjectReceived,
        Encoding.UTF8.GetBytes(
            $$$"""{"source":"bench","object_type":"{{{type}}}","native_id":"{{{NativeId(number)}}}","observed_at":"{{{Began.AddMinutes(version).AddMicroseconds(number):yyyy-MM-ddTHH:mm:ss.ffffffZ}}}","account_id":"{{{Accounts.Id(AccountOf(number))}}}","data":{"version":{{{version}}},"text":"{{{Filler}}}"}}"""));
}

/// <summary>A message that is to be published.</summary>
internal readonly record struct Message(string Exchange, byte[] Body);
