using System.Security.Cryptography;
using System.Text;
using Pipeline.VendorSimulator.OutsidePublisher;
using Pipeline.VendorSimulator.OutsidePublisher.Portal;
using Pipeline.VendorSimulator.Settings;
using Pipeline.VendorSimulator.Systems.Salesforce;
using Pipeline.VendorSimulator.Systems.Zendesk;
using Pipeline.VendorSimulator.Systems.Zuora;
using Pipeline.VendorSimulator.World;

namespace Pipeline.Unit.Tests.VendorSimulator;

public sealed class SeedTests
{
    /// <summary>Changes only when the data are meant to change: figures written down elsewhere change with it.</summary>
    private const string DefaultSeedsHash = "2f2641f1970406deade1b363a7f7c5c6";

    [Fact]
    public void The_default_seed_gives_the_data_that_it_always_gave() => Assert.Equal(DefaultSeedsHash, Hash(new SimulatorSettings().Seed));

    [Fact]
    public void Another_seed_gives_other_data() => Assert.NotEqual(Hash(1), Hash(2));

    [Theory]
    [InlineData(1)]
    [InlineData(77)]
    [InlineData(int.MaxValue)]
    public void Ids_are_unique_whatever_the_seed(int seed)
    {
        var world = AccountWorld.Of(seed);
        var accountIds = world.Accounts.Select(account => account.AccountId).OfType<string>().ToArray();
        Assert.Equal(accountIds.Length - 3, accountIds.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(world.Accounts.Count, world.Accounts.Select(account => account.SalesforceId).Distinct().Count());
        Assert.Equal(322 - 8, world.Accounts.Select(account => account.ZuoraId).OfType<string>().Distinct().Count());
        var messages = Messages(world);
        Assert.Equal(messages.Count - 1, messages.Select(message => message.Id).Distinct().Count());
    }

    private static string Hash(int seed)
    {
        var world = AccountWorld.Of(seed);
        var organizations = ZendeskOrganizations.Of(world);
        var all = new StringBuilder();
        foreach (var record in SalesforceData.Of(world, 0)) all.AppendJoin('|', record.Fields.Values).Append(record.Visibility);
        foreach (var account in ZuoraData.Of(world)) all.Append(account.Json);
        var zuora = new ZuoraChildren(world);
        foreach (var child in zuora.Subscriptions.Concat(zuora.Invoices)) all.Append(child.Json).Append(child.End);
        foreach (var organization in organizations) all.Append(ZendeskOrganizations.Row(organization).Json);
        foreach (var child in ZendeskUsers.Of(world, organizations, 1500).Concat(ZendeskTickets.Of(world, organizations, 3000))) all.Append(child.Row.Json).Append(child.End);
        foreach (var message in Messages(world)) all.Append(message.Id).Append(message.TraceParent).Append(message.BodyHash);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())))[..32];
    }

    private static IReadOnlyList<OutsideMessage> Messages(AccountWorld world) => new PortalScript(world, new SimulatorSettings()).Messages;
}
