namespace Pipeline.VendorSimulator.Settings;

/// <summary>What concerns the simulator as a whole. Each system keeps its own settings in its own folder.</summary>
[Settings("Simulator")]
public sealed class SimulatorSettings
{
    [Setting("The seed of all data and all faults: the same seed gives the same rows, messages and faults.", Minimum = 0, Maximum = int.MaxValue)]
    public int Seed { get; set; } = 20261124;

    [Setting("The systems that are played, by their names with commas; \"all\" plays all.")]
    public string Systems { get; set; } = "all";

    [Setting("Publish as the outside systems \"portal\" and \"product\" to the broker named by PIPELINE_RABBITMQ.")]
    public bool Publish { get; set; }

    [Setting("Messages a second that \"portal\" sends.", Minimum = 1, Maximum = 20_000)]
    public int PublishPerSecond { get; set; } = 200;
}
