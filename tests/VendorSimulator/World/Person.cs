namespace Pipeline.VendorSimulator.World;

/// <summary>A person who works for a customer, the same for the same id.</summary>
public sealed record Person(string FirstName, string LastName)
{
    private static readonly string[] FirstNames = ["Ada", "Björn", "Chloé", "Dmitri", "Elif", "Fatima", "Gustaf", "Hana", "Ines", "Jörg", "Kenji", "Łucja", "Maren"];
    private static readonly string[] LastNames = ["Albrecht", "Bakker", "Çelik", "Dubois", "Eriksen", "Fischer", "Gruber", "Hansen", "Iversen", "Jansen", "Koch"];

    public static Person Of(long id) => new(FirstNames[id % FirstNames.Length], LastNames[id / 3 % LastNames.Length]);

    public string Name => $"{FirstName} {LastName}";
}
