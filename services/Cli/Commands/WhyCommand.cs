using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Cli.Commands;

internal static class WhyCommand
{
    public static ExampledCommand Of(Terminal terminal)
    {
        var source = new Argument<string>("SOURCE") { Description = "The system that the object comes from, as it names itself." };
        var type = new Argument<string>("TYPE") { Description = "The object type." };
        var id = new Argument<string>("NATIVE_ID") { Description = "The id that the object has in its system, exactly." };
        var at = new Option<DateTimeOffset?>("--at") { Description = "The observed_at of a usage event, which is part of what it is known by.", CustomParser = Time };
        var command = new ExampledCommand("why", "Why an object is where it is: accepted, parked or dead-lettered.",
            "pipeline why portal booking BK-80001", "pipeline why product usage_event 01JDF3Z8Q7 --at 2026-11-24T09:30:00.25Z") { source, type, id, at };
        return command.Asking(
            terminal, asked => $"why?source={Escaped(asked, source)}&type={Escaped(asked, type)}&id={Escaped(asked, id)}{At(asked, at)}", PipelineJson.Report.WhyReport, WhyScreen.Of);
    }

    private static DateTimeOffset? Time(ArgumentResult given)
    {
        if (WireTime.Parse(given.Tokens[0].Value) is { } time) return time;
        given.AddError("--at is not a time with its offset. Write 2026-11-24T09:30:00Z.");
        return null;
    }

    private static string At(ParseResult asked, Option<DateTimeOffset?> option) =>
        asked.GetValue(option) is { } at ? $"&at={Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture))}" : "";

    private static string Escaped(ParseResult asked, Argument<string> argument) => Uri.EscapeDataString(asked.GetRequiredValue(argument));
}
