using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Cli.Office;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;
using Spectre.Console;

namespace Pipeline.Cli.Commands;

/// <summary>One dead letter: its line, and its body as it came.</summary>
internal static class DeadLetterShowCommand
{
    public static ExampledCommand Of(Terminal terminal)
    {
        var id = new Argument<Guid>("ID") { Description = "The id of the dead letter, as the list shows it." };
        var json = Query.JsonOption();
        var command = new ExampledCommand(
            "show", "One dead letter: why it is here, and its body.", "pipeline dead-letters show 0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e10",
            "pipeline dead-letters show 0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e10 --json | jq -r .body_base64 | base64 -d") { id, json };
        command.SetAction(async (asked, cancellation) =>
        {
            using var office = OfficeClient.Of(terminal);
            var body = await office.AskAsync($"dead-letters/{asked.GetValue(id)}/body", cancellation);
            if (body.Body is not { } bytes) return Query.Fail(terminal, body);
            var lines = await office.AskAsync($"dead-letters?limit={DeadLettersCommand.MostLetters}", cancellation);
            if (lines.Body is not { } listed) return Query.Fail(terminal, lines);
            Show(terminal, asked.GetValue(id), listed, bytes, asked.GetValue(json));
            return Exit.Done;
        });
        return command;
    }

    private static void Show(Terminal terminal, Guid id, byte[] listed, byte[] body, bool json)
    {
        // The office lists its newest letters only; of an older one there is the body alone.
        var line = JsonSerializer.Deserialize(listed, PipelineJson.Report.IReadOnlyListDeadLetterLine)!.FirstOrDefault(letter => letter.Id == id);
        if (json)
        {
            terminal.Out.WriteLine(Json(id, line, body));
            return;
        }

        terminal.Show(line is null ? new Text($"{id}: older than the {DeadLettersCommand.MostLetters} that are listed; here is its body") : DeadLettersScreen.Of(line));
        terminal.Out.WriteLine($"\n{LetterBody.Of(body)}"); // as it is: a laid out line would break where the terminal ends
    }

    /// <summary>The fields of the line as the office gives them, and the body: as text where it is text, and in any case byte for byte.</summary>
    public static string Json(Guid id, DeadLetterLine? line, byte[] body)
    {
        var letter = line is null ? new JsonObject { ["id"] = id } : JsonSerializer.SerializeToNode(line, PipelineJson.Report.DeadLetterLine)!.AsObject();
        letter["body"] = LetterBody.Text(body);
        letter["body_base64"] = Convert.ToBase64String(body);
        return letter.ToJsonString(PipelineJson.Report.Options);
    }
}
