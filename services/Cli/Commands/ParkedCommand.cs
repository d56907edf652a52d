using System.CommandLine;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;

namespace Pipeline.Cli.Commands;

internal static class ParkedCommand
{
    private const int Usual = 20;

    public static ExampledCommand Of(Terminal terminal)
    {
        var limit = new Option<int>("--limit") { Description = $"How many keys to list, 1 to 1000; {Usual} where it is left out.", DefaultValueFactory = _ => Usual };
        limit.Validators.Add(given =>
        {
            if (given.Tokens.Count > 0 && int.TryParse(given.Tokens[0].Value, out var keys) && keys is < 1 or > 1000) given.AddError("--limit takes 1 to 1000.");
        });
        var near = new Option<bool>("--near") { Description = "Only keys that look like a known one, or like a word for nothing." };
        var list = new ExampledCommand(
            "list", "The keys that objects wait for, the most wanted first, with what is spelled nearly so and how many objects it would free.",
            "pipeline parked list", "pipeline parked list --near", "pipeline parked list --json | jq '.[0].near_misses'") { limit, near }
            .Asking(terminal, asked => $"parked?limit={asked.GetValue(limit)}&near={(asked.GetValue(near) ? "true" : "false")}", PipelineJson.Report.IReadOnlyListParkedLine, ParkedScreen.Of);
        return new ExampledCommand("parked", "Objects that wait for their account.", "pipeline parked list") { list };
    }
}
