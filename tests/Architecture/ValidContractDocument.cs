using System.Text.Json.Nodes;
using Pipeline.Architecture.Tests.Document;

namespace Pipeline.Architecture.Tests;

public sealed class ValidContractDocument
{
    [Fact]
    public async Task A_parser_that_is_not_ours_finds_nothing_wrong_and_the_schemas_take_what_the_reader_takes()
    {
        var cases = ReaderCases.All();
        var input = new JsonObject { ["document"] = ContractDocument.Text(), ["cases"] = cases.DeepClone() };

        var result = JsonNode.Parse(await Node.RunAsync("tests/Architecture/asyncapi", "validate.mjs", input.ToJsonString()))!;

        var wrong = string.Join('\n', result["wrong"]!.AsArray());
        Assert.True(wrong.Length == 0, wrong);
        Assert.Equal(Message.All.Count, result["examples"]!.GetValue<int>());
        Assert.Equal(cases.Count, result["cases"]!.GetValue<int>());
        Assert.InRange(cases.Count(item => item!["accepted"]!.GetValue<bool>()), 100, cases.Count - 100);
    }

    [Fact]
    public void The_reader_takes_every_example() =>
        Assert.All(Message.All.Where(message => message.IsRead), message => Assert.True(ReaderCases.IsTaken(message, message.Example), message.Exchange));

    [Fact]
    public void Every_field_says_what_it_means() => Assert.All(
        Schemas.All().Where(schema => schema.Value!["properties"] is not null),
        schema => Assert.All(schema.Value!["properties"]!.AsObject(), field => Assert.False(string.IsNullOrEmpty(field.Value?["description"]?.GetValue<string>()), $"{schema.Key}.{field.Key}")));

    [Fact]
    public void Every_header_of_a_dead_letter_says_what_it_means() => Assert.All(DeadLetters.Headers, header => Assert.False(string.IsNullOrEmpty(header.Meaning), header.Name));
}
