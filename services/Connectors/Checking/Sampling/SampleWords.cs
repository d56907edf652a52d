using Pipeline.Contracts.Operations;

namespace Pipeline.Connectors.Checking.Sampling;

/// <summary>A sample in plain English. Pure.</summary>
public static class SampleWords
{
    private static readonly Dictionary<string, string> Looks = new()
    {
        ["uuid"] = "a UUID", ["whole_number"] = "a whole number", ["decimal_number"] = "a number with a fraction or exponent", ["email_address"] = "an email address",
        ["web_address"] = "a web address", ["letters_and_digits_15"] = "15 letters and digits", ["letters_and_digits_18"] = "18 letters and digits",
        ["words_and_number"] = "words with a hyphen and a number", ["word_for_nothing"] = "a word for nothing", ["letters_and_digits"] = "letters and digits",
    };

    private static readonly Dictionary<string, string> NotText = new()
    {
        ["fraction"] = "a number with a fraction or exponent", ["boolean"] = "true or false", ["object"] = "an object", ["list"] = "a list", ["broken_text"] = "text that is no Unicode",
    };

    /// <param name="feed">What the records are called.</param>
    public static string Of(string feed, FeedSample sample)
    {
        if (sample.Read == 0) return $"It answers, and lists {(sample.More ? "nothing on its first page" : "nothing")}: there are none yet, or these credentials may see none.";
        List<string> sentences = [];
        if (sample.Accounts > 0) sentences.Add(Accounts(feed, sample));
        if (sample.Children > 0) sentences.Add(Children(feed, sample));
        if (sample.Unmappable > 0) sentences.Add($"{sample.Unmappable} of {sample.Read} cannot be mapped, first: {sample.UnmappableReasons.First().Key}");
        return string.Join(' ', sentences);
    }

    private static string Accounts(string feed, FeedSample sample)
    {
        var ids = sample.AccountIds!;
        var carried = ids.Carried == 0 ? $"None of {ids.Records} {feed} carries an account_id" : $"{ids.Carried} of {ids.Records} {feed} carry an account_id, {Form(ids)}";
        var missing = ids.Carried > 0 && ids.Forms.GetValueOrDefault("missing") is > 0 and var none ? $"; {none} {Verb(none, "have")} none" : "";
        var wrong = string.Concat(NotText.Where(form => ids.Forms.ContainsKey(form.Key)).Select(form => $"; {ids.Forms[form.Key]} {Verb(ids.Forms[form.Key], "have")} {form.Value}, which is none"));
        var linked = ids.Carried == 0 && sample.Linked > 0 ? $"; {sample.Linked} {Verb(sample.Linked, "name")} the record of another system" : "";
        return $"{carried}{missing}{wrong}{linked}{Doubts(ids)}.";
    }

    private static string Form(AccountIdSample ids)
    {
        var (text, whole) = (ids.Forms.GetValueOrDefault("text"), ids.Forms.GetValueOrDefault("whole_number"));
        var form = whole == 0 ? "all as text" : text == 0 ? "all as whole numbers" : $"{text} as text and {whole} as whole numbers";
        var look = ids.Looks.Count == 1 && Looks.TryGetValue(ids.Looks.First().Key, out var words) && (whole == 0 || ids.Looks.First().Key != "whole_number") ? $" that looks like {words}" : "";
        return $"{form}{look}{(ids.Fields.Count > 0 ? $" in {string.Join(" and ", ids.Fields.Take(2))}" : "")}";
    }

    private static string Doubts(AccountIdSample ids) => string.Concat(
        ids.Repeated > 0 ? $"; {Many(ids.Repeated, "id")} on more than one record" : "",
        ids.OuterBlanks > 0 ? $"; {ids.OuterBlanks} with blanks around it" : "",
        ids.Looks.GetValueOrDefault("word_for_nothing") is > 0 and var words ? $"; {words} {Verb(words, "hold")} a word such as null" : "");

    private static string Children(string feed, FeedSample sample)
    {
        var silent = sample.Claims.GetValueOrDefault("nothing");
        if (silent == sample.Children) return $"None of {sample.Children} {feed} says whose it is.";
        var kinds = string.Join(", ", sample.Claims.Where(claim => claim.Key != "nothing").Select(claim => $"{claim.Value} by {claim.Key}"));
        return $"{sample.Children - silent} of {sample.Children} {feed} say whose they are: {kinds}{(silent > 0 ? $"; {silent} {Verb(silent, "say")} nothing" : "")}.";
    }

    private static string Verb(long count, string verb) => count != 1 ? verb : verb == "have" ? "has" : $"{verb}s";

    private static string Many(long count, string thing) => count == 1 ? $"1 {thing} is" : $"{count} {thing}s are";
}
