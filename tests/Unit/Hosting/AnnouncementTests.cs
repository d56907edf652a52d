using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Broker;

namespace Pipeline.Unit.Tests.Hosting;

public sealed class AnnouncementTests
{
    [Fact]
    public void What_is_kept_comes_back_as_it_was()
    {
        Outgoing[] messages =
        [
            new("child-object-accepted", "", "id-1", new byte[] { 1, 2, 3 }, new Dictionary<string, string> { ["traceparent"] = "00-a-b-01", ["ü"] = "\u200b" }),
            new("", "dead-letters", "id-2", Array.Empty<byte>(), Outgoing.Empty),
        ];
        var kept = Announcement.Of(messages, TimeProvider.System);
        var back = Announcement.Decode(kept.Id, kept.Encode());
        Assert.Equal(kept.Id, back.Id);
        Assert.Equal(messages.Select(Text), back.Messages.Select(Text));
    }

    [Theory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(2_097_152)]
    public void A_row_is_measured_rightly_whatever_the_length_of_what_is_in_it(int length)
    {
        var text = new string('é', length / 2) + new string('e', length % 2);
        Outgoing[] messages = [.. Enumerable.Repeat(new Outgoing(text, "", "id", new byte[length], new Dictionary<string, string> { ["traceparent"] = text }), 3)];
        var kept = Announcement.Of(messages, TimeProvider.System);
        Assert.Equal(messages.Select(Text), Announcement.Decode(kept.Id, kept.Encode()).Messages.Select(Text));
    }

    [Fact]
    public void Only_what_is_said_of_children_may_find_nobody_who_listens()
    {
        Assert.False(new Outgoing("child-object-accepted", "", "1", default, Outgoing.Empty).Mandatory);
        Assert.True(new Outgoing("account-admitted", "", "1", default, Outgoing.Empty).Mandatory);
        Assert.True(new Outgoing("", "dead-letters", "1", default, Outgoing.Empty).Mandatory);
    }

    private static string Text(Outgoing message) =>
        $"{message.Exchange}|{message.RoutingKey}|{message.MessageId}|{Convert.ToHexString(message.Body.Span)}|{string.Join(",", message.Headers)}";
}
