using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Bulk;

namespace Pipeline.Unit.Tests.DeadLetters;

public sealed class RepairTests
{
    private const string Ticket = """{"source":"desk","native_id":"7","observed_at":"2026-01-01T00:00:00Z","account_id":" A-1","data":{"price":12345678901234567890.10,"title":"ü<b>"}}""";

    [Fact]
    public void A_field_is_set_and_the_others_stay_to_the_last_digit() =>
        Assert.Equal(Ticket.Replace("\" A-1\"", "\"A-1\""), Applied(Set("account_id", "\"A-1\"")));

    [Fact]
    public void A_field_inside_another_is_made_where_it_is_missing() =>
        Assert.Equal(""","data":{"price":12345678901234567890.10,"title":"ü<b>","custom":{"vip":true}}}""", Applied(Set("data.custom.vip", "true"))[^79..]);

    [Theory]
    [InlineData("rename", "account_id", "\"id\"", null, null, "\"id\":\" A-1\"")]
    [InlineData("replace", "account_id", null, " A", "B", "\"account_id\":\"B-1\"")]
    public void A_field_is_renamed_and_a_text_replaced(string what, string path, string? value, string? from, string? to, string expected) =>
        Assert.Contains(expected, Applied(new RepairStep(what, path, value is null ? null : JsonElement.Parse(value), from, to)), StringComparison.Ordinal);

    [Fact]
    public void A_field_is_taken_out() => Assert.DoesNotContain("account_id", Applied(new RepairStep("remove", "account_id")), StringComparison.Ordinal);

    [Theory]
    [InlineData("remove", "data.missing", null, "There is no field data.missing in it.")]
    [InlineData("replace", "data.price", "1", "The field data.price is no text.")]
    [InlineData("replace", "account_id", "Z", "The field account_id does not have 'Z'.")]
    [InlineData("remove", "account_id.deeper", null, "There is no object account_id in it.")]
    public void What_does_not_fit_is_left_alone_and_says_why(string what, string path, string? from, string why) =>
        Assert.Equal((null, why), Repair.Of([new RepairStep(what, path, null, from, from is null ? null : "B")]).Repair!.Apply(Encoding.UTF8.GetBytes(Ticket), Exchanges.ChildObjectReceived));

    [Theory]
    [InlineData("no json")]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData("""{"account_id":1,"account_id":2}""")]
    public void What_is_no_object_is_left_alone(string body) => Assert.NotNull(Repair.Of([Set("account_id", "1")]).Repair!.Apply(Encoding.UTF8.GetBytes(body), "").Misfit);

    [Theory]
    [InlineData("set", "a", "Setting a needs a value.")]
    [InlineData("rename", "a", "Renaming a needs the new name, a text.")]
    [InlineData("replace", "a", "Replacing in a needs the text that is replaced and what takes its place.")]
    [InlineData("set", "a..b", "'a..b' is no path to a field. Write it as account_id or data.custom.id.")]
    [InlineData("burn", "a", "'burn' is no change. Write set, rename, replace or remove.")]
    public void A_step_that_says_too_little_is_refused(string what, string path, string mistake) => Assert.Equal(mistake, Repair.Of([new RepairStep(what, path)]).Mistake);

    [Fact]
    public void An_account_record_becomes_the_newer_one_by_the_least_there_is()
    {
        var (body, _) = Repair.Of([Set("account_id", "\"A-1\"")]).Repair!.Apply(Encoding.UTF8.GetBytes(Ticket), Exchanges.AccountDiscovered);
        Assert.Contains("\"observed_at\":\"2026-01-01T00:00:00.0000010+00:00\"", Encoding.UTF8.GetString(body!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_that_a_person_wrote_keeps_its_time_where_they_changed_it()
    {
        var later = Encoding.UTF8.GetBytes(Ticket.Replace("2026-01-01", "2026-01-02"));
        Assert.Same(later, Repair.Edited(Encoding.UTF8.GetBytes(Ticket), later, Exchanges.AccountDiscovered));
        var other = Encoding.UTF8.GetBytes(Ticket.Replace(" A-1", "A-1"));
        Assert.Contains("00:00:00.0000010", Encoding.UTF8.GetString(Repair.Edited(Encoding.UTF8.GetBytes(Ticket), other, Exchanges.AccountDiscovered)), StringComparison.Ordinal);
        Assert.Same(other, Repair.Edited(Encoding.UTF8.GetBytes(Ticket), other, Exchanges.ChildObjectReceived));
    }

    [Fact]
    public void What_would_still_be_refused_is_known_before_it_is_sent()
    {
        Assert.Equal("message_invalid", Repair.Refused(Encoding.UTF8.GetBytes("""{"source":"desk"}"""), Exchanges.ChildObjectReceived)?.Reason.Code);
        Assert.Null(Repair.Refused(Encoding.UTF8.GetBytes("anything"), "some-other-exchange"));
    }

    private static RepairStep Set(string path, string value) => new("set", path, JsonElement.Parse(value));

    private static string Applied(RepairStep step) => Encoding.UTF8.GetString(Repair.Of([step]).Repair!.Apply(Encoding.UTF8.GetBytes(Ticket), Exchanges.ChildObjectReceived).Body!);
}
