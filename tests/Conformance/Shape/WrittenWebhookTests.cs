using System.Text;
using Microsoft.Extensions.Configuration;
using Pipeline.Connectors;
using Pipeline.Connectors.Reading;

namespace Pipeline.Conformance.Tests.Shape;

/// <summary>The body that users of some systems write themselves: what they get wrong is shown, not passed over.</summary>
public sealed class WrittenWebhookTests
{
    [Theory]
    [InlineData("""{"object":"account","id":"00017"}""", "accounts", "00017")]
    [InlineData("""{"object":"Deal","id":9007199254740993,"note":"more is let be"}""", "deals", "9007199254740993")]
    public void A_body_names_a_record_of_a_feed(string body, string feed, string id) => Assert.Equal([new Notice.Named(feed, id)], Read(body));

    [Theory]
    [InlineData("""{"object":"ticket","id":"1"}""", "account, deal")]
    [InlineData("""{"id":"1"}""", "object")]
    [InlineData("""{"object":"deal","id":""}""", "id")]
    [InlineData("""{"object":"deal","id":"{{deal.id}}"}""", "id")]
    [InlineData("""{"object":"deal","id":"1) OR (1=1"}""", "id")]
    [InlineData("object=deal&id=1", "JSON")]
    public void What_names_no_record_is_a_shape_that_is_not_known(string body, string why) =>
        Assert.Contains(why, Assert.Throws<UnknownShapeException>(() => Read(body)).Message, StringComparison.Ordinal);

    private static IReadOnlyList<Notice> Read(string body)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("System:WebhookSecret", "written")]).Build();
        var webhook = WrittenWebhook.Of(new SystemSettings(configuration.GetSection("System")), "a rule", WrittenWebhook.IsNumber, ("account", "accounts"), ("deal", "deals"));
        return webhook!.Read(new WebhookBody(Encoding.UTF8.GetBytes(body)));
    }
}
