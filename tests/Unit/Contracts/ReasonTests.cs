using System.Reflection;
using Pipeline.Contracts;

namespace Pipeline.Unit.Tests.Contracts;

public sealed class ReasonTests
{
    [Fact]
    public void Every_reason_is_in_the_list_once()
    {
        var declared = typeof(Reason).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<Reason>().ToList();

        Assert.Equal(declared, Reason.All);
        Assert.Equal(declared.Count, Reason.All.Select(reason => reason.Code).Distinct().Count());
    }

    [Fact]
    public void Every_exchange_is_in_the_list_once()
    {
        var declared = typeof(Exchanges).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(declared, Exchanges.All);
    }

    [Fact]
    public void A_reason_is_found_by_its_code()
    {
        Assert.All(Reason.All, reason => Assert.Same(reason, Reason.Find(reason.Code)));
        Assert.Null(Reason.Find("no_such_reason"));
        Assert.Null(Reason.Find(null));
    }
}
