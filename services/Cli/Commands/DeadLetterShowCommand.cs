using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Cli.Office;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;

namespace Pipeline.Cli.Commands;

/// <summary>One dead letter: why it is here, what was done with it, and its body as it came.</summary>
internal static class DeadLetterShowCommand
{
    public static ExampledCommand Of(Terminal terminal)
    {
        var id = new Argument<Guid>("ID") { Description = "The id of the dead letter, as the list shows it." };
        var json = Query.JsonOption();
        var command = new ExampledCommand(
            "show", "One dead letter: why it is here, what was done with it, and its body. That you looked is noted.", "pipeline dead-letters show 0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e10",
            "pipeline dead-letters show 0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e10 --json | jq -r .body_base64 | base64 -d") { id, json };
        command.SetAction(async (asked, cancellation) =>
        {
            using var office = OfficeClient.Of(terminal);
            var answer = await office.AskAsync($"dead-letters/{asked.GetValue(id)}", cancellation);
            if (answer.Body is not { } bytes) return Query.Fail(terminal, answer);
            if (asked.GetValue(json))
            {
                await terminal.Out.WriteLineAsync(Json(bytes));
                return Exit.Done;
            }

            var report = JsonSerializer.Deserialize(bytes, PipelineJson.Report.DeadLetterReport)!;
            terminal.Show(DeadLettersScreen.Of(report));
            var body = report.BodyBase64 is { } whole ? LetterBody.Of(Convert.FromBase64String(whole)) : LetterBody.Of(Encoding.UTF8.GetBytes(report.Body ?? "(not shown to readers)"));
            await terminal.Out.WriteLineAsync($"\n{body}"); // as it is: a laid out line would break where the terminal ends
            return Exit.Done;
        });
        return command;
    }

    /// <summary>The fields of the list's line, and beside them what only this letter is asked for.</summary>
    private static string Json(byte[] report)
    {
        var whole = JsonNode.Parse(report)!.AsObject();
        var letter = whole["letter"]!.AsObject();
        whole.Remove("letter");
        foreach (var (name, value) in whole.ToList())
        {
            whole.Remove(name);
            letter[name] = value;
        }

        return letter.ToJsonString(PipelineJson.Report.Options);
    }
}
