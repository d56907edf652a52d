namespace Pipeline.VendorSimulator.World;

/// <summary>Ids as vendors make them: of so many characters, the same on every start.</summary>
public static class VendorId
{
    private const string LowerAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Mixed = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + LowerAndDigits;

    /// <param name="name">Of the thing; another name gives another id.</param>
    /// <param name="length">1 to 32.</param>
    public static string Lower(int seed, string name, int length) => Of(LowerAndDigits, seed, name, length);

    /// <inheritdoc cref="Lower"/>
    public static string MixedCase(int seed, string name, int length) => Of(Mixed, seed, name, length);

    private static string Of(string letters, int seed, string name, int length) =>
        string.Concat(Chance.Hash(seed, name).Take(length).Select(value => letters[value % letters.Length]));
}
