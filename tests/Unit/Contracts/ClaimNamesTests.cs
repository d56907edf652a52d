using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Unit.Tests.Contracts;

public sealed class ClaimNamesTests
{
    [Fact]
    public void Tables_and_the_wire_call_every_kind_of_claim_the_same() => Assert.All(Enum.GetValues<ClaimKind>(), kind =>
    {
        Assert.Equal($"\"{ClaimNames.Of(kind)}\"", JsonSerializer.Serialize(kind));
        Assert.Equal(kind, ClaimNames.Find(ClaimNames.Of(kind)));
    });

    [Fact]
    public void An_unknown_name_is_no_kind() => Assert.Null(ClaimNames.Find("Parent"));
}
