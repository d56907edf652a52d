using System.Text.Json;

namespace Pipeline.VendorSimulator.World;

/// <summary>All accounts, made from a seed. Each system makes its own rows from them, so that they tell one story.</summary>
public sealed class AccountWorld
{
    private static readonly string[] WholeNumbers = ["70001", "90071992547409931"];
    private static readonly string[] Misspelled = ["40017000000000", "Café-Zürich", SalesforceId.WithSuffix("001nw00000AbCdE")];
    private static readonly string[] Fractions = ["12345.0", "12346.0", "12347.50", "12348.0"];

    private AccountWorld(int seed, IReadOnlyList<Account> accounts) => (Seed, Accounts) = (seed, accounts);

    public int Seed { get; }

    public IReadOnlyList<Account> Accounts { get; }

    public IEnumerable<Account> Of(AccountKind kind) => Accounts.Where(account => account.Kind == kind);

    public static AccountWorld Of(int seed)
    {
        var random = Chance.Of(seed, "accounts");
        var accounts = new List<Account>();
        foreach (var (kind, records) in AccountPlan.Records)
            for (var index = 0; index < records; index++)
                accounts.Add(Make(kind, index, accounts.Count + 1, random));
        return new AccountWorld(seed, accounts);
    }

    private static Account Make(AccountKind kind, int index, int number, Random random)
    {
        var word = CompanyName.Word(random);
        // Two records share one account_id: the second of a pair takes the number, and the word, of the first.
        var text = kind switch
        {
            AccountKind.Contested => $"Zwillinge-{number - (index % 2):0000}",
            AccountKind.CaseTwin => index == 0 ? "Spiegel-AG" : "SPIEGEL-AG",
            AccountKind.Misspelled => Misspelled[index],
            _ => $"{word}-{number:0000}",
        };
        var stated = kind switch
        {
            AccountKind.WholeNumber => WholeNumbers[index],
            AccountKind.Fraction => Fractions[index],
            AccountKind.WithoutAccountId => "null",
            _ => $"\"{text}\"",
        };
        var since = new DateOnly(2014, 1, 1).AddDays(random.Next(4000));
        return new Account
        {
            Kind = kind,
            StatedId = Json(stated),
            AccountId = kind switch
            {
                AccountKind.WholeNumber => stated,
                AccountKind.Fraction or AccountKind.WithoutAccountId => null,
                _ => text,
            },
            Name = kind != AccountKind.Nameless ? CompanyName.Full(word, random) : index % 2 == 0 ? null : "",
            CustomerSince = kind == AccountKind.Undated ? null : since,
            SalesforceId = SalesforceId.Make("001", random),
            ZuoraId = kind == AccountKind.WithoutZuora ? null : Chance.Hex(random, 32, "8a12"),
        };
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
