using Pipeline.Hosting;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Operations;
using Pipeline.SystemOfRecord.Admission;
using Pipeline.SystemOfRecord.Admission.Storage;
using Pipeline.SystemOfRecord.Advisor;
using Pipeline.SystemOfRecord.Operations;
using Pipeline.SystemOfRecord.Records;
using Pipeline.SystemOfRecord.Rules.Changing;

namespace Pipeline.SystemOfRecord;

/// <summary>Records what the systems say of accounts, and admits those that pass the rules.</summary>
public static class SystemOfRecordService
{
    public static WebApplication Build(string[] args)
    {
        var builder = PipelineService.CreateBuilder(args, "system-of-record");
        builder.Services.AddRules(builder.Configuration);
        builder.Services.AddSingleton<RecordWriter>();
        builder.Services.AddSingleton<DataAdvisor>();
        builder.Services.AddSagaStorage();
        builder.Services.AddSagaBus(Settings.From(builder.Configuration));
        builder.Services.AddBatchReceiver<RecordIntake>(builder.Configuration, BrokerTopology.AccountRecords, workers: 1);

        var app = builder.Build();
        app.MapOperations().MapSystemOfRecord();
        return app;
    }
}
