using System.Diagnostics;
using RabbitMQ.Client;

namespace Pipeline.Faults.Tests.Load;

/// <summary>
/// Publishes as a careful outsider does: persistent, mandatory, at a pace; what is not confirmed is published again. Every name goes
/// into a file before its message is published, and again when it is confirmed.
/// </summary>
/// <param name="brokers">The nodes of one broker; one after the other is tried.</param>
public sealed class Publisher(IReadOnlyList<Uri> brokers, string log, int perSecond)
{
    /// <summary>Messages on their way at once: a twentieth of a second's, so that the pace is kept and the broker's answers are not what it waits for.</summary>
    private readonly int _window = Math.Max(100, perSecond / 20);
    private long _confirmed;

    /// <summary>Messages that the broker has confirmed.</summary>
    public long Confirmed => Interlocked.Read(ref _confirmed);

    /// <summary>How often it had to begin anew.</summary>
    public int Reconnected { get; private set; }

    public async Task PublishAsync(IReadOnlyList<Sent> messages)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        await using var file = new StreamWriter(log);
        var clock = Stopwatch.StartNew();
        IConnection? connection = null;
        IChannel? channel = null;
        try
        {
            for (var at = 0; at < messages.Count;)
            {
                var window = messages.Skip(at).Take(_window).ToList();
                foreach (var sent in window) await file.WriteLineAsync($"published {sent.Name}");
                try
                {
                    if (channel is not { IsOpen: true })
                    {
                        if (connection is not null) await connection.DisposeAsync();
                        connection = await new ConnectionFactory { Uri = brokers[Reconnected % brokers.Count], ClientProvidedName = "faults", AutomaticRecoveryEnabled = false, RequestedHeartbeat = TimeSpan.FromSeconds(5) }.CreateConnectionAsync();
                        channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true, null));
                    }

                    await Task.WhenAll(window.Select(sent => channel.BasicPublishAsync(sent.Exchange, "", mandatory: true,
                        new BasicProperties { Persistent = true, ContentType = "application/json" }, sent.Body).AsTask()));
                }
                catch (Exception exception) when (exception is not OutOfMemoryException)
                {
                    // Whatever was not confirmed may be in or not: all of the window again.
                    Reconnected++;
                    await file.WriteLineAsync($"again {exception.GetType().Name}");
                    if (channel is not null) await channel.DisposeAsync();
                    channel = null;
                    await Pause(TimeSpan.FromMilliseconds(200));
                    continue;
                }

                foreach (var sent in window) await file.WriteLineAsync($"confirmed {sent.Name}");
                at += window.Count;
                Interlocked.Add(ref _confirmed, window.Count);
                // At a pace, and without making up for the time in which nothing could be published.
                var ahead = TimeSpan.FromSeconds((double)window.Count / perSecond) - clock.Elapsed;
                if (ahead > TimeSpan.Zero) await Pause(ahead);
                clock.Restart();
            }
        }
        finally
        {
            if (connection is not null) await connection.DisposeAsync();
        }
    }

    private static Task Pause(TimeSpan time) => Task.Delay(time, TimeProvider.System);
}
