using System.Text.Json;
using Pipeline.Connectors;
using Pipeline.Connectors.Checking.Sampling;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.Contracts.Reading;

namespace Pipeline.Unit.Tests.Connectors;

public sealed class CheckSampleTests
{
    [Fact]
    public void A_page_of_accounts_is_told_in_a_sentence()
    {
        var sample = Accounts("\"Nord-0001\"", "\"Nord-0002\"", "\"Nord-0003\"", "null", "\" \"");

        Assert.Equal("3 of 5 customers carry an account_id, all as text that looks like words with a hyphen and a number in custom.account; 2 have none.", SampleWords.Of("customers", sample));
        Assert.Equal((5, 3, 9), (sample.AccountIds!.Records, sample.AccountIds.Carried, sample.AccountIds.Longest));
        Assert.Equal(["No… (9 characters)"], sample.AccountIds.Examples.Distinct());
    }

    [Fact]
    public void Each_form_of_an_account_id_is_counted_as_law_1_reads_it()
    {
        var ids = Accounts("\"17\"", "18", "19", "19.0", "1e3", "true", "{\"id\":1}", "[1]", "\"\\ud800\"", "null", "\"\"", null).AccountIds!;

        Assert.Equal(
            new Dictionary<string, long> { ["text"] = 1, ["whole_number"] = 2, ["fraction"] = 2, ["boolean"] = 1, ["object"] = 1, ["list"] = 1, ["broken_text"] = 1, ["missing"] = 3 },
            ids.Forms.OrderBy(form => form.Key).ToDictionary());
        Assert.Equal(3, ids.Carried);
        Assert.Equal(["custom.account"], ids.Fields);
    }

    [Fact]
    public void What_is_no_account_id_is_said_beside_what_is()
    {
        Assert.Equal(
            "3 of 5 customers carry an account_id, 1 as text and 2 as whole numbers in custom.account; 1 has a number with a fraction or exponent, which is none; 1 has true or false, which is none.",
            SampleWords.Of("customers", Accounts("\"17\"", "18", "19", "19.5", "false")));
    }

    /// <summary>Another field may hold the same text by chance; it does not in every record.</summary>
    [Fact]
    public void A_field_that_holds_the_same_text_in_one_record_is_not_where_the_account_id_stands()
    {
        var page = Page("""{"id":"7","custom":{"account":7}}""", """{"id":"8","custom":{"account":900}}""");

        var ids = PageSample.Of(Customers, page).AccountIds!;

        Assert.Equal(["custom.account"], ids.Fields);
        Assert.Equal(new Dictionary<string, long> { ["whole_number"] = 2 }, ids.Forms);
    }

    [Theory]
    [InlineData("0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e10", "uuid")]
    [InlineData("{0198B2C4-5D1E-7C3A-9F00-2A6F5B1D7E10}", "uuid")]
    [InlineData("0042", "whole_number")]
    [InlineData("12345.0", "decimal_number")]
    [InlineData("1.5e7", "decimal_number")]
    [InlineData("0015g00000Ab1Cd", "letters_and_digits_15")]
    [InlineData("0015g00000Ab1CdAAJ", "letters_and_digits_18")]
    [InlineData("kunde@nordwind.example", "email_address")]
    [InlineData("https://nordwind.example/x", "web_address")]
    [InlineData("nordwind.example", "web_address")]
    [InlineData("Nordwind-0042", "words_and_number")]
    [InlineData("Müller & Söhne-7", "words_and_number")]
    [InlineData("A17", "letters_and_digits")]
    [InlineData("N/A", "word_for_nothing")]
    [InlineData("null", "word_for_nothing")]
    [InlineData("a b", "other")]
    [InlineData(" Nordwind-0042\n", "words_and_number")]
    public void An_account_id_looks_like_something(string id, string look) => Assert.Equal(look, AccountIdLook.Of(id));

    [Theory]
    [InlineData("Nordwind-0042", "No… (13 characters)")]
    [InlineData("abc", "a… (3 characters)")]
    [InlineData("ab", "a… (2 characters)")]
    [InlineData("a", "… (1 character)")]
    [InlineData("😀😀😀😀", "😀😀… (4 characters)")]
    public void An_example_shows_two_characters_and_never_more_than_half(string id, string shown) => Assert.Equal(shown, AccountIds.Example(id));

    [Fact]
    public void Ids_that_are_there_twice_or_with_blanks_or_say_null_are_told()
    {
        var sample = Accounts("\"A-1\"", "\"A-1\"", "\" A-2\"", "\"null\"");

        Assert.EndsWith("; 1 id is on more than one record; 1 with blanks around it; 1 holds a word such as null.", SampleWords.Of("customers", sample), StringComparison.Ordinal);
        Assert.Equal((1, 1), (sample.AccountIds!.Repeated, sample.AccountIds.OuterBlanks));
    }

    [Fact]
    public void Accounts_without_any_say_what_they_are_linked_to_in_its_place()
    {
        var sample = PageSample.Of(Customers, Page("""{"id":"1","crm":"001"}""", """{"id":"2"}"""));

        Assert.Equal("None of 2 customers carries an account_id; 1 names the record of another system.", SampleWords.Of("customers", sample));
    }

    [Fact]
    public void Children_are_told_by_the_claim_that_decides()
    {
        var feed = Children(child => child.GetProperty("by").GetString() switch
        {
            "parent" => [new Claim(ClaimKind.Parent, "1", "shelf"), new Claim(ClaimKind.Email, "a@b.example")],
            "email" => [new Claim(ClaimKind.Email, "a@b.example")],
            "id" => [new Claim(ClaimKind.AccountId, "A-1")],
            _ => [],
        });

        var sample = PageSample.Of(feed, Page(Child("parent"), Child("parent"), Child("email"), Child("id"), Child("none"), "3"));

        Assert.Equal(new Dictionary<string, long> { ["parent"] = 2, ["account_id"] = 1, ["email"] = 1, ["nothing"] = 1 }, sample.Claims);
        Assert.Equal("4 of 5 tickets say whose they are: 2 by parent, 1 by account_id, 1 by email; 1 says nothing. 1 of 6 cannot be mapped, first: The record is a JSON Number, not an object.", SampleWords.Of("tickets", sample));
        Assert.Equal((1, "A… (3 characters)"), (sample.AccountIds!.Carried, Assert.Single(sample.AccountIds.Examples)));

        static string Child(string by) => $$"""{"by":"{{by}}"}""";
    }

    [Fact]
    public void No_value_leaves_whole()
    {
        var told = JsonSerializer.Serialize(new FeedCheck("customers", "ok", "", "", null, Accounts("\"Nordwind-0042\"", "19.99", "{\"secret\":\"Nordwind-0042\"}")), PipelineJson.Report.Options.GetTypeInfo(typeof(FeedCheck)));

        Assert.DoesNotContain("Nordwind-0042", told, StringComparison.Ordinal);
        Assert.DoesNotContain("19.99", told, StringComparison.Ordinal);
    }

    private static Feed Customers { get; } = new()
    {
        Name = "customers", First = _ => new VendorRequest("/customers"), Read = _ => throw new InvalidOperationException("The page is given."),
        Map = record => Mapped.ToAccount(record, fields => new AccountDiscovered
        {
            Source = "shelf", NativeId = fields.RequiredText("id"), ObservedAt = DateTimeOffset.UnixEpoch,
            AccountId = new Fields(fields.JsonObject("custom") is { ValueKind: JsonValueKind.Object } custom ? custom : JsonDocument.Parse("{}").RootElement).AccountId("account"),
            Links = fields.Text("crm") is { } crm ? [new Link("crm", crm)] : [],
        }),
    };

    private static Feed Children(Func<JsonElement, IReadOnlyList<Claim>> claims) => Customers with
    {
        Map = record => Mapped.ToChild(record, _ => new ChildObjectReceived { Source = "shelf", ObjectType = "ticket", NativeId = "1", ObservedAt = DateTimeOffset.UnixEpoch, Claims = claims(record) }),
    };

    /// <summary>Customers whose account_id is written so; null for one that has no such field.</summary>
    private static FeedSample Accounts(params string?[] written) => PageSample.Of(Customers, Page(
        [.. written.Select((value, index) => $$"""{"id":"c{{index}}"{{(value is null ? "" : $$""","custom":{"account":{{value}}}""")}}}""")]));

    private static Page Page(params string[] records) => new([.. records.Select(record => JsonSerializer.Deserialize<JsonElement>(record))], null, null);
}
