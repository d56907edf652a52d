using System.Globalization;
using System.Text.Json;
using Pipeline.Connectors.Engine.Drift;

namespace Pipeline.Unit.Tests.Connectors;

public sealed class SchemaDriftTests
{
    private const string Known = """{"id":"1","size":7,"note":null,"owner":{"name":"Ada","desk":4},"tags":["a"]}""";
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private FeedShape _shape = new();

    [Fact]
    public void While_the_first_hundred_records_teach_nothing_is_told()
    {
        Assert.Empty(See([.. Enumerable.Repeat("""{"id":"1"}""", 60)]));
        Assert.Empty(See([.. Enumerable.Repeat("""{"id":1,"late":true}""", 39)]));
        Assert.Empty(See("""{"other":1}"""));
        Assert.Equal(["newer New - string"], See("""{"newer":"x"}"""));
    }

    [Fact]
    public void The_end_of_a_first_pass_ends_the_lessons_and_a_pass_of_one_record_does_not()
    {
        Assert.Empty(See(["""{"id":"1"}""", """{"id":"2"}"""], FirstPass.Ends));
        Assert.Empty(See("""{"id":"3","more":1}"""));
        Assert.Empty(See(["""{"id":"4"}""", """{"id":"5"}"""], FirstPass.Ends));
        Assert.Equal(["late New - bool"], See("""{"id":"6","late":false}"""));
    }

    [Fact]
    public void A_first_pass_teaches_to_its_end_however_long_it_is()
    {
        Assert.Empty(See([.. Enumerable.Repeat("""{"id":"1"}""", 300)], FirstPass.UnderWay));
        Assert.Empty(See(["""{"rare":1,"id":true}"""], FirstPass.UnderWay));
        Assert.Empty(See([], FirstPass.Ends));
        Assert.Equal(["later New - string"], See("""{"rare":1,"id":true,"later":"x"}"""));
    }

    [Fact]
    public void A_first_pass_without_records_teaches_nothing()
    {
        Assert.Empty(See([], FirstPass.Ends));
        Assert.Empty(See(Known));
    }

    [Fact]
    public void A_new_field_is_told_once()
    {
        Learn(Known);
        Assert.Equal(["email New - string"], See("""{"id":"1","size":7,"owner":{"name":"Ada","desk":4},"tags":[],"email":"ada@example.com"}"""));
        Assert.Empty(See("""{"id":"1","size":7,"owner":{"name":"Ada","desk":4},"tags":[],"email":"bob@example.com"}"""));
    }

    [Fact]
    public void A_name_that_a_path_would_not_show_as_one_name_stands_in_quotes()
    {
        Learn("""{"id":"1","":{"id":"2"},"owner":{"id":"3"}}""");
        Assert.Equal(
            ["\"\".by New - string", "\"(record)\" New - string", "\"owner.by\" New - string", "owner.by New - string"],
            See("""{"id":"1","":{"id":"2","by":"x"},"owner":{"id":"3","by":"x"},"owner.by":"x","(record)":"x"}""").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_new_object_is_told_as_one_field()
    {
        Learn("""{"id":"1"}""");
        Assert.Equal(["address New - object"], See("""{"id":"1","address":{"street":"A","city":"B"}}"""));
        Assert.Empty(See("""{"id":"1","address":{"street":"A","city":"B","zip":"C"}}"""));
    }

    [Fact]
    public void A_field_of_an_object_in_the_record_is_told_by_its_path_and_what_lies_deeper_or_in_a_list_is_not()
    {
        Learn(Known);
        Assert.Equal(["owner.desk Retyped number string", "owner.team New - object"],
            See("""{"id":"1","size":7,"tags":["a",{"b":1}],"owner":{"name":"Ada","desk":"4","team":{"id":1}}}""").Order());
        Assert.Empty(See("""{"id":"1","size":7,"tags":[7],"owner":{"name":"Ada","desk":"4","team":{"id":"1","lead":2}}}"""));
    }

    [Fact]
    public void A_field_with_a_new_kind_is_retyped_once_and_may_change_back()
    {
        Learn(Known);
        Assert.Equal(["size Retyped number string"], See(Known.Replace("7", "\"7\"", StringComparison.Ordinal)));
        Assert.Empty(See(Known));
        Assert.Equal(["size Retyped string or number array"], See(Known.Replace("7", "[7]", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_field_that_is_null_is_absent_but_is_known_to_be()
    {
        Learn(Known);
        Assert.Empty(See(Known.Replace("7", "null", StringComparison.Ordinal)));
        Assert.Empty(See(Known.Replace("null", "\"x\"", StringComparison.Ordinal)));
        Assert.Equal(["note Retyped string number"], See(Known.Replace("null", "1", StringComparison.Ordinal)));
        Assert.Equal(["unheard_of New - null"], See("""{"unheard_of":null}"""));
        Assert.Empty(See("""{"unheard_of":true}"""));
    }

    [Fact]
    public void A_field_that_a_whole_page_has_as_null_is_missing()
    {
        Learn(Known);
        Assert.Equal(["size Missing number -"], See([.. Enumerable.Repeat(Known.Replace("7", "null", StringComparison.Ordinal), 5)]));
    }

    [Fact]
    public void A_field_that_every_record_had_and_a_whole_page_lacks_is_missing_once()
    {
        Learn(Known);
        string[] without = [.. Enumerable.Repeat("""{"id":"1","owner":{"name":"Ada","desk":4},"tags":[]}""", 5)];
        Assert.Equal(["size Missing number -"], See(without));
        Assert.Empty(See(without));
        Assert.Empty(See(Known));
        Assert.Empty(See(without));
    }

    [Fact]
    public void A_missing_object_is_told_as_one_field()
    {
        Learn(Known);
        Assert.Equal(["owner Missing object -"], See([.. Enumerable.Repeat("""{"id":"1","size":7,"tags":[]}""", 5)]));
    }

    [Fact]
    public void A_field_that_not_every_record_had_is_never_missing()
    {
        Learn(Known, """{"id":"1","size":7,"tags":[]}""");
        Assert.Empty(See([.. Enumerable.Repeat("""{"id":"1","size":7,"tags":[]}""", 50)]));
    }

    [Fact]
    public void A_page_of_which_one_record_has_the_field_misses_nothing()
    {
        Learn(Known);
        Assert.Empty(See([Known, .. Enumerable.Repeat("""{"id":"1","owner":{"name":"Ada","desk":4},"tags":[]}""", 9)]));
    }

    [Fact]
    public void Small_pages_in_a_row_miss_a_field_together()
    {
        Learn(Known);
        const string without = """{"id":"1","owner":{"name":"Ada","desk":4},"tags":[]}""";
        for (var page = 0; page < 4; page++) Assert.Empty(See(without));
        Assert.Equal(["size Missing number -"], See(without));
    }

    [Fact]
    public void What_an_overlap_brings_again_is_not_missed_again()
    {
        Learn(Known);
        const string without = """{"id":"1","owner":{"name":"Ada","desk":4},"tags":[]}""";
        Assert.Empty(See(without));
        for (var page = 0; page < 9; page++) Assert.Empty(See([without, without], fresh: 0));
    }

    [Fact]
    public void An_object_whose_keys_are_data_is_told_once_and_then_left_alone()
    {
        Learn("""{"id":"1","answers":{"q1":1,"q2":2}}""");
        Assert.Equal(["answers CustomKeys object -"], See([.. Enumerable.Range(0, 60).Select(number => $$$"""{"id":"1","answers":{"k{{{number}}}":1}}""")]));
        Assert.Empty(See("""{"id":"1","answers":{"one more":"x"}}"""));
        Assert.Equal(["answers Retyped object array"], See("""{"id":"1","answers":[]}"""));
    }

    [Fact]
    public void An_object_whose_keys_are_data_is_found_while_it_teaches_and_told_when_that_is_over()
    {
        Assert.Empty(See([.. Enumerable.Range(0, 80).Select(number => $$$"""{"answers":{"k{{{number}}}":1}}""")]));
        Assert.Equal(["answers CustomKeys object -"], See([.. Enumerable.Range(80, 20).Select(number => $$$"""{"answers":{"k{{{number}}}":1}}""")]));
        Assert.Empty(See("""{"answers":{"one more":"x"}}"""));
    }

    [Fact]
    public void A_record_with_many_fields_is_no_bag()
    {
        var wide = $"{{{string.Join(',', Enumerable.Range(0, 400).Select(number => $"\"f{number}\":1"))}}}";
        Learn(wide);
        Assert.Equal(["late New - number"], See(wide.Replace("\"f0\"", "\"late\":1,\"f0\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_page_like_those_before_changes_nothing_that_would_have_to_be_stored()
    {
        Learn(Known);
        Assert.Same(_shape, After([Known, Known], FirstPass.Over, 2).Shape);
    }

    [Theory]
    [InlineData("""{"\ud800":1,"id":"1"}""", @"\ud800 New - number")]
    [InlineData("""{"a\u0000b":1,"id":"1"}""", @"a\u0000b New - number")]
    public void Names_that_are_no_text_are_told_as_they_are_written(string record, string told)
    {
        Learn("""{"id":"1"}""");
        Assert.Equal([told], See(record));
    }

    [Fact]
    public void Names_without_end_and_records_that_are_no_objects_are_left_out()
    {
        Learn("""{"id":"1"}""");
        Assert.Empty(See($$"""{"{{new string('x', 129)}}":1,"id":"1"}""", "42", "null", "[1]"));
    }

    [Fact]
    public void The_newest_twenty_are_kept_the_newest_first()
    {
        Learn("""{"id":"1"}""");
        foreach (var number in Enumerable.Range(0, 25)) See(string.Create(CultureInfo.InvariantCulture, $$"""{"f{{number}}":1}"""));
        Assert.Equal(Enumerable.Range(5, 20).Reverse().Select(number => $"f{number}"), _shape.Told.Select(drift => drift.Field));
    }

    [Fact]
    public void A_shape_is_the_same_after_it_was_stored()
    {
        Learn(Known);
        See("""{"email":"x"}""");
        var json = JsonSerializer.Serialize(_shape, ShapeJson.Default.FeedShape);
        _shape = JsonSerializer.Deserialize(json, ShapeJson.Default.FeedShape)!;
        Assert.Equal(json, JsonSerializer.Serialize(_shape, ShapeJson.Default.FeedShape));
        Assert.Equal(new FieldDrift("email", Change.New, JsonKinds.None, JsonKinds.Text, Noon), Assert.Single(_shape.Told));
        Assert.Empty(See("""{"email":"x"}"""));
        Assert.Equal(["owner.desk Retyped number string"], See("""{"owner":{"desk":"x"}}"""));
    }

    private void Learn(params string[] records)
    {
        for (var time = 0; time < 5; time++) See(records, time == 4 ? FirstPass.Ends : FirstPass.UnderWay);
    }

    private IReadOnlyList<string> See(params string[] records) => See(records, FirstPass.Over);

    private IReadOnlyList<string> See(string[] records, FirstPass firstPass = FirstPass.Over, int? fresh = null)
    {
        var (shape, drifts) = After(records, firstPass, fresh ?? records.Length);
        _shape = shape;
        return [.. drifts.Select(drift => $"{drift.Field} {drift.Change} {drift.Was ?? "-"} {drift.Is ?? "-"}")];
    }

    private (FeedShape Shape, IReadOnlyList<FieldDrift> Drifts) After(string[] records, FirstPass firstPass, int fresh) =>
        _shape.After(SeenObject.Of([.. records.Select(record => JsonSerializer.Deserialize<JsonElement>(record))]), firstPass, fresh, Noon);
}
