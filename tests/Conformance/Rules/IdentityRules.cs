using Pipeline.Conformance.Tests.Harness;

namespace Pipeline.Conformance.Tests.Rules;

public sealed class IdentityRules
{
    [Theory, MemberData(nameof(Subjects.Feeds), MemberType = typeof(Subjects))]
    public async Task The_same_change_has_the_same_message_id_in_every_run(string system, string feed)
    {
        await using var first = await Run.StartAsync(system, feed);
        await using var second = await Run.StartAsync(system, feed);
        await first.UntilPassesAsync(2);
        await second.UntilPassesAsync(2);
        Assert.Equal(first.Recorder.Messages.Select(message => message.Id), second.Recorder.Messages.Select(message => message.Id));
        first.RepeatsCarryTheSameId();
    }
}
