using Pipeline.Contracts;
using Pipeline.DeadLetters.Access;
using Pipeline.DeadLetters.Api;
using Pipeline.DeadLetters.Bulk;
using Pipeline.DeadLetters.Capture;
using Pipeline.DeadLetters.Page;
using Pipeline.DeadLetters.Release;
using Pipeline.DeadLetters.Triage;
using Pipeline.Hosting;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Operations;

namespace Pipeline.DeadLetters;

/// <summary>Keeps what could not be used, and answers for the whole pipeline.</summary>
public static class DeadLettersService
{
    public static WebApplication Build(string[] args)
    {
        var builder = PipelineService.CreateBuilder(args, "dead-letters");
        builder.Services.AddHttpClient(nameof(Neighbours), client => client.Timeout = TimeSpan.FromSeconds(10));
        builder.Services.AddHttpClient(Neighbours.Patient, client => client.Timeout = TimeSpan.FromMinutes(3));
        builder.Services.AddSingleton<Neighbours>().AddSingleton<QueueDepths>().AddSingleton<WholeLedger>().AddSingleton<WholeStatus>().AddSingleton<WholeAdvice>().AddSingleton<WholeTrial>();
        builder.Services.AddSingleton<Keys>().AddSingleton<TriageDesk>().AddHostedService<LetterGauge>().AddSingleton(LetterRetention.From(builder.Configuration)).AddHostedService<LetterPurge>();
        builder.Services.AddSingleton<WakeUp>().AddSingleton<OperationDesk>().AddSingleton<OperationQuery>().AddHostedService<Replayer>();
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<ReplayPublisher>(services, ActivatorUtilities.CreateInstance<BrokerConnection>(services, "dead-letters (replaying)")));
        builder.Services.AddBatchReceiver<FateIntake>(builder.Configuration, ReplayDecided.Queue, workers: 1);
        builder.Services.AddSingleton<ReleaseRuleDesk>().AddHostedService<RuledReleases>();
        builder.Services.AddBatchReceiver<AnswerIntake>(builder.Configuration, LateAnswers.Queue, workers: 1);
        builder.Services.AddHttpClient(nameof(FoundQueues), client => client.Timeout = TimeSpan.FromSeconds(10));
        builder.Services.AddSingleton(FoundQueuesOptions.From(builder.Configuration, Settings.From(builder.Configuration))).AddSingleton<FoundQueues>().AddHostedService(services => services.GetRequiredService<FoundQueues>());
        foreach (var queue in BrokerTopology.DeadQueues)
            builder.Services.AddBatchReceiver<LetterIntake>(builder.Configuration, queue, workers: 1);

        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // it warns of keys without a seal, which SharedCookieKeys explains
        builder.Services.AddDescription();
        builder.AddPage();

        var app = builder.Build();
        app.MapOperations();
        app.MapApi();
        app.MapPage();
        return app;
    }
}
