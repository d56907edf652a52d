using Pipeline.DeadLetters.Search;

namespace Pipeline.Unit.Tests.DeadLetters;

public sealed class SearchTests
{
    [Theory]
    [InlineData("", "true")]
    [InlineData("source:desk", "l.source = $1")]
    [InlineData("source:desk type:ticket", "(l.source = $1 and l.object_type = $2)")]
    [InlineData("source:desk AND type:ticket", "(l.source = $1 and l.object_type = $2)")]
    [InlineData("source:desk (type:ticket OR type:issue)", "(l.source = $1 and (l.object_type = $2 or l.object_type = $3))")]
    [InlineData("source:desk OR source:crm type:issue", "(l.source = $1 or (l.source = $2 and l.object_type = $3))")]
    [InlineData("-source:desk", "not coalesce(l.source = $1, false)")]
    [InlineData("NOT (source:desk OR boom)", "not coalesce((l.source = $1 or w.words ilike $2), false)")]
    [InlineData("key:\"parent desk*\"", "l.waited_for like $1")]
    [InlineData("letter:0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e10", "l.id = $1")]
    [InlineData("letter:none", "false")]
    [InlineData("after:2026-11-01 before:2026-11-02T10:00:00Z", "(l.first_seen >= $1 and l.first_seen < $2)")]
    public void What_is_typed_means(string typed, string condition) => Assert.Equal(condition, Sql(typed).Condition);

    [Theory]
    [InlineData("\"100% _sure\\\\\"", "%100\\% \\_sure\\\\%")]
    [InlineData("'; drop table letters;", "%';%")]
    public void What_is_typed_travels_as_a_parameter_and_means_itself(string typed, string pattern) => Assert.Equal(pattern, Sql(typed).Parameters[0].Value);

    [Theory]
    [InlineData("(source:desk", "The parenthesis at character 1 is not closed.")]
    [InlineData("source:desk)", "')' at character 12 closes nothing. Leave it out, or open a parenthesis before it.")]
    [InlineData("source:", "After 'source:' a value is missing.")]
    [InlineData("\"open", "The quote at character 1 is not closed.")]
    [InlineData("source:desk OR", "It ends where something should follow.")]
    [InlineData("OR source:desk", "Before 'OR' at character 1 something is missing.")]
    [InlineData("after:yesterday", "'yesterday' is not a time. Write after:2026-11-24 or after:2026-11-24T09:30:00Z.")]
    public void What_cannot_be_meant_is_refused_with_its_place(string typed, string mistake) => Assert.Equal((null, mistake), SearchReader.Read(typed));

    [Fact]
    public void A_field_that_is_none_is_answered_with_those_that_are() => Assert.Contains("The fields are state, group, reason,", SearchReader.Read("sorce:desk").Mistake, StringComparison.Ordinal);

    [Fact]
    public void Parentheses_without_end_are_refused_and_do_not_end_the_process() =>
        Assert.All((string[])[new('(', 100_000), new('-', 100_000), string.Concat(Enumerable.Repeat("a ", 100_000))], typed => Assert.NotNull(SearchReader.Read(typed).Mistake));

    [Theory]
    [InlineData("state:settled", true)]
    [InlineData("source:desk OR -state:open", true)]
    [InlineData("source:desk \"state:open\"", false)]
    public void It_is_known_whether_the_state_is_asked_for(string typed, bool asks) => Assert.Equal(asks, SearchReader.Read(typed).Criterion!.Asks(SearchField.State));

    [Fact]
    public void A_cursor_is_read_as_it_is_written()
    {
        var cursor = new LetterCursor(new DateTimeOffset(2026, 11, 24, 12, 0, 0, 123, 456, TimeSpan.Zero), Guid.Parse("0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e10"));
        Assert.Equal(cursor, LetterCursor.Read(cursor.ToString()));
        Assert.All((string[])["", "1", "1-2", "-1-0198b2c45d1e7c3a9f002a6f5b1d7e10", "9223372036854775807-0198b2c45d1e7c3a9f002a6f5b1d7e10"], text => Assert.Null(LetterCursor.Read(text)));
    }

    private static SearchSql Sql(string typed) => SearchSql.Of(SearchReader.Read(typed).Criterion!);
}
