using System.CommandLine;
using System.Text.Json;
using Pipeline.Cli.Office;
using Pipeline.Cli.Screens;
using Pipeline.Contracts;
using Pipeline.Contracts.Operations;

namespace Pipeline.Cli.Commands;

/// <summary>What is done with many letters at once. The office does it; who breaks off here breaks off nothing there.</summary>
internal static class BulkCommand
{
    private const string Id = "0198b2c4-5d1e-7c3a-9f00-2a6f5b1d7e10";

    public static ExampledCommand Replay(Terminal terminal)
    {
        var (selection, sending, repairing) = (new Selection(terminal), new Sending(), new Repairing());
        var command = new ExampledCommand(
            "replay", "Sends letters again: one, several, a group, or all that a query finds. Begins with 1, then 10, then 100, and stops where they die again.",
            $"pipeline dead-letters replay {Id} --reason 'the account was loaded'", "pipeline dead-letters replay --query 'reason:account_never_appeared source:desk' --pace 50 --reason 'accounts were loaded'",
            "pipeline dead-letters replay --group 5b1d7e10-0198-8c3a-9f00-2a6f5b1d7e10 --set account_id='\"Nordwind-0042\"' --dry-run --reason 'wrong id'",
            $"pipeline dead-letters replay {Id} --to-queue billing --reason 'billing listens there now'");
        selection.AddTo(command);
        sending.AddTo(command);
        repairing.AddTo(command);
        command.SetAction(async (asked, cancellation) =>
        {
            var (order, mistake) = selection.Order(asked, "replay");
            if (order is null) return Wrong(terminal, mistake);
            var (steps, unread) = repairing.Steps(asked);
            return unread is not null ? Wrong(terminal, unread) : await RunAsync(terminal, sending.On(asked, order) with { Repair = steps }, asked.GetValue(selection.DryRun), asked.GetValue(sending.Detach), asked.GetValue(selection.Json), cancellation);
        });
        return command;
    }

    public static ExampledCommand Edit(Terminal terminal)
    {
        var id = new Argument<Guid>("ID") { Description = "The letter." };
        var file = new Option<string?>("--file") { HelpName = "FILE", Description = "The body to send, whole." };
        var (dryRun, json, author, reason, repairing) = (DryRunOption(), Query.JsonOption(), Signed.Author(terminal), Signed.Reason(), new Repairing());
        var command = new ExampledCommand(
            "edit", "Sends one letter with another body; the letter keeps its own. With --dry-run it shows both and says what would still be wrong.",
            $"pipeline dead-letters edit {Id} --set account_id='\"Nordwind-0042\"' --reason 'typed wrongly'", $"pipeline dead-letters edit {Id} --file corrected.json --dry-run --reason 'typed wrongly'") { id, file, dryRun, json, author, reason };
        repairing.AddTo(command);
        command.SetAction(async (asked, cancellation) =>
        {
            var (steps, unread) = repairing.Steps(asked);
            if (unread is not null) return Wrong(terminal, unread);
            if ((asked.GetValue(file) is null) == (steps is null)) return Wrong(terminal, "Say what to change: --file with the whole body, or --set, --rename, --replace, --remove.");
            if (asked.GetValue(file) is { } path && !File.Exists(path)) return Wrong(terminal, $"There is no file {path}.");
            var body = asked.GetValue(file) is { } given ? await File.ReadAllTextAsync(given, cancellation) : null;
            var order = new OperationOrder { Kind = "replay", Letters = [asked.GetValue(id)], Author = asked.GetValue(author) ?? "", Reason = asked.GetRequiredValue(reason), Body = body, Repair = steps };
            return await RunAsync(terminal, order, asked.GetValue(dryRun), detach: false, asked.GetValue(json), cancellation);
        });
        return command;
    }

    public static ExampledCommand Discard(Terminal terminal) => Plain(terminal, "discard", "Lays letters aside. They can be restored until their time is up, which the list shows.", $"pipeline dead-letters discard {Id} --reason 'a test'");

    public static ExampledCommand Restore(Terminal terminal) =>
        Plain(terminal, "restore", "Takes discarded letters back.", $"pipeline dead-letters restore {Id} --reason 'no test after all'", "pipeline dead-letters restore --query 'state:discarded source:desk' --reason 'no test after all'");

    private static ExampledCommand Plain(Terminal terminal, string kind, string description, params string[] examples)
    {
        var selection = new Selection(terminal);
        var command = new ExampledCommand(kind, description, examples);
        selection.AddTo(command);
        command.SetAction(async (asked, cancellation) =>
        {
            var (order, mistake) = selection.Order(asked, kind);
            return order is null ? Wrong(terminal, mistake) : await RunAsync(terminal, order, asked.GetValue(selection.DryRun), detach: false, asked.GetValue(selection.Json), cancellation);
        });
        return command;
    }

    private static Option<bool> DryRunOption() => new("--dry-run") { Description = "Change nothing: show what would be done, with samples, and check every body as it would be sent." };

    private static int Wrong(Terminal terminal, string? mistake)
    {
        terminal.Error.WriteLine(mistake);
        return Exit.WrongUsage;
    }

    private static async Task<int> RunAsync(Terminal terminal, OperationOrder order, bool dryRun, bool detach, bool json, CancellationToken cancellation)
    {
        using var office = OfficeClient.Of(terminal, TimeSpan.FromMinutes(2));
        var wanted = JsonSerializer.SerializeToUtf8Bytes(order, PipelineJson.Report.OperationOrder);
        if (dryRun)
        {
            var preview = await office.OrderAsync("operations/preview?dryRun=true", wanted, cancellation);
            if (preview.ExitCode != Exit.Done) return Query.Fail(terminal, preview);
            await Query.PrintAsync(terminal, preview.Body!, JsonSerializer.Deserialize(preview.Body!, PipelineJson.Report.OperationPreview)!, json, OperationScreen.Of);
            return Exit.Done;
        }

        var taken = await office.OrderAsync("operations", wanted, cancellation, Guid.CreateVersion7(terminal.Time.GetUtcNow()).ToString()); // sent again by the network, it is done once
        if (taken.ExitCode != Exit.Done) return Query.Fail(terminal, taken);
        var operation = JsonSerializer.Deserialize(taken.Body!, PipelineJson.Report.OperationReport)!;
        return detach ? await EndAsync(terminal, taken, json) : await FollowAsync(terminal, office, operation.Id, json, cancellation);
    }

    /// <summary>Until the operation runs no more; exits with 1 where not every letter is where it should be.</summary>
    public static async Task<int> FollowAsync(Terminal terminal, OfficeClient office, Guid id, bool json, CancellationToken cancellation)
    {
        var last = await Progress.UntilAsync(
            terminal, office, $"operations/{id}", PipelineJson.Report.OperationReport, report => report.State is not "running", OperationScreen.Line, cancellation);
        return last.ExitCode != Exit.Done ? Query.Fail(terminal, last) : await EndAsync(terminal, last, json);
    }

    private static async Task<int> EndAsync(Terminal terminal, OfficeAnswer answer, bool json)
    {
        var report = JsonSerializer.Deserialize(answer.Body!, PipelineJson.Report.OperationReport)!;
        await Query.PrintAsync(terminal, answer.Body!, report, json, OperationScreen.Of);
        return report.State is "done" or "running" && report.Fates["dead_again"] + report.Fates["unknown"] + report.Fates["left"] == 0 ? Exit.Done : Exit.Refused;
    }

    /// <summary>Which letters, by whom and why.</summary>
    private sealed class Selection(Terminal terminal)
    {
        private readonly Argument<Guid[]> _ids = new("ID") { Arity = ArgumentArity.ZeroOrMore, Description = "Letters by their ids." };
        private readonly Option<string?> _query = new("--query") { HelpName = "QUERY", Description = "All that a search finds, as `pipeline dead-letters list` takes it." };
        private readonly Option<Guid?> _group = new("--group") { HelpName = "KEY", Description = "All of a group." };
        private readonly Option<bool> _all = new("--all") { Description = "All there are." };
        private readonly Option<long?> _most = new("--most") { HelpName = "N", Description = "At most so many of them, the oldest first." };
        private readonly Option<string?> _author = Signed.Author(terminal);
        private readonly Option<string> _reason = Signed.Reason();

        public Option<bool> DryRun { get; } = DryRunOption();

        public Option<bool> Json { get; } = Query.JsonOption();

        public void AddTo(Command command)
        {
            command.Add(_ids);
            foreach (var option in (Option[])[_query, _group, _all, _most, _author, _reason, DryRun, Json]) command.Add(option);
        }

        public (OperationOrder? Order, string? Mistake) Order(ParseResult asked, string kind)
        {
            var ids = asked.GetValue(_ids) ?? [];
            var ways = (ids.Length > 0 ? 1 : 0) + (asked.GetValue(_query) is not null ? 1 : 0) + (asked.GetValue(_group) is not null ? 1 : 0) + (asked.GetValue(_all) ? 1 : 0);
            if (ways != 1) return (null, "Say which letters in one way: ids, --query, --group or --all.");
            return (new OperationOrder
            {
                Kind = kind,
                Letters = ids.Length > 0 ? ids : null,
                Query = asked.GetValue(_query) ?? (asked.GetValue(_group) is { } group ? $"group:{group}" : asked.GetValue(_all) ? "" : null),
                Most = asked.GetValue(_most),
                Author = asked.GetValue(_author) ?? "",
                Reason = asked.GetRequiredValue(_reason),
            }, null);
        }
    }

    /// <summary>Where to and how fast.</summary>
    private sealed class Sending
    {
        private readonly Option<double?> _pace = new("--pace") { HelpName = "N", Description = "Messages a second, 0.1 to 5000; 200 where it is left out." };
        private readonly Option<bool> _noRamp = new("--no-ramp") { Description = "Send all at that pace from the beginning." };
        private readonly Option<double?> _stopAt = new("--stop-at") { HelpName = "SHARE", Description = "Stop once more than this share has died again, 0 to 1; 0.5 where it is left out." };
        private readonly Option<string?> _exchange = new("--to-exchange") { HelpName = "NAME", Description = "Send to this exchange in place of where they came from." };
        private readonly Option<string?> _key = new("--routing-key") { HelpName = "KEY", Description = "With --to-exchange." };
        private readonly Option<string?> _queue = new("--to-queue") { HelpName = "NAME", Description = "Send straight to this queue in place of where they came from." };

        public Option<bool> Detach { get; } = new("--detach") { Description = "Do not wait for the end: `pipeline operations show` tells of it." };

        public void AddTo(Command command)
        {
            foreach (var option in (Option[])[_pace, _noRamp, _stopAt, _exchange, _key, _queue, Detach]) command.Add(option);
        }

        public OperationOrder On(ParseResult asked, OperationOrder order) => order with
        {
            Pace = asked.GetValue(_pace),
            Ramp = !asked.GetValue(_noRamp),
            StopAt = asked.GetValue(_stopAt),
            Exchange = asked.GetValue(_queue) is not null ? "" : asked.GetValue(_exchange),
            RoutingKey = asked.GetValue(_queue) ?? asked.GetValue(_key),
        };
    }

    /// <summary>What is changed on the way.</summary>
    private sealed class Repairing
    {
        private readonly Option<string[]> _set = Many("--set", "PATH=JSON", "Give a field this value: --set account_id='\"A-1\"', --set data.vip=true.");
        private readonly Option<string[]> _rename = Many("--rename", "PATH=NAME", "Give a field this name.");
        private readonly Option<string[]> _replace = Many("--replace", "PATH=FROM=TO", "Replace a text within a field.");
        private readonly Option<string[]> _remove = Many("--remove", "PATH", "Take a field out.");

        public void AddTo(Command command)
        {
            foreach (var option in (Option[])[_set, _rename, _replace, _remove]) command.Add(option);
        }

        public (IReadOnlyList<RepairStep>? Steps, string? Mistake) Steps(ParseResult asked)
        {
            var steps = new List<RepairStep>();
            foreach (var text in asked.GetValue(_rename) ?? [])
                if (text.Split('=', 2) is [var path, var name]) steps.Add(new("rename", path, JsonSerializer.SerializeToElement(name)));
                else return (null, $"--rename takes PATH=NAME, not '{text}'.");
            foreach (var text in asked.GetValue(_replace) ?? [])
                if (text.Split('=', 3) is [var path, var from, var to]) steps.Add(new("replace", path, From: from, To: to));
                else return (null, $"--replace takes PATH=FROM=TO, not '{text}'.");
            foreach (var path in asked.GetValue(_remove) ?? []) steps.Add(new("remove", path));
            foreach (var text in asked.GetValue(_set) ?? [])
                if (text.Split('=', 2) is [var path, var value] && Value(value) is { } json) steps.Add(new("set", path, json));
                else return (null, $"--set takes PATH=JSON, not '{text}'. A text is put in quotes: --set {text.Split('=')[0]}='\"value\"'.");
            return (steps.Count == 0 ? null : steps, null);
        }

        private static JsonElement? Value(string json)
        {
            try
            {
                return JsonElement.Parse(json);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        private static Option<string[]> Many(string name, string help, string description) => new(name) { HelpName = help, Description = description, AllowMultipleArgumentsPerToken = false };
    }
}
