using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Pipeline.Faults.Tests.Surroundings;

/// <summary>What happens to the bytes between a service and its neighbour.</summary>
public enum Weather
{
    Fine,

    /// <summary>Each read waits 200 ms before it goes on.</summary>
    Delay,

    /// <summary>Connections are taken and kept; nothing arrives any more, in either direction.</summary>
    BlackHole,

    /// <summary>What the neighbour answers does not arrive; what it is sent does.</summary>
    HalfOpen,

    /// <summary>A few bytes at a time.</summary>
    Slow,
}

/// <summary>A TCP proxy of our own between services and one server: it can lose, slow or cut what goes through it, and lead elsewhere.</summary>
public sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Link, bool> _links = new();
    private readonly Task _accepting;
    private volatile int _to;
    private volatile Weather _weather;

    /// <param name="to">The port of the server, on loopback.</param>
    public Wire(int to)
    {
        _to = to;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Weather Weather
    {
        get => _weather;
        set => _weather = value;
    }

    /// <summary>New connections lead to another server; those that there are, are cut.</summary>
    public void LeadTo(int port)
    {
        _to = port;
        Cut();
    }

    /// <summary>Resets every connection.</summary>
    public void Cut()
    {
        foreach (var (link, _) in _links) link.Reset();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = CarryAsync(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                if (_end.IsCancellationRequested) return;
            }
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        var link = new Link(client, server);
        _links[link] = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _to, _end.Token);
            await Task.WhenAny(PumpAsync(client, server, answers: false), PumpAsync(server, client, answers: true));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // There is no server, or the test is over.
        }
        finally
        {
            link.Reset();
            _links.TryRemove(link, out _);
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, bool answers)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            var (reading, writing) = (from.GetStream(), to.GetStream());
            while (true)
            {
                var read = await reading.ReadAsync(buffer.AsMemory(0, _weather == Weather.Slow ? 256 : buffer.Length), _end.Token);
                if (read == 0) return;
                while (_weather == Weather.BlackHole || (_weather == Weather.HalfOpen && answers)) await Pause(50);
                if (_weather == Weather.Delay) await Pause(200);
                if (_weather == Weather.Slow) await Pause(10);
                await writing.WriteAsync(buffer.AsMemory(0, read), _end.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One end has gone; the other is let go too.
        }
    }

    private Task Pause(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, _end.Token);

    private sealed record Link(TcpClient Client, TcpClient Server)
    {
        public void Reset()
        {
            foreach (var end in (TcpClient[])[Client, Server])
            {
                try
                {
                    if (end.Client is { } socket) socket.LingerState = new LingerOption(enable: true, seconds: 0); // a reset, not a goodbye
                }
                catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
                {
                    // It has gone already.
                }

                end.Dispose();
            }
        }
    }
}
