using System.ComponentModel;
using System.Diagnostics;
using Pipeline.Architecture.Tests.Approvals;

namespace Pipeline.Architecture.Tests.Document;

/// <summary>Runs a script of Node with the packages that its folder pins.</summary>
internal static class Node
{
    /// <summary>What the script writes for this input. Where there is no Node, the test is skipped on a desk and fails on CI.</summary>
    public static async Task<string> RunAsync(string folder, string script, string input)
    {
        var path = Repository.PathOf(folder);
        try
        {
            if (!IsInstalled(path)) _ = await RunAsync(path, "npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], "");
            return await RunAsync(path, "node", [script], input);
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip("Node is not on this machine. Install nodejs and npm, 20 or later.");
            throw;
        }
    }

    private static bool IsInstalled(string folder)
    {
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        return installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json"));
    }

    private static async Task<string> RunAsync(string folder, string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
        return await output;
    }
}
