using Pipeline.Contracts;

namespace Pipeline.Unit.Tests.Contracts;

public sealed class StableIdTests
{
    [Fact]
    public void The_same_parts_have_the_same_id_for_ever() =>
        Assert.Equal(Guid.Parse("a879503f-fe32-8fb1-ba9b-7cd2015e76d2"), StableId.Of("crm", "account", "é😀"));

    [Fact]
    public void Parts_do_not_run_together()
    {
        Assert.NotEqual(StableId.Of("ab", "c"), StableId.Of("a", "bc"));
        Assert.NotEqual(StableId.Of("a", ""), StableId.Of("a"));
        Assert.NotEqual(StableId.Of("a", "", "b"), StableId.Of("a", "b", ""));
    }

    [Fact]
    public void It_is_marked_as_a_version_8_UUID()
    {
        Assert.Equal(8, StableId.Of("a").Version);
        Assert.InRange(StableId.Of("a").Variant, 8, 11);
    }
}
