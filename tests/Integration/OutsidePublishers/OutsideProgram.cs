using System.ComponentModel;
using System.Diagnostics;
using Pipeline.TestKit;

namespace Pipeline.Integration.Tests.OutsidePublishers;

/// <summary>An example of docs/publish.md, run as the page says.</summary>
/// <param name="Program">The interpreter.</param>
/// <param name="Script">The example's file.</param>
internal sealed record OutsideProgram(string Program, string Script)
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "docs", "examples");

    /// <summary>The first Python that has pika: the one on the path need not be the distribution's.</summary>
    public static async Task<OutsideProgram> PythonAsync()
    {
        foreach (var python in new[] { "python3", "/usr/bin/python3" })
        {
            var (exitCode, _) = await RunAsync(python, ["-c", "import pika"], []);
            if (exitCode == 0) return new OutsideProgram(python, "publish.py");
        }

        throw Prerequisite.Missing("Python with pika is not on this machine. Install the package python3-pika.");
    }

    /// <summary>Node, with the client that docs/examples pins.</summary>
    public static async Task<OutsideProgram> NodeAsync()
    {
        if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
        {
            var (exitCode, output) = await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], []);
            if (exitCode is null) throw Prerequisite.Missing("Node is not on this machine. Install nodejs and npm, 20 or later.");
            Assert.True(exitCode == 0, output);
        }

        return new OutsideProgram("node", "publish.mjs");
    }

    /// <summary>Publishes the file, and says how it ended and what was printed.</summary>
    public Task<(int? ExitCode, string Output)> PublishAsync(Uri broker, string exchange, string file, string traceParent) =>
        RunAsync(Program, [Script, exchange, file], new() { ["PIPELINE_RABBITMQ"] = broker.ToString(), ["TRACEPARENT"] = traceParent });

    private static async Task<(int? ExitCode, string Output)> RunAsync(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + await error);
        }
        catch (Win32Exception)
        {
            return (null, $"{program} is not on this machine.");
        }
    }
}
