using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Pipeline.Hosting.Broker;

/// <summary>
/// A connection of a service to the broker, to any of its nodes, made again when it is lost. Whoever holds a channel of a lost connection
/// gets an exception and asks for a new channel; nothing recovers behind anyone's back.
/// </summary>
public sealed partial class BrokerConnection(Settings settings, string service, TimeProvider time, ILogger<BrokerConnection> log) : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly string _nodes = string.Join(", ", settings.Nodes);
    private IConnection? _connection;

    public bool IsOpen => _connection is { IsOpen: true };

    /// <summary>Why the broker takes no messages at the moment, as "low on disk"; null while it does. Nothing fails then: who publishes only waits, without a word.</summary>
    public string? Blocked { get; private set; }

    /// <summary>A new channel, as soon as the broker answers; waits for it without end.</summary>
    public async Task<IChannel> OpenChannelAsync(CreateChannelOptions? options, CancellationToken cancellation)
    {
        var wait = TimeSpan.FromMilliseconds(200);
        while (true)
        {
            try
            {
                var connection = await ConnectedAsync(cancellation);
                return await connection.CreateChannelAsync(options, cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                if (exception is OperationInterruptedException { ShutdownReason.ReplyCode: Constants.PreconditionFailed }) Refused(_nodes, wait.TotalSeconds, exception.Message);
                else Unreachable(_nodes, wait.TotalSeconds, exception.Message);
                await Task.Delay(wait, time, cancellation);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
        }
    }

    /// <summary>A new channel, or null where the broker does not answer in this time.</summary>
    public async Task<IChannel?> TryOpenChannelAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await OpenChannelAsync(null, either.Token);
        }
        catch (Exception) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection) await connection.DisposeAsync();
        _gate.Dispose();
    }

    private async Task<IConnection> ConnectedAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_connection is { IsOpen: true } open) return open;
            if (_connection is { } lost) await lost.DisposeAsync();
            _connection = null;
            var factory = new ConnectionFactory
            {
                Uri = settings.Broker,
                ClientProvidedName = service,
                AutomaticRecoveryEnabled = false,
                RequestedHeartbeat = TimeSpan.FromSeconds(10),
                ConsumerDispatchConcurrency = 1,
            };
            var connection = await factory.CreateConnectionAsync([.. settings.Nodes.Select(node => EndpointOf(node, factory.Ssl))], cancellation);
            await using (var channel = await connection.CreateChannelAsync(cancellationToken: cancellation))
                await BrokerTopology.DeclareAsync(channel, cancellation);
            Blocked = null;
            connection.ConnectionBlockedAsync += (_, args) => NoteBlock(args.Reason);
            connection.ConnectionUnblockedAsync += (_, _) => NoteBlock(null);
            Connected(connection.Endpoint.HostName, connection.Endpoint.Port);
            return _connection = connection;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Over TLS, the certificate must be of the node's own name; the client by itself would take one of any name.</summary>
    private static AmqpTcpEndpoint EndpointOf(BrokerNode node, SslOption encryption) =>
        new(node.Host, node.Port, new SslOption(node.Host, "", encryption.Enabled) { Version = encryption.Version });

    private Task NoteBlock(string? why)
    {
        Blocked = why;
        if (why is null) TakesAgain(_nodes);
        else TakesNothing(_nodes, why);
        return Task.CompletedTask;
    }

    [LoggerMessage(1003, LogLevel.Error, "The broker at {Nodes} takes no messages: {Why}. Give it room; all that waits goes on by itself.")]
    private partial void TakesNothing(string nodes, string why);

    [LoggerMessage(1004, LogLevel.Information, "The broker at {Nodes} takes messages again")]
    private partial void TakesAgain(string nodes);

    [LoggerMessage(1005, LogLevel.Error, "The broker at {Nodes} has something else under a name of ours; trying again in {Seconds} s. Once it is empty, delete it there, and it is declared as it must be: {Why}")]
    private partial void Refused(string nodes, double seconds, string why);

    [LoggerMessage(1001, LogLevel.Information, "Connected to the broker at {Host}:{Port}")]
    private partial void Connected(string host, int port);

    [LoggerMessage(1002, LogLevel.Warning, "The broker at {Nodes} does not answer; trying again in {Seconds} s: {Why}")]
    private partial void Unreachable(string nodes, double seconds, string why);
}
