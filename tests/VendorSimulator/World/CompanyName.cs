namespace Pipeline.VendorSimulator.World;

/// <summary>Names of companies that do not exist, in mixed case, for an account_id is compared with its case.</summary>
public static class CompanyName
{
    private static readonly string[] Words =
    [
        "Nordwind", "BlauWerk", "Kaskade", "McTavern", "deLoreto", "Silberforst", "OstSee", "Quarzit", "Lindenhof", "Ampelwerk",
        "Rotkehl", "VanHaven", "Tannengrund", "Kupferkessel", "eWerk", "Morgentau", "Steinbock", "Wattenmeer", "Funkenflug", "Heidekraut",
    ];

    private static readonly string[] Forms = ["GmbH", "AG", "Ltd", "Inc.", "S.A.", "& Co. KG", "B.V.", "Oy"];

    public static string Word(Random random) => Words[random.Next(Words.Length)];

    public static string Full(string word, Random random) => $"{word} {Words[random.Next(Words.Length)]} {Forms[random.Next(Forms.Length)]}";
}
