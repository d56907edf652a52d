using System.Text.Json;
using Pipeline.SystemOfRecord.Rules;
using Pipeline.SystemOfRecord.Rules.Reading;

namespace Pipeline.Unit.Tests.SystemOfRecord;

public sealed class RulesFileTests
{
    [Theory]
    [InlineData("equals: Customer", "\"Customer\"", true)]
    [InlineData("equals: Customer", "\"customer\"", false)]
    [InlineData("equals: Customer", "\"Customer \"", false)]
    [InlineData("equals: Customer", "null", false)]
    [InlineData("equals: 5", "5", true)]
    [InlineData("equals: 5", "5.0", true)]
    [InlineData("equals: 5", "\"5\"", true)]
    [InlineData("equals: 5", "\"5.0\"", false)]
    [InlineData("equals: 5", "\"05\"", false)]
    [InlineData("equals: true", "true", true)]
    [InlineData("equals: 'null'", "\"null\"", true)]
    [InlineData("equals: b", """["a", "b"]""", true)]
    [InlineData("equals: c", """["a", "b"]""", false)]
    [InlineData("not_equals: b", "\"a\"", true)]
    [InlineData("not_equals: b", "null", true)]
    [InlineData("not_equals: b", """["a", "b"]""", false)]
    [InlineData("in: [a, b]", "\"b\"", true)]
    [InlineData("in: [a, 7]", "7", true)]
    [InlineData("in: [a, b]", "null", false)]
    [InlineData("not_in: [a, b]", "\"c\"", true)]
    [InlineData("not_in: [a, b]", "\"a\"", false)]
    [InlineData("exists: true", "\"x\"", true)]
    [InlineData("exists: true", "0", true)]
    [InlineData("exists: true", "\" \"", false)]
    [InlineData("exists: true", "[]", false)]
    [InlineData("exists: true", "[null]", false)]
    [InlineData("exists: false", "null", true)]
    [InlineData("exists: false", "false", false)]
    [InlineData("greater: 5", "5", false)]
    [InlineData("greater: 5", "5.01", true)]
    [InlineData("greater: 5", "\"6\"", true)]
    [InlineData("greater: 5", "\"six\"", false)]
    [InlineData("greater: 5", "null", false)]
    [InlineData("less: 5", "-1e3", true)]
    [InlineData("less: 5", "[9, 4]", true)]
    [InlineData("greater: 2026-01-31", "\"2026-01-31T00:00:00Z\"", false)]
    [InlineData("greater: 2026-01-31", "\"2026-01-31T00:00:01Z\"", true)]
    [InlineData("greater: 2026-01-31", "\"2026-01-31T00:30:00.000+0100\"", false)]
    [InlineData("less: 2026-01-31T12:00:00Z", "\"2026-01-31\"", true)]
    [InlineData("greater: 2026-01-31", "5", false)]
    [InlineData("contains: Cust", "\"A Customer\"", true)]
    [InlineData("contains: cust", "\"A Customer\"", false)]
    [InlineData("contains: b", """["a", "b"]""", true)]
    [InlineData("matches: '^ACC-\\d+$'", "\"ACC-12\"", true)]
    [InlineData("matches: '^ACC-\\d+$'", "\"xACC-12\"", false)]
    [InlineData("matches: '^1'", "12", true)]
    [InlineData("{greater: 1, less: 5}", "3", true)]
    [InlineData("{greater: 1, less: 5}", "5", false)]
    public void A_field_is_asked(string asked, string value, bool passes)
    {
        var test = asked.StartsWith('{') ? asked[1..^1] : asked;
        Assert.Equal(passes, Judge($"{{ field: f, {test} }}", $$"""{"f": {{value}}}"""));
    }

    [Theory]
    [InlineData("owner.region", """{"owner": {"region": "EMEA"}}""", true)]
    [InlineData("owner.region", """{"owner.region": "EMEA", "owner": {"region": "APAC"}}""", true)]
    [InlineData("owner.region", """{"owner": [{"region": "APAC"}, {"region": "EMEA"}]}""", true)]
    [InlineData("owner.region", """{"owner": "EMEA"}""", false)]
    [InlineData("a.b.c", """{"a.b": {"c": "EMEA"}}""", true)]
    [InlineData("a.b.c", """{"a": {"b.c": "EMEA"}}""", true)]
    [InlineData("owner.region", "{}", false)]
    public void A_field_within_a_field_is_named_after_a_dot(string field, string fields, bool passes) => Assert.Equal(passes, Judge($"{{ field: {field}, equals: EMEA }}", fields));

    [Fact]
    public void All_any_and_not_stand_within_each_other()
    {
        const string Filter = "all: [{ field: a, equals: 1 }, { any: [{ field: b, equals: 2 }, { not: { field: c, exists: true } }] }]";
        Assert.True(Judge($"{{ {Filter} }}", """{"a": 1, "b": 2, "c": 3}"""));
        Assert.True(Judge($"{{ {Filter} }}", """{"a": 1}"""));
        Assert.False(Judge($"{{ {Filter} }}", """{"a": 1, "c": 3}"""));
        Assert.False(Judge($"{{ {Filter} }}", """{"b": 2}"""));
    }

    [Theory]
    [InlineData("{ all: [{ field: a, equals: 1 }, { field: b, equals: 2 }] }", "b must be 2 and is empty")]
    [InlineData("{ any: [{ field: a, equals: 2 }, { field: b, exists: true }] }", "one of these must hold: a must be 2 and is 1; b must have a value and is empty")]
    [InlineData("{ not: { field: a, in: [1, 2] } }", "this must not hold: a must be one of 1, 2, and it is 1")]
    [InlineData("{ not: { any: [{ field: b, exists: true }, { field: a, less: 9 }] } }", "this must not hold: one of these: a must be less than 9, and it is 1")]
    public void What_fails_is_said_with_what_was_seen(string filter, string why) => Assert.Equal(why, Failures.Of(Filter(filter).Judge(Fields("""{"a": 1}"""))));

    [Theory]
    [InlineData("", 1, "is empty")]
    [InlineData("system_of_record: [", 2, "is not YAML")]
    [InlineData("a: &x 1\nb: *x", 1, "anchors and aliases")]
    [InlineData("system_of_record: crm\n---\nfilter: {}", 3, "second document")]
    [InlineData("filter:\n  field: a\n  equals: 1", 1, "system_of_record: is missing")]
    [InlineData("system_of_record: crm\nsystem_of_record: crm", 2, "is not YAML")]
    [InlineData("system_of_record: crm\nfilters: []", 2, "filters: is not known here: write system_of_record, filter or paths")]
    [InlineData("system_of_record: crm\nfilter:\n  equals: 1", 3, "filter: names no field")]
    [InlineData("system_of_record: crm\nfilter:\n  field: a", 3, "filter: asks nothing of the field")]
    [InlineData("system_of_record: crm\nfilter:\n  all: []", 3, "filter.all: is an empty list")]
    [InlineData("system_of_record: crm\nfilter:\n  all: [{ field: a, equals: 1 }]\n  any: [{ field: a, equals: 1 }]", 3, "filter: asks several things at once")]
    [InlineData("system_of_record: crm\nfilter:\n  all:\n    - field: a\n      equals:\n    - field: b\n      less: much", 5, "filter.all[0].equals: has no value")]
    [InlineData("system_of_record: crm\nfilter:\n  all:\n    - field: a\n      equals: 1\n    - field: b\n      less: much", 7, "filter.all[1].less: much is no number")]
    [InlineData("system_of_record: crm\nfilter:\n  field: a\n  matches: '('", 4, "filter.matches: is no pattern")]
    [InlineData("system_of_record: crm\nfilter:\n  field: a\n  matches: '(a)\\1'", 4, "filter.matches: is no pattern")]
    [InlineData("system_of_record: crm\nfilter:\n  field: a\n  exists: maybe", 4, "filter.exists: must be true or false")]
    [InlineData("system_of_record: crm\nfilter:\n  field: a\n  equals: [1, 2]", 4, "filter.equals: is a list; write in")]
    [InlineData("system_of_record: crm\npaths:\n  - where: { field: a, equals: 1 }", 3, "paths[0].system: is missing")]
    [InlineData("system_of_record: crm\npaths:\n  - system: crm", 3, "paths[0].system: is the system of record itself")]
    [InlineData("system_of_record: crm\npaths: billing", 2, "paths: must be a list")]
    public void A_mistake_is_told_with_its_line_and_its_path(string yaml, long line, string problem)
    {
        var reading = RulesFile.Read(yaml);
        Assert.Null(reading.Rules);
        Assert.Contains(reading.Mistakes, mistake => mistake.Line == line && mistake.ToString().Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void All_mistakes_are_found_in_one_reading() => Assert.Equal(3, RulesFile.Read("filter:\n  field: a\npaths:\n  - system:\n").Mistakes.Count);

    [Fact]
    public void Conditions_that_lie_too_deep_are_refused_not_followed()
    {
        var deep = string.Concat(Enumerable.Repeat("{ not: ", 5000)) + "{ field: a, equals: 1 }" + string.Concat(Enumerable.Repeat(" }", 5000));
        Assert.Null(RulesFile.Read($"system_of_record: crm\nfilter: {deep}").Rules);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_a_value_like_another() => Assert.False(Judge("{ field: f, contains: x }", """{"f": "\ud800"}"""));

    private static bool Judge(string filter, string fields) => Filter(filter).Judge(Fields(fields)).Passes;

    private static Criterion Filter(string filter)
    {
        var reading = RulesFile.Read($"system_of_record: crm\nfilter: {filter}");
        Assert.Empty(reading.Mistakes);
        return reading.Rules!.Filter!;
    }

    private static Dictionary<string, JsonElement> Fields(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
