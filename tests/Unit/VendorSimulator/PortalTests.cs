using Pipeline.Contracts;
using Pipeline.Contracts.Reading;
using Pipeline.VendorSimulator.OutsidePublisher;
using Pipeline.VendorSimulator.OutsidePublisher.Portal;
using Pipeline.VendorSimulator.Settings;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class PortalTests
{
    private static readonly AccountWorld World = AccountWorld.Of(20261124);
    private static readonly PortalScript Script = new(World, new SimulatorSettings { Publish = true });

    public static TheoryData<string> Mistakes => [.. PortalMistakes.Of(World).Select(mistake => mistake.Message.Name)];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Each_mistake_is_refused_by_the_contract_for_the_reason_that_is_expected(string name)
    {
        var (message, end) = PortalMistakes.Of(World).Single(mistake => mistake.Message.Name == name);
        Assert.Equal(end.Reason, RefusalOf(message)?.Code);
        Assert.NotNull(Reason.Find(end.Reason));
    }

    [Fact]
    public void Every_other_message_is_readable_and_names_the_account_that_is_expected()
    {
        foreach (var (message, end) in PortalObjects.Of(World))
        {
            Assert.Null(RefusalOf(message));
            var child = MessageReader.ChildObjectReceived(message.Body).Message!;
            Assert.Equal((end.Source, end.ObjectType, end.NativeId, end.AccountId), (child.Source, child.ObjectType, child.NativeId, child.AccountId.Value?.Text));
        }
    }

    [Fact]
    public void Only_referrals_name_accounts_that_never_exist()
    {
        var letsIn = World.Accounts.Where(account => account.End.LetsChildrenIn).Select(account => account.AccountId).ToHashSet();
        var strays = Script.Children.Where(child => child.AccountId is not null && !letsIn.Contains(child.AccountId)).ToArray();
        Assert.Equal(20, strays.Length);
        Assert.All(strays, child => Assert.Equal(("referral", "account_never_appeared"), (child.ObjectType, child.Reason)));
    }

    [Fact]
    public void The_sums_are_as_the_demo_tells_them()
    {
        var children = Script.Children.ToArray();
        Assert.Equal(474, Script.Messages.Count);
        Assert.Equal(401, children.Count(child => child is { ObjectType: "booking", Place: ChildTruth.Accepted }));
        Assert.Equal(40, children.Count(child => child is { ObjectType: "feedback", Place: ChildTruth.Accepted }));
        Assert.Equal(11 + 20, children.Count(child => child.Place == ChildTruth.DeadLettered));
    }

    [Fact]
    public void A_newer_version_goes_before_the_older_one_and_one_message_goes_twice()
    {
        var messages = Script.Messages;
        var versions = messages.Where(message => message.Name.StartsWith("BK-80001", StringComparison.Ordinal))
            .Select(message => MessageReader.ChildObjectReceived(message.Body).Message!.ObservedAt).ToArray();
        Assert.True(versions[0] > versions[1]);
        var twice = messages.GroupBy(message => message.Id).Single(same => same.Count() == 2);
        Assert.Equal(twice.First().Body, twice.Last().Body);
    }

    [Fact]
    public void A_publisher_that_is_off_expects_nothing() => Assert.Empty(new PortalScript(World, new SimulatorSettings()).Children);

    [Fact]
    public void Each_message_carries_a_w3c_trace() =>
        Assert.All(Script.Messages, message => Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$", message.TraceParent));

    /// <summary>As the gatekeeper will decide: by the reader, then by the claim.</summary>
    private static Reason? RefusalOf(OutsideMessage message)
    {
        if (!MessageReader.ChildObjectReceived(message.Body).Succeeded(out var child, out var refusal)) return refusal.Reason;
        return child.AccountId.Refusal?.Reason ?? (child.AccountId.IsMissing && child.Claims.Count == 0 ? Reason.AccountIdMissing : null);
    }
}
