using System.Diagnostics;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.TestKit;

/// <summary>A service as a process of its own, as it ships: it can be killed in the middle of whatever it does, and started again.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
    private readonly Dictionary<string, string> _environment;
    private readonly HttpClient _client = new();
    private Process _process;

    private ServiceProcess(string name, Dictionary<string, string> environment, Uri address)
    {
        (Name, _environment, Address) = (name, environment, address);
        _process = Run();
    }

    public Uri Address { get; }

    public string Name { get; }

    public bool HasEnded => _process.HasExited;

    /// <summary>The most memory that it has had, in bytes.</summary>
    public long MostMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts the service and waits until it is ready.</summary>
    public static async Task<ServiceProcess> Start(string name, World world, params (string Name, string Value)[] settings)
    {
        var service = Begin(name, world, settings);
        await service.Ready();
        return service;
    }

    /// <summary>Starts the service, whatever may become of it.</summary>
    public static ServiceProcess Begin(string name, World world, params (string Name, string Value)[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var environment = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        environment["PIPELINE_RABBITMQ"] = world.RabbitMq.ToString();
        environment["PIPELINE_POSTGRES"] = world.Postgres;
        environment["ASPNETCORE_URLS"] = address.ToString();
        environment["Logging__LogLevel__Default"] = "Warning";
        return new ServiceProcess(name, environment, address);
    }

    /// <summary>Waits until it is ready, or has died where it was told to.</summary>
    public Task Ready() => Eventually($"{Name} is ready", async () => (_process.HasExited && _environment.GetValueOrDefault("PIPELINE_CRASH_AT") is { Length: > 0 }) || (await _client.GetAsync(new Uri(Address, "/health/ready"))).IsSuccessStatusCode, TimeSpan.FromSeconds(60));

    /// <summary>Whether it says of itself that it is not ready, with this among its reasons.</summary>
    public async Task<bool> Says(string why)
    {
        using var response = await _client.GetAsync(new Uri(Address, "/health/ready"));
        return !response.IsSuccessStatusCode && (await response.Content.ReadAsStringAsync()).Contains(why, StringComparison.Ordinal);
    }

    /// <summary>As <c>kill -9</c> does: no goodbye, nothing finished.</summary>
    public async Task Kill()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>As a host stops it: SIGTERM, and time to end what is begun.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> Stop()
    {
        Signal("TERM");
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <param name="signal">STOP makes it hang, CONT wakes it up.</param>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>What it answers to the question whether it lives.</summary>
    public async Task<System.Net.HttpStatusCode> Lives()
    {
        using var response = await _client.GetAsync(new Uri(Address, "/health/live"));
        return response.StatusCode;
    }

    /// <param name="settings">Put in the place of those of the same name.</param>
    public void Restart(params (string Name, string Value)[] settings)
    {
        foreach (var (name, value) in settings) _environment[name] = value;
        _process = Run();
    }

    /// <summary>Waits until it has killed itself; fails where it ends otherwise, or lives on.</summary>
    public async Task Died(string where)
    {
        await Eventually($"{Name} has died at {where}", () => Task.FromResult(_process.HasExited), TimeSpan.FromSeconds(40));
        Assert.Equal(128 + 9, _process.ExitCode);
    }

    /// <summary>Starts it again whenever it has ended, as a host does, until the condition holds.</summary>
    /// <returns>How often it ended.</returns>
    public async Task<int> RestartUntil(string what, Func<Task<bool>> condition)
    {
        var deaths = 0;
        await Eventually(what, async () =>
        {
            if (_process.HasExited)
            {
                deaths++;
                _process = Run();
            }

            return await condition();
        }, TimeSpan.FromSeconds(90));
        return deaths;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Kill();
        _process.Dispose();
        _client.Dispose();
    }

    private Process Run()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Repository.Root, "artifacts", "bin", $"Pipeline.{Name}", Configuration, $"Pipeline.{Name}.dll")]);
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
