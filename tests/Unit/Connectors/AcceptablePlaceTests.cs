using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Pipeline.Connectors;
using Pipeline.Connectors.Systems.Jira;
using Pipeline.Connectors.Systems.Xero;

namespace Pipeline.Unit.Tests.Connectors;

/// <summary>The second choice of place for the account_id, where the fixtures of Conformance show the first.</summary>
public sealed class AcceptablePlaceTests
{
    private const string Contact = """{"ContactID":"c1","AccountNumber":"42","EmailAddress":"ada@northwind.example","UpdatedDateUTC":"/Date(1573755038314)/"}""";

    private const string Issue = """{"id":"10002","fields":{"updated":"2026-03-02T10:00:00.000+0000","customfield_10042":"ACME-001"}}""";

    [Fact]
    public void A_contact_of_xero_may_be_known_by_its_email()
    {
        var contact = Assert.IsType<Mapped.Account>(Map(new XeroConnector(), "contacts", Contact, ("AccountIdField", "EmailAddress"))).Message;
        Assert.Equal("ada@northwind.example", contact.AccountId.ToString());
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1573755038314), contact.ObservedAt);
    }

    [Fact]
    public void An_issue_of_jira_is_known_by_its_own_id_where_no_field_is_set()
    {
        var issue = Assert.IsType<Mapped.Child>(Map(new JiraConnector(), "issues", Issue)).Message;
        Assert.Equal("10002", issue.AccountSupportId);
        Assert.True(issue.AccountId.IsMissing);
    }

    [Fact]
    public void An_issue_of_jira_with_an_empty_field_claims_nothing()
    {
        var issue = Assert.IsType<Mapped.Child>(Map(new JiraConnector(), "issues", Issue, ("AccountIdFields", "customfield_10099"))).Message;
        Assert.Null(issue.AccountSupportId);
        Assert.True(issue.AccountId.IsMissing);
    }

    private static Mapped Map(IConnector connector, string feed, string record, params (string Key, string Value)[] given)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(given.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)).ToDictionary(
            setting => $"Connectors:{connector.System}:{setting.Key}", setting => setting.Value)).Build();
        var system = connector.Describe(new SystemSettings(configuration.GetSection($"Connectors:{connector.System}")));
        return system.Feeds.Single(candidate => candidate.Name == feed).Map(JsonSerializer.Deserialize<JsonElement>(record));
    }
}
