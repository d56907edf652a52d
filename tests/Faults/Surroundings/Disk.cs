using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Volumes;

namespace Pipeline.Faults.Tests.Surroundings;

/// <summary>A small disk of a server's own, which can be filled. It lives in memory, and a second container holds it while the server is down.</summary>
public sealed class Disk : IAsyncDisposable
{
    private const string Place = "/disk";
    private readonly IContainer _holder;

    private Disk(IVolume volume, IContainer holder) => (Volume, _holder) = (volume, holder);

    public IVolume Volume { get; }

    public static async Task<Disk> Make(int megabytes)
    {
        var volume = new VolumeBuilder().WithName($"faults-{Guid.CreateVersion7():N}").WithCreateParameterModifier(create =>
            (create.Driver, create.DriverOpts) = ("local", new Dictionary<string, string> { ["type"] = "tmpfs", ["device"] = "tmpfs", ["o"] = $"size={megabytes}m,mode=0777" })).Build();
        await volume.CreateAsync();
        var holder = new ContainerBuilder("postgres:17").WithEntrypoint("sleep", "infinity").WithVolumeMount(volume, Place).Build();
        await holder.StartAsync();
        return new Disk(volume, holder);
    }

    /// <summary>Takes all the room but this much.</summary>
    public Task Fill(int butMegabytes) => _holder.ExecAsync(["sh", "-c",
        $"dd if=/dev/zero of={Place}/filler bs=1M count=$(( $(df -m --output=avail {Place} | tail -1) - {butMegabytes} )); [ {butMegabytes} -gt 0 ] || dd if=/dev/zero of={Place}/filler2 bs=1k"]);

    public Task Free() => _holder.ExecAsync(["rm", "-f", $"{Place}/filler", $"{Place}/filler2"]);

    public async ValueTask DisposeAsync()
    {
        await _holder.DisposeAsync();
        await Volume.DisposeAsync();
    }
}
