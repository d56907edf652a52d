using System.Text.Json.Nodes;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Integration.Tests.OutsidePublishers;

public sealed class PublishingExamples : IDisposable
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("publishing-examples-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("python")]
    [InlineData("node")]
    public async Task A_message_published_with_a_plain_client_arrives_whole_and_is_read(string language)
    {
        var broker = Broker();
        var program = await ProgramAsync(language);
        await using var listener = await Listener.AtAsync(broker, Exchanges.ChildObjectReceived);
        var nativeId = NewNativeId();

        var (exitCode, output) = await program.PublishAsync(broker, Exchanges.ChildObjectReceived, await ExampleAsync(nativeId), TraceParent);

        Assert.True(exitCode == 0, output);
        var arrival = await listener.ReceiveAsync(nativeId);
        Assert.Equal(TraceParent, arrival.Header("traceparent"));
        Assert.True(arrival.Properties.Persistent);
        Assert.NotEmpty(arrival.Properties.MessageId!);
        var child = MessageReader.ChildObjectReceived(arrival.Body);
        Assert.Null(child.Refusal?.Sentence);
        Assert.Equal(("portal", "feedback", nativeId), (child.Message!.Source, child.Message.ObjectType, child.Message.NativeId));
        Assert.Equal([new Claim(ClaimKind.AccountId, "ACME-0012"), new Claim(ClaimKind.Email, "ann@acme.example")], child.Message.Claims);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("node")]
    public async Task The_publisher_is_told_when_no_queue_took_the_message(string language)
    {
        var broker = Broker();
        var program = await ProgramAsync(language);
        await using var listener = await Listener.AtAsync(broker, Exchanges.ChildObjectReceived);
        var example = await ExampleAsync(NewNativeId());

        var unheard = await program.PublishAsync(broker, await listener.ExchangeWithoutQueueAsync(), example, TraceParent);
        var nowhere = await program.PublishAsync(broker, "no-such-exchange", example, TraceParent);

        Assert.Equal((1, 1), (unheard.ExitCode, nowhere.ExitCode));
        Assert.Contains("Not published", unheard.Output);
        Assert.Contains("Not published", nowhere.Output);
    }

    /// <summary>More than a double can hold: an outside program that reads it as one loses the last digits.</summary>
    private static string NewNativeId() => $"9{Random.Shared.NextInt64(1_000_000_000_000_000_000, long.MaxValue)}";

    private static Task<OutsideProgram> ProgramAsync(string language) => language == "python" ? OutsideProgram.PythonAsync() : OutsideProgram.NodeAsync();

    /// <summary>The page's example under an id of its own.</summary>
    private async Task<string> ExampleAsync(string nativeId)
    {
        var example = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(OutsideProgram.Folder, "child-object-received.json")))!;
        example["native_id"] = JsonNode.Parse(nativeId);
        var file = Path.Combine(_folder.FullName, "example.json");
        await File.WriteAllTextAsync(file, example.ToJsonString());
        return file;
    }

    private static string Broker()
    {
        var broker = Environment.GetEnvironmentVariable("PIPELINE_RABBITMQ");
        Assert.SkipWhen(string.IsNullOrEmpty(broker), "PIPELINE_RABBITMQ names no broker.");
        return broker!;
    }
}
