using Pipeline.Cli.Screens;
using Pipeline.Contracts;

namespace Pipeline.Cli.Commands;

internal static class ParkedCommand
{
    public static ExampledCommand Of(Terminal terminal)
    {
        var list = new ExampledCommand("list", "The keys that parked objects wait for.", "pipeline parked list", "pipeline parked list --json | jq '.[0].claim'")
            .Asking(terminal, _ => "parked", PipelineJson.Report.IReadOnlyListParkedLine, ParkedScreen.Of);
        return new ExampledCommand("parked", "Objects that wait for their account.", "pipeline parked list") { list };
    }
}
