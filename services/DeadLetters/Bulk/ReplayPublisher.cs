using Pipeline.Hosting.Broker;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Pipeline.DeadLetters.Bulk;

/// <summary>
/// Sends letters again, in order and confirmed, each with the properties that it came with; and tells of each that has no place to go.
/// </summary>
public sealed class ReplayPublisher(BrokerConnection broker, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long an exchange that was there is taken to be there.</summary>
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, (bool IsThere, DateTimeOffset Seen)> _exchanges = new(StringComparer.Ordinal);
    private IChannel? _channel;

    /// <returns>Of each message why the broker has no place for it; null where it has taken it.</returns>
    /// <exception cref="Exception">The broker did not answer: any of them may have been taken, and saying them again, with the same ids, is safe.</exception>
    public async Task<IReadOnlyList<string?>> PublishAsync(IReadOnlyList<ReplayMessage> messages, CancellationToken cancellation)
    {
        foreach (var exchange in messages.Select(message => message.Exchange).Distinct()) await LookAsync(exchange, cancellation);
        var channel = await ChannelAsync(cancellation);
        try
        {
            var confirms = messages.Select(message => _exchanges[message.Exchange].IsThere ? SendAsync(channel, message, cancellation) : Task.FromResult<string?>($"There is no exchange {message.Exchange}.")).ToList();
            return await Task.WhenAll(confirms);
        }
        catch
        {
            await DropAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => DropAsync();

    private static async Task<string?> SendAsync(IChannel channel, ReplayMessage message, CancellationToken cancellation)
    {
        try
        {
            await channel.BasicPublishAsync(message.Exchange, message.RoutingKey, mandatory: true, message.Properties, message.Body, cancellation);
            return null;
        }
        catch (PublishException exception) when (exception.IsReturn)
        {
            return message.Exchange.Length == 0 ? $"There is no queue {message.RoutingKey}." : $"No queue is bound to {message.Exchange} for it.";
        }
    }

    private async Task LookAsync(string exchange, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (_exchanges.TryGetValue(exchange, out var known) && known.IsThere && now - known.Seen < Trusted) return;
        var isThere = exchange.Length == 0;
        if (!isThere)
        {
            var channel = await broker.OpenChannelAsync(null, cancellation); // of its own: the broker closes it where there is none
            try
            {
                await channel.ExchangeDeclarePassiveAsync(exchange, cancellation);
                isThere = true;
            }
            catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
            {
                isThere = false;
            }
            finally
            {
                await channel.DisposeAsync();
            }
        }

        _exchanges[exchange] = (isThere, now);
    }

    private async Task<IChannel> ChannelAsync(CancellationToken cancellation)
    {
        if (_channel is { IsOpen: true } open) return open;
        await DropAsync();
        return _channel = await broker.OpenChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), cancellation);
    }

    private async ValueTask DropAsync()
    {
        if (_channel is { } channel) await channel.DisposeAsync();
        _channel = null;
    }
}
