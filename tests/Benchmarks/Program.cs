using System.CommandLine;
using Pipeline.Benchmarks;
using Pipeline.Benchmarks.Peers;
using Pipeline.Benchmarks.Report;
using Pipeline.Benchmarks.Workloads;
using Spectre.Console;

var workloads = new Option<string?>("--workloads", "-w") { Description = $"Which workloads, by commas; all where nothing is said.{Listed(AllWorkloads.List.Select(workload => (workload.Name, workload.Question)))}" };
var peers = new Option<string?>("--peers", "-p") { Description = $"Which peers, by commas; all where nothing is said, and in the small form raw and pipeline (plain for W9); as pipeline:4, so many processes of it.{Listed(AllPeers.List.Select(peer => (peer.Name, peer.What)))}" };
var small = new Option<bool>("--small") { Description = "The small sizes, once, and no peers that take long but those that are named: about ten minutes" };
var repeats = new Option<int?>("--repeats", "-r") { Description = "How often each cell is run, 1 to 20; 5 where nothing is said, 1 in the small form" };
var profiled = new Option<bool>("--profile") { Description = "Prints what each SQL statement of a drain costs; the database is a little slower by it" };
var file = new Option<string>("--out", "-o") { Description = "Where the figures go", DefaultValueFactory = _ => "artifacts/bench/results.json" };

var root = new RootCommand("Measures whole paths of the pipeline beside peers that do the same job, each with a broker and a database of its own in containers.") { workloads, peers, small, repeats, profiled, file };
root.SetAction(async parsed =>
{
    var isSmall = parsed.GetValue(small);
    var chosen = Chosen(parsed.GetValue(workloads), AllWorkloads.List, AllWorkloads.Named).SelectMany(workload =>
        Chosen(parsed.GetValue(peers), [.. AllPeers.List.Where(peer => !isSmall || workload.PeersInSmall.Contains(peer.Role))], AllPeers.Named)
            .Where(peer => workload.Peers.Contains(peer.Role)).Select(peer => (workload, peer))).ToList();
    if (chosen.Count == 0) throw new BenchmarkException("None of these workloads is for any of these peers.");
    var times = Math.Clamp(parsed.GetValue(repeats) ?? (isSmall ? 1 : 5), 1, 20);
    var session = new Session(chosen, times, new Sizes(isSmall), parsed.GetValue(profiled), parsed.GetValue(file)!, TimeProvider.System, AnsiConsole.Console);
    var results = await session.RunAsync();
    FigureTable.Write(results.Summaries, AnsiConsole.Console);
    var picture = Path.ChangeExtension(parsed.GetValue(file)!, "png");
    Picture.Draw(results.Summaries, picture);
    AnsiConsole.MarkupLineInterpolated($"Written: {parsed.GetValue(file)}, {picture}");
    return results.Runs.Any(run => run.Failure is not null) ? 1 : 0;
});

var files = new Argument<FileInfo[]>("results") { Description = "Files of figures, oldest first", Arity = ArgumentArity.OneOrMore }.AcceptExistingOnly();
var folder = new Option<DirectoryInfo>("--to") { Description = "The folder of the page and the picture", DefaultValueFactory = _ => new DirectoryInfo("docs") };
var report = new Command("report", "Makes a page and a picture of figures that were measured before: of each workload the newest.") { files, folder };
report.SetAction(parsed =>
{
    var sessions = parsed.GetValue(files)!.Select(one => BenchmarkResults.Read(one.FullName)).ToList();
    var to = parsed.GetValue(folder)!;
    Picture.Draw([.. FiguresPage.Newest(sessions).SelectMany(one => one.Session.Summaries.Where(summary => summary.Workload == one.Workload))], Path.Combine(to.FullName, "benchmark.png"));
    File.WriteAllText(Path.Combine(to.FullName, "benchmark-figures.md"), FiguresPage.Of(sessions, "benchmark.png"));
    AnsiConsole.MarkupLineInterpolated($"Written: {Path.Combine(to.Name, "benchmark-figures.md")}, {Path.Combine(to.Name, "benchmark.png")}");
});
root.Add(report);

var role = new Argument<string>("peer");
var serve = new Command("serve", "Runs one peer; the benchmark calls this itself.") { role };
serve.Hidden = true;
serve.SetAction(parsed => Serving.RunAsync(AllPeers.Served.Single(served => served.Role == parsed.GetValue(role)), new Addresses(new Uri(Given("BENCH_BROKER")), Given("BENCH_DATABASE"), new Uri(Given("BENCH_HTTP")))));
root.Add(serve);

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (BenchmarkException mistake)
{
    await Console.Error.WriteLineAsync(mistake.Message);
    return 2;
}

static string Listed(IEnumerable<(string Name, string What)> choices) => string.Concat(choices.Select(choice => $"\n{choice.Name}: {choice.What}"));

static string Given(string name) => Environment.GetEnvironmentVariable(name) ?? throw new BenchmarkException($"{name} is not set.");

static IEnumerable<T> Chosen<T>(string? names, IReadOnlyList<T> all, Func<string, T> named) => names is null ? all : names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(named);
