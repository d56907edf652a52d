using Pipeline.Contracts;
using Pipeline.DeadLetters.Api;
using Pipeline.DeadLetters.Capture;
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
        foreach (var queue in BrokerTopology.DeadQueues)
            builder.Services.AddBatchReceiver<LetterIntake>(builder.Configuration, queue, workers: 1);

        var app = builder.Build();
        app.MapOperations();
        app.MapApi();
        return app;
    }
}
