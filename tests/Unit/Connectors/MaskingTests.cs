using Pipeline.Connectors;
using Pipeline.Connectors.Engine.Http;

namespace Pipeline.Unit.Tests.Connectors;

public sealed class MaskingTests
{
    private readonly Masking _masking = new([new Secret("p@ss/w+rd"), new Secret("")]);

    [Theory]
    [InlineData("the key p@ss/w+rd is wrong", "the key *** is wrong")]
    [InlineData("client_secret=p%40ss%2Fw%2Brd&x", "client_secret=***&x")]
    [InlineData("cEBzcy93K3Jk", "***")]
    [InlineData("{\"Authorization\":\"Bearer abc.def\",\"x\":1}", "{\"Authorization\":\"Bearer ***\",\"x\":1}")]
    [InlineData("basic dXNlcjpwYXNz\nnext", "basic *** next")]
    [InlineData("Bearer a, Bearer b", "Bearer ***, Bearer ***")]
    [InlineData("ends with Bearer ", "ends with Bearer ***")]
    [InlineData("nothing to hide", "nothing to hide")]
    public void Secrets_and_what_follows_an_authorization_scheme_are_hidden(string text, string shown) => Assert.Equal(shown, _masking.Excerpt(text));

    [Fact]
    public void The_token_of_the_request_is_hidden_wherever_it_stands() =>
        Assert.Equal("{\"session\":\"***\"}", _masking.Excerpt("{\"session\":\"00D!abc\"}", "00D!abc"));

    [Fact]
    public void A_long_answer_is_cut_after_hiding()
    {
        var text = new string('x', 297) + "p@ss/w+rd";
        Assert.Equal(new string('x', 297) + "***", _masking.Excerpt(text));
        Assert.Equal(301, _masking.Excerpt(new string('x', 9999)).Length);
    }
}
