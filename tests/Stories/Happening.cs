using System.Globalization;

namespace Pipeline.Tests.Stories;

/// <summary>Something that happens to accounts, evidence and children, as the services hear of it. Small on purpose: a few accounts, two tickets, two contacts.</summary>
public abstract record Happening
{
    /// <summary>Put before every name, so that many stories can be played in one database. In lower case, for emails.</summary>
    public string World { get; init; } = "";

    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A version of an object of the system <c>desk</c>; a contact carries an email as well, and may carry a user.</summary>
    /// <param name="By">The claim that decides: account_id, parent, email or user_id.</param>
    public sealed record Child(string Type, int NativeId, int Version, string By, string Value, bool Deleted = false) : Happening
    {
        public string Body
        {
            get
            {
                var person = Type == "contact" ? $$""","claims":[{"by":"{{By}}","value":"{{World}}{{Value}}"},{"by":"email","value":"{{World}}e"},{"by":"user_id","value":"{{World}}v"}]""" : $""","{(By == "parent" ? "parent_id" : By)}":"{World}{Value}" """;
                return $$"""{"source":"desk","object_type":"{{Type}}","native_id":"{{World}}{{NativeId}}","observed_at":"{{Time(Version)}}","deleted":{{(Deleted ? "true" : "false")}}{{person}}}""";
            }
        }
    }

    /// <summary>The system of record's decision on an account.</summary>
    public sealed record Decided(string Account, int Revision, bool IsIn) : Happening
    {
        public string Body => IsIn
            ? $$"""{"account_id":"{{World}}{{Account}}","revision":{{Revision}},"source":"crm","native_id":"N-{{World}}{{Account}}","name":"Acme","join_date":"2025-01-01T00:00:00Z"}"""
            : $$"""{"account_id":"{{World}}{{Account}}","revision":{{Revision}},"source":"crm","reasons":[]}""";
    }

    /// <summary>A version of the record <paramref name="NativeId"/> of the system <c>desk</c>; without an account it binds nothing.</summary>
    public sealed record Recorded(string NativeId, int Version, string? Account) : Happening
    {
        public string Body => $$"""{"source":"desk","native_id":"{{World}}{{NativeId}}","observed_at":"{{Time(Version)}}"{{(Account is null ? "" : $",\"account_id\":\"{World}{Account}\"")}}}""";
    }

    /// <summary>A row of the user table, of a time.</summary>
    public sealed record Mapped(string User, int At, string Account) : Happening
    {
        public string Body => $$"""{"user_id":"{{World}}{{User}}","account_id":"{{World}}{{Account}}","observed_at":"{{Time(At)}}"}""";
    }

    /// <summary>A person says, or takes back, what an account_id means where <c>desk</c> writes it.</summary>
    public sealed record Corrected(string Value, string Account, bool Undone) : Happening;

    /// <summary>Something of the small world; the same numbers come often, so that repeats and conflicts do.</summary>
    public static Happening Any(Random random)
    {
        var number = random.Next(1, 4); // what a version says is settled by its number, as a system would have it
        return random.Next(10) switch
        {
            0 or 1 or 2 => new Decided(Pick(random, "A", "B", "a"), number, number != 2),
            3 or 4 => new Recorded(Pick(random, "p", "q"), number, number switch { 1 => "A", 2 => null, _ => "B" }),
            5 => new Mapped("u", number, number == 2 ? "B" : "A"),
            6 => new Corrected("a", "A", random.Next(3) == 0),
            7 => new Child("contact", random.Next(8, 10), number, number == 2 ? "parent" : "account_id", number switch { 1 => "A", 2 => "p", _ => "B" }, Deleted: random.Next(4) == 0),
            _ => Ticket(random, number),
        };
    }

    private static Child Ticket(Random random, int version)
    {
        var (by, value) = random.Next(7) switch
        {
            0 => ("account_id", "A"),
            1 => ("account_id", "a"),
            2 => ("parent", "p"),
            3 => ("parent", "q"),
            4 => ("email", "e"),
            5 => ("user_id", "u"),
            _ => ("user_id", "v"),
        };
        return new Child("ticket", random.Next(1, 3), version, by, value);
    }

    /// <summary>Every order in which these can happen.</summary>
    public static IEnumerable<Happening[]> Orders(IReadOnlyList<Happening> story) => story.Count < 2
        ? [[.. story]]
        : story.SelectMany((first, index) => Orders([.. story.Where((_, other) => other != index)]).Select(rest => (Happening[])[first, .. rest]));

    private static string Time(int minute) => Start.AddMinutes(minute).ToString("O", CultureInfo.InvariantCulture);

    private static string Pick(Random random, params string[] values) => values[random.Next(values.Length)];
}
