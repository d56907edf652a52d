using Pipeline.Contracts.Reading;

namespace Pipeline.Unit.Tests.Contracts;

public sealed class SourceOfTests
{
    [Theory]
    [InlineData("{\"source\":\"portal\"}")]
    [InlineData("{\"source\":\"portal\",\"native_id\":{}}")]
    [InlineData("{\"source\":\"portal\",\"data\":{\"a\":\"\\u0000\",\"\\ud800\":1e99999}}")]
    [InlineData("{\"source\":\"portal\",\"native_id\":\"1\",\"native_id\":\"2\"}")]
    public void A_message_is_counted_for_the_source_that_it_names_however_wrong_the_rest_is(string body) =>
        Assert.Equal("portal", MessageReader.SourceOf(Bodies.Bytes(body)));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"source\":null}")]
    [InlineData("{\"source\":\" \"}")]
    [InlineData("{\"source\":{}}")]
    [InlineData("{\"source\":\"a\\u0000\"}")]
    [InlineData("{\"source\":\"\\ud800\"}")]
    [InlineData("{\"source\":\"portal\",\"source\":\"desk\"}")]
    [InlineData("{\"source\":\"portal\"")]
    public void Or_for_none(string body) => Assert.Null(MessageReader.SourceOf(Bodies.Bytes(body)));
}
