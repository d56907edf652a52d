using System.Text;
using System.Text.Json;
using CsCheck;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Properties.Tests.Contracts;

public sealed class ReaderProperties
{
    private const int Cases = 20_000;

    [Fact]
    public void Any_bytes_have_an_answer() => Gen.Byte.Array[0, 200].Sample(bytes => HasAnAnswer(bytes), iter: Cases);

    [Fact]
    public void A_message_with_a_few_spoiled_bytes_has_an_answer() => AnyJson.SpoiledBytes.Sample(bytes => HasAnAnswer(bytes), iter: Cases);

    [Fact]
    public void A_message_with_a_spoiled_field_has_an_answer() =>
        AnyJson.SpoiledField.Sample(text => HasAnAnswer(Encoding.UTF8.GetBytes(text)), iter: Cases);

    [Fact]
    public void Any_JSON_has_an_answer() => Gen.OneOf<string>(AnyJson.Value, AnyJson.Object).Sample(text => HasAnAnswer(Encoding.UTF8.GetBytes(text)), iter: Cases);

    [Fact]
    public void The_cases_are_neither_all_read_nor_all_refused()
    {
        var read = 0;
        var refused = new HashSet<string>();
        AnyJson.SpoiledField.Sample(text =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            foreach (var refusal in new[] { MessageReader.AccountDiscovered(bytes).Refusal, MessageReader.ChildObjectReceived(bytes).Refusal, MessageReader.UserMapped(bytes).Refusal })
            {
                if (refusal is null) read++;
                else refused.Add(refusal.Detail);
            }
        }, iter: 5_000, threads: 1);

        Assert.InRange(read, 1_000, 10_000);
        Assert.InRange(refused.Count, 50, 5_000);
    }

    /// <summary>An answer is a message or a reason from the list; a message that was read is written and read again as the same.</summary>
    private static bool HasAnAnswer(byte[] body) =>
        IsAnAnswer(MessageReader.AccountDiscovered(body), again => MessageReader.AccountDiscovered(again), PipelineJson.Wire.AccountDiscovered)
        && IsAnAnswer(MessageReader.ChildObjectReceived(body), again => MessageReader.ChildObjectReceived(again), PipelineJson.Wire.ChildObjectReceived)
        && IsAnAnswer(MessageReader.UserMapped(body), again => MessageReader.UserMapped(again), PipelineJson.Wire.UserMapped);

    private static bool IsAnAnswer<T>(Read<T> answer, Func<byte[], Read<T>> read, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        if (!answer.Succeeded(out var message, out var refusal))
            return Reason.All.Contains(refusal.Reason) && UnicodeIsWhole(refusal.Sentence) && refusal.Detail.Length <= Refusal.LongestDetail + 1;
        var written = JsonSerializer.SerializeToUtf8Bytes(message, type);
        return read(written).Succeeded(out var again, out _) && written.AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(again, type));
    }

    private static bool UnicodeIsWhole(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
}
