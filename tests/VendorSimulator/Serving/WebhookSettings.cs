using Pipeline.VendorSimulator.Settings;

namespace Pipeline.VendorSimulator.Serving;

/// <summary>Where webhooks go, and how carelessly they are sent.</summary>
[Settings("Simulator:Webhooks")]
public sealed class WebhookSettings
{
    [Setting("Where deliveries are posted, as http://127.0.0.1:8081/webhooks; the system's name is put behind it. \"off\" sends none.")]
    public string Target { get; set; } = "off";

    [Setting("Every n-th delivery of a system is sent twice; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int RepeatEvery { get; set; } = 3;

    [Setting("Every n-th delivery of a system, from the first, is sent once before by somebody without the key; 0 for none.", Minimum = 0, Maximum = 1_000_000)]
    public int ForgeEvery { get; set; } = 5;
}
