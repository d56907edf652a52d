using System.Diagnostics;

namespace Pipeline.TestKit.Finding;

/// <summary>Private instances from the distribution's packages: infra/scripts/services-up, which stay up for the next run.</summary>
public static class PackagedServers
{
    public static Task<Search> Look(Func<string, string?> environment) => Up(Path.Combine(Repository.Root, ".run"), "");

    /// <param name="run">The folder that shall own data, logs and addresses.</param>
    /// <param name="force">docker, local, or nothing to let the script choose.</param>
    public static async Task<Search> Up(string run, string force)
    {
        if (!OperatingSystem.IsLinux()) return Search.Nothing("The distribution's packages are for Linux alone.");
        var (exitCode, output) = await Script("services-up", run, force);
        if (exitCode != 0) return Search.Nothing($"infra/scripts/services-up failed: {output}");
        var addresses = await Addresses(Path.Combine(run, "env"));
        return await GivenServers.Look(addresses.GetValueOrDefault) is { Found: { } found }
            ? Search.Success(found with { Source = "infra/scripts/services-up" })
            : Search.Nothing($"infra/scripts/services-up wrote no addresses to {run}/env.");
    }

    public static async Task<string> Down(string run) => (await Script("services-down", run, "", "--purge")).Output;

    private static async Task<(int ExitCode, string Output)> Script(string name, string run, string force, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "infra/scripts", name), arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["PIPELINE_RUN"] = run, ["PIPELINE_SERVICES"] = force },
        };
        if (force.Length > 0) start.Environment.Remove(GivenServers.RabbitMq);
        if (force.Length > 0) start.Environment.Remove(GivenServers.Postgres);
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output).Trim());
    }

    private static async Task<Dictionary<string, string?>> Addresses(string file) =>
        (await File.ReadAllLinesAsync(file))
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => (string?)pair[1].Trim('\''));
}
