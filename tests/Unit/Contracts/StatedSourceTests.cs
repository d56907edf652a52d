using Pipeline.Contracts.Reading;

namespace Pipeline.Unit.Tests.Contracts;

public sealed class StatedSourceTests
{
    [Theory]
    [InlineData("{\"source\":\"portal\"}")]
    [InlineData("{\"source\":\"portal\",\"native_id\":{}}")]
    [InlineData("{\"source\":\"portal\",\"data\":{\"a\":\"\\u0000\",\"\\ud800\":1e99999}}")]
    [InlineData("{\"source\":\"portal\",\"native_id\":\"1\",\"native_id\":\"2\"}")]
    [InlineData("{\"source\":\"portal\",\"source\":\"desk\"}")]
    [InlineData("{\"source\":\"portal\",\"object_type\":")]
    public void A_message_is_counted_for_the_source_that_it_names_however_wrong_the_rest_is(string body) =>
        Assert.Equal("portal", StatedSource.Of(Bodies.Bytes(body)));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"source\":null}")]
    [InlineData("{\"source\":\" \"}")]
    [InlineData("{\"source\":{}}")]
    [InlineData("{\"source\":\"a\\u0000\"}")]
    [InlineData("{\"source\":\"\\ud800\"}")]
    [InlineData("nonsense{\"source\":\"portal\"}")]
    public void Or_for_none(string body) => Assert.Null(StatedSource.Of(Bodies.Bytes(body)));

    [Fact]
    public void The_name_is_found_at_the_head_of_a_body_that_is_far_too_large() =>
        Assert.Equal("portal", StatedSource.Of(Bodies.Bytes("{\"source\":\"portal\",\"data\":\"" + new string('x', 5_000_000))));
}
