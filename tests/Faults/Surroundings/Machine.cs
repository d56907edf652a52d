using Docker.DotNet;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace Pipeline.Faults.Tests.Surroundings;

/// <summary>A server in a container that can be killed and started again, under the same port and with the same data.</summary>
/// <param name="Port">On loopback; it stays the same when the container is started again.</param>
public sealed record Machine(IContainer Container, int Port)
{
    private static readonly DockerClient Engine = new DockerClientBuilder().WithEndpoint(TestcontainersSettings.OS.DockerEndpointAuthConfig.Endpoint).Build();

    /// <param name="signal">KILL for a power cut; what else the server knows.</param>
    public Task Signal(string signal) => Engine.Containers.KillContainerAsync(Container.Id, new() { Signal = signal });

    /// <summary>Starts it; returns when the engine has, which is before the server answers.</summary>
    public async Task Start()
    {
        await WaitUntilStopped();
        await Engine.Containers.StartContainerAsync(Container.Id, new());
    }

    public async Task<string> Run(params string[] command)
    {
        var result = await Container.ExecAsync(command);
        return result.ExitCode == 0 ? result.Stdout : throw new InvalidOperationException($"{string.Join(' ', command)}: {result.Stderr}{result.Stdout}");
    }

    public async Task<bool> IsRunning() => (await Engine.Containers.InspectContainerAsync(Container.Id)).State?.Running == true;

    private async Task WaitUntilStopped()
    {
        while (await IsRunning()) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
    }
}
