using System.CommandLine;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;

namespace Pipeline.Cli.Commands;

internal static class WhyCommand
{
    public static ExampledCommand Of(Terminal terminal)
    {
        var source = new Argument<string>("SOURCE") { Description = "The system that the object comes from, as it names itself." };
        var type = new Argument<string>("TYPE") { Description = "The object type." };
        var id = new Argument<string>("NATIVE_ID") { Description = "The id that the object has in its system, exactly." };
        var command = new ExampledCommand("why", "Why an object is where it is: accepted, parked or dead-lettered.", "pipeline why portal booking BK-80001") { source, type, id };
        return command.Asking(
            terminal, asked => $"why?source={Escaped(asked, source)}&type={Escaped(asked, type)}&id={Escaped(asked, id)}", PipelineJson.Report.WhyReport, WhyScreen.Of);
    }

    private static string Escaped(ParseResult asked, Argument<string> argument) => Uri.EscapeDataString(asked.GetRequiredValue(argument));
}
