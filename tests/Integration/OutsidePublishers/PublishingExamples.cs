using System.Text.Json.Nodes;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;
using Pipeline.TestKit;
using RabbitMQ.Client;

namespace Pipeline.Integration.Tests.OutsidePublishers;

public sealed class PublishingExamples : IDisposable
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    /// <summary>More than a double can hold: an outside program that reads it as one loses the last digits.</summary>
    private const string NativeId = "93366617644291198313";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("publishing-examples-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("python")]
    [InlineData("node")]
    public async Task A_message_published_with_a_plain_client_arrives_whole_and_is_read(string language)
    {
        var program = await ProgramAsync(language);
        await using var world = await World.New();
        var queue = await world.Outsider.Listen(Exchanges.ChildObjectReceived);

        var (exitCode, output) = await program.PublishAsync(world.RabbitMq, Exchanges.ChildObjectReceived, await ExampleAsync(), TraceParent);

        Assert.True(exitCode == 0, output);
        var arrival = Assert.Single(await world.Outsider.Take(queue)); // confirmed: it lies in the queue already
        Assert.Equal(TraceParent, arrival.Header("traceparent"));
        Assert.True(arrival.Properties.Persistent);
        Assert.NotEmpty(arrival.Properties.MessageId!);
        var child = MessageReader.ChildObjectReceived(arrival.Body);
        Assert.Null(child.Refusal?.Sentence);
        Assert.Equal(("portal", "feedback", NativeId), (child.Message!.Source, child.Message.ObjectType, child.Message.NativeId));
        Assert.Equal([new Claim(ClaimKind.AccountId, "ACME-0012"), new Claim(ClaimKind.Email, "ann@acme.example")], child.Message.Claims);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("node")]
    public async Task The_publisher_is_told_when_no_queue_took_the_message(string language)
    {
        var program = await ProgramAsync(language);
        await using var world = await World.Bare(); // with our policy the message would be kept, as a dead letter
        await DeclareWithoutQueueAsync(world.RabbitMq, Exchanges.ChildObjectReceived);

        var unheard = await program.PublishAsync(world.RabbitMq, Exchanges.ChildObjectReceived, await ExampleAsync(), TraceParent);
        var nowhere = await program.PublishAsync(world.RabbitMq, "no-such-exchange", await ExampleAsync(), TraceParent);

        Assert.Equal((1, 1), (unheard.ExitCode, nowhere.ExitCode));
        Assert.Contains("Not published", unheard.Output);
        Assert.Contains("Not published", nowhere.Output);
    }

    private static Task<OutsideProgram> ProgramAsync(string language) => language == "python" ? OutsideProgram.PythonAsync() : OutsideProgram.NodeAsync();

    /// <summary>The page's example under that id.</summary>
    private async Task<string> ExampleAsync()
    {
        var example = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(OutsideProgram.Folder, "child-object-received.json")))!;
        example["native_id"] = JsonNode.Parse(NativeId);
        var file = Path.Combine(_folder.FullName, "example.json");
        await File.WriteAllTextAsync(file, example.ToJsonString());
        return file;
    }

    private static async Task DeclareWithoutQueueAsync(Uri broker, string exchange)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
    }
}
