using System.Text.RegularExpressions;

namespace Pipeline.Connectors.Checking.Sampling;

/// <summary>
/// What an account_id looks like, white space around it aside. It tells a person whether this is the field that was meant; nothing is
/// decided by it. Pure.
/// </summary>
public static partial class AccountIdLook
{
    private const int Patience = 1000;

    /// <summary>The first that fits.</summary>
    private static readonly (string Look, Regex Pattern)[] Looks =
    [
        ("word_for_nothing", Nothing()),
        ("uuid", Uuid()),
        ("whole_number", Whole()),
        ("decimal_number", DecimalNumber()),
        ("email_address", Email()),
        ("web_address", Web()),
        ("letters_and_digits_15", Mixed15()),
        ("letters_and_digits_18", Mixed18()),
        ("words_and_number", WordsAndNumber()),
        ("letters_and_digits", LettersAndDigits()),
    ];

    public static string Of(string id)
    {
        var text = id.Trim();
        foreach (var (look, pattern) in Looks)
            if (pattern.IsMatch(text)) return look;
        return "other";
    }

    [GeneratedRegex("^(null|nil|none|n/a|na|nan|undefined|unknown|-+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Nothing();

    [GeneratedRegex(@"^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Uuid();

    [GeneratedRegex("^-?[0-9]+$", RegexOptions.None, Patience)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex DecimalNumber();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s.]+$", RegexOptions.None, Patience)]
    private static partial Regex Email();

    [GeneratedRegex(@"^(https?://\S+|([A-Za-z0-9-]+\.)+[A-Za-z]{2,}(/\S*)?)$", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Web();

    [GeneratedRegex("^(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9]{15}$", RegexOptions.None, Patience)]
    private static partial Regex Mixed15();

    [GeneratedRegex("^(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9]{18}$", RegexOptions.None, Patience)]
    private static partial Regex Mixed18();

    [GeneratedRegex(@"^\p{L}[\p{L}\p{M} .&'_-]*-[0-9]+$", RegexOptions.None, Patience)]
    private static partial Regex WordsAndNumber();

    [GeneratedRegex("^[A-Za-z0-9]+$", RegexOptions.None, Patience)]
    private static partial Regex LettersAndDigits();
}
