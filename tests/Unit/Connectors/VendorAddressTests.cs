using Pipeline.Connectors;
using Pipeline.Connectors.Engine.Http;

namespace Pipeline.Unit.Tests.Connectors;

public sealed class VendorAddressTests
{
    [Theory]
    [InlineData("https://a.example", "/api/v2/users", "https://a.example/api/v2/users")]
    [InlineData("https://a.example/", "/api?q=a%20b", "https://a.example/api?q=a%20b")]
    [InlineData("https://a.example/crm/sales/api", "/contacts/view/1", "https://a.example/crm/sales/api/contacts/view/1")]
    [InlineData("https://a.example/crm/", "contacts", "https://a.example/crm/contacts")]
    [InlineData("https://a.example/crm", "/crm/contacts?page=2", "https://a.example/crm/contacts?page=2")]
    [InlineData("https://a.example/crm", "https://a.example/crm/contacts?page=2", "https://a.example/crm/contacts?page=2")]
    [InlineData("https://a.example:8443", "HTTPS://A.EXAMPLE:8443/x", "https://a.example:8443/x")]
    public void Paths_are_below_the_address(string address, string path, string expected) =>
        Assert.Equal(expected, VendorAddress.Of(new Uri(address), path).AbsoluteUri);

    [Theory]
    [InlineData("https://thief.example/x")]
    [InlineData("http://a.example/x")]
    [InlineData("https://a.example:444/x")]
    [InlineData("https://a.example.thief.example/x")]
    [InlineData("https://a.example@thief.example/x")]
    [InlineData("//thief.example/x")]
    [InlineData("/\\thief.example/x")]
    public void Another_host_is_not_followed(string path)
    {
        try
        {
            Assert.Equal("a.example", VendorAddress.Of(new Uri("https://a.example"), path).Authority);
        }
        catch (UnknownShapeException exception)
        {
            Assert.Contains("It is not followed", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Query_parameters_are_escaped_and_read_back()
    {
        var request = VendorRequest.Get("/x", ("filter[]", "a&b=c d+é"), ("none", null), ("page", "2"));
        Assert.Equal("/x?filter%5B%5D=a%26b%3Dc%20d%2B%C3%A9&page=2", request.Path);
        Assert.Equal("a&b=c d+é", request.Query("filter[]"));
        Assert.Null(request.Query("none"));
        Assert.Equal("/x", request.PathAlone);
    }
}
