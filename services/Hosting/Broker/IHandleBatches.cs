using Pipeline.Contracts;

namespace Pipeline.Hosting.Broker;

/// <summary>What a service does with the messages of one queue. All or nothing: a call that throws has changed nothing.</summary>
public interface IHandleBatches
{
    /// <summary>Decides on the batch in one transaction. When it returns, every delivery has its place and may be acknowledged, but for those that it gives back.</summary>
    /// <returns>What is better decided in a transaction of its own, after this one: fewer than came, and mostly none.</returns>
    Task<IReadOnlyList<Delivery>> HandleAsync(IReadOnlyList<Delivery> batch, CancellationToken cancellation);

    /// <summary>Whether there is no further place for what it cannot handle: then that stays in its queue.</summary>
    bool IsLastPlace => false;

    /// <summary>Gives a delivery that the handler failed on its place among the dead.</summary>
    Task BuryAsync(Delivery delivery, Refusal refusal, CancellationToken cancellation);
}
