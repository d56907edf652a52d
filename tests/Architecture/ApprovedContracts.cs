using System.Text.Json;
using Pipeline.Architecture.Tests.Approvals;
using Pipeline.Architecture.Tests.Document;
using Pipeline.Contracts;

namespace Pipeline.Architecture.Tests;

public sealed class ApprovedContracts
{
    [Fact]
    public void The_AsyncAPI_document_says_what_the_contracts_say() => Approved.Is(ContractDocument.File, ContractDocument.Text());

    [Fact]
    public void The_reason_codes_and_their_sentences_are_approved() =>
        Approved.Is("tests/Architecture/reasons.approved.txt", Lines(Reason.All.Select(reason => $"{reason.Code}: {reason.Sentence}")));

    [Fact]
    public void The_names_of_exchanges_and_queues_are_approved() =>
        Approved.Is("tests/Architecture/broker.approved.txt", Lines([.. Exchanges.All.Select(name => $"exchange {name}"), $"queue {DeadLetterQueue.Name}"]));

    [Fact]
    public void The_headers_of_dead_letters_are_approved() =>
        Approved.Is("tests/Architecture/dead-letter-headers.approved.txt", Lines(DeadLetters.Headers.Select(header => $"{header.Name}: {header.Meaning}")));

    [Fact]
    public void The_fields_of_messages_are_approved() =>
        Approved.Is("tests/Architecture/fields.approved.txt", Lines(Message.All.SelectMany(FieldsOf)));

    private static IEnumerable<string> FieldsOf(Message message) => PipelineJson.Wire.Options.GetTypeInfo(message.Type).Properties
        .Select(field => $"{message.Exchange}: {field.Name} {NameOf(field.PropertyType)}{(field.IsRequired ? " required" : "")}");

    private static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return $"{NameOf(underlying)}?";
        if (!type.IsGenericType) return type.Name;
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines) + "\n";
}
