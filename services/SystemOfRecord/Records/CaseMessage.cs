using Pipeline.Contracts;
using Pipeline.Hosting.Broker;
using Pipeline.SystemOfRecord.Admission;

namespace Pipeline.SystemOfRecord.Records;

/// <summary>How a case comes to its saga.</summary>
internal static class CaseMessage
{
    /// <summary>It goes straight to the queue of the sagas; the same case has the same message id.</summary>
    public static Outgoing Of(AccountCase found, string? traceParent) =>
        Outgoing.Event("", StableId.Of("case", found.AccountId, found.Number.ToString()), new CaseChanged { Case = found }, SagaJson.Default.CaseChanged, traceParent)
            with { RoutingKey = BrokerTopology.AccountSaga };
}
