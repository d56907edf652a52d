using System.Diagnostics;
using MassTransit;

namespace Pipeline.Hosting.Broker;

/// <summary>MassTransit carries the trace in a header of its own; every other program reads W3C's.</summary>
internal sealed class TraceParentFilter : IFilter<PublishContext>
{
    public Task Send(PublishContext context, IPipe<PublishContext> next)
    {
        if (Activity.Current?.Id is { } trace) context.Headers.Set("traceparent", trace);
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("traceparent");
}
