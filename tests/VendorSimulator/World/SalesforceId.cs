namespace Pipeline.VendorSimulator.World;

/// <summary>
/// Salesforce record ids: 15 characters in which case counts, or the same 15 and three more that make the id safe where case is
/// lost. Each of the three says which of five characters are upper case.
/// </summary>
public static class SalesforceId
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Suffixes = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    /// <summary>A new id of 18 characters for an object with this three-character prefix (001 is Account).</summary>
    public static string Make(string prefix, Random random)
    {
        var tail = new char[7];
        for (var index = 0; index < tail.Length; index++) tail[index] = Digits[random.Next(Digits.Length)];
        return WithSuffix($"{prefix}nw000{new string(tail)}");
    }

    public static string WithSuffix(string id15)
    {
        var suffix = new char[3];
        for (var part = 0; part < suffix.Length; part++)
        {
            var bits = 0;
            for (var index = 0; index < 5; index++)
                if (char.IsAsciiLetterUpper(id15[(part * 5) + index])) bits |= 1 << index;
            suffix[part] = Suffixes[bits];
        }

        return id15 + new string(suffix);
    }
}
