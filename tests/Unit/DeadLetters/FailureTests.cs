using System.Text;
using Pipeline.Contracts;
using Pipeline.DeadLetters.Capture;
using Pipeline.Hosting.Broker;

namespace Pipeline.Unit.Tests.DeadLetters;

/// <summary>Two thousand letters are three mistakes: what tells them apart is taken out, what they have in common stays.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("account_id CUST-0042", "account_id A-9")]
    [InlineData("account_id CUST-17", "account_id A-9")]
    [InlineData("account_id cust 17 ", "account_id a␣9␣")]
    [InlineData("parent desk 4711", "parent desk 9")]
    [InlineData("email jo@old.example", "email a@a.a")]
    [InlineData("account_id AB12", "account_id A9")]
    [InlineData("user_id 0198b2c4-5d1e", "user_id #-#")]
    [InlineData("account_id ", "account_id")]
    public void A_key_is_known_by_its_shape(string key, string shape) => Assert.Equal(shape, Failure.KeyShape(key));

    [Theory]
    [InlineData("The record 0015g00000X of crm carries no account_id.", "The record # of crm carries no account_id.")]
    [InlineData("Not JSON at line 3, byte 17.", "Not JSON at line #, byte #.")]
    [InlineData("The field 'a' has \"b\".", "The field '…' has '…'.")]
    [InlineData("Nobody has jo.doe+x@old.example here", "Nobody has …@… here")]
    public void A_text_is_known_without_what_differs(string text, string normal) => Assert.Equal(normal, Failure.Normal(text));

    [Fact]
    public void Letters_of_one_failure_are_one_group_and_another_source_is_another()
    {
        var (one, same, other) = (Of("desk", "CUST-1"), Of("desk", "CUST-20"), Of("portal", "CUST-1"));
        Assert.Equal(one, same);
        Assert.NotEqual(one.Key, other.Key);
    }

    [Fact]
    public void An_exception_is_known_by_its_type_and_where_it_was_thrown()
    {
        var failure = Failure.Of(Letter.Of(Delivery("billing_error",
            ("MT-Fault-ExceptionType", "System.TimeoutException"), ("MT-Fault-Message", "No answer from 10.0.0.7 in 30 s"),
            ("MT-Fault-StackTrace", "   at Billing.Invoices.Send(Guid id) in /src/Invoices.cs:line 12\n   at Billing.Run()")), DateTimeOffset.UnixEpoch));
        Assert.Equal("System.TimeoutException at Billing.Invoices.Send(Guid id): No answer from #.#.#.# in # s", failure.Shape);
    }

    private static Failure Of(string source, string account) => Failure.Of(Letter.Of(Delivery(DeadLetterQueue.Name,
        (DeadLetterQueue.Headers.Reason, "account_never_appeared"), (DeadLetterQueue.Headers.Source, source), (DeadLetterQueue.Headers.ObjectType, "ticket"), (DeadLetterQueue.Headers.WaitedFor, $"account_id {account}")), DateTimeOffset.UnixEpoch));

    private static Delivery Delivery(string queue, params (string Name, string Value)[] headers) =>
        new() { Tag = 1, Queue = queue, Exchange = "", Body = Encoding.UTF8.GetBytes("{}"), Headers = headers.ToDictionary(header => header.Name, header => header.Value) };
}
