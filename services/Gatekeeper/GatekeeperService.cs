using Pipeline.Gatekeeper.Bindings;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Events;
using Pipeline.Gatekeeper.Intake;
using Pipeline.Gatekeeper.Operations;
using Pipeline.Gatekeeper.Parking;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Operations;

namespace Pipeline.Gatekeeper;

/// <summary>Lets child objects in when their account is admitted; parks them until then; gives them up when their time is over or they can never fit.</summary>
public static class GatekeeperService
{
    public static WebApplication Build(string[] args)
    {
        var builder = PipelineService.CreateBuilder(args, "gatekeeper");
        builder.Services.AddSingleton(Deadlines.From(builder.Configuration)).AddSingleton(ChildKinds.From(builder.Configuration)).AddSingleton(provider => provider.GetRequiredService<ChildKinds>().Events);
        builder.Services.AddSingleton<PlanWriter>().AddSingleton<EvidenceWriter>().AddSingleton<UserTableWriter>().AddSingleton<Corrections.CorrectionWriter>().AddSingleton<Corrections.CorrectionDesk>().AddSingleton<Reconsideration>().AddSingleton<LateAnswerReview>().AddSingleton<ReleasePages>().AddSingleton<WakeUp>();
        builder.Services.AddBatchReceiver<EvidenceIntake>(builder.Configuration, BrokerTopology.Evidence, workers: 1);
        builder.Services.AddBatchReceiver<ChildIntake>(builder.Configuration, BrokerTopology.Children, workers: 2);
        builder.Services.AddBatchReceiver<ChildIntake>(builder.Configuration, BrokerTopology.UsageEvents, workers: 1);
        builder.Services.AddHostedService<Releaser>().AddHostedService<PeopleEvidence>().AddHostedService<Expirer>().AddHostedService<ParkedGauge>().AddHostedService<EventRetention>();

        var app = builder.Build();
        app.MapOperations().MapGatekeeper();
        return app;
    }
}
