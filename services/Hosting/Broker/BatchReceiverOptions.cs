using System.ComponentModel.DataAnnotations;

namespace Pipeline.Hosting.Broker;

/// <summary>How one queue is read. Configured under <c>Receivers:&lt;queue&gt;</c>.</summary>
public sealed class BatchReceiverOptions
{
    /// <summary>The most messages decided in one transaction. 1 to 5,000; 1,000 by default. Under light load batches are as small as what has arrived, so latency stays low.</summary>
    [Range(1, 5000)]
    public int BatchSize { get; set; } = 1000;

    /// <summary>The most bytes of bodies in one batch, in MiB, so that large messages do not fill the memory. 1 to 256; 16 by default.</summary>
    [Range(1, 256)]
    public int BatchMebibytes { get; set; } = 16;

    /// <summary>How many batches are decided side by side, each on its own channel and database connection. 1 to 16; 2 by default.</summary>
    [Range(1, 16)]
    public int Workers { get; set; } = 2;

    /// <summary>How often a message that the handler fails on is tried before it is put among the dead: in ever smaller batches, at last alone. 1 to 10; 5 by default.</summary>
    [Range(1, 10)]
    public int Attempts { get; set; } = 5;
}
