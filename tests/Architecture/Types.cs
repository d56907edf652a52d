using System.Text.RegularExpressions;
using Pipeline.Architecture.Tests.Approvals;

namespace Pipeline.Architecture.Tests;

public sealed partial class Types
{
    /// <summary>Classes that are open for a reason.</summary>
    private static readonly Dictionary<string, string> Open = new() { ["Program"] = "The compiler makes it of top-level statements.", ["Pipeline.DeadLetters.Page._Imports"] = "Razor makes it of a list of usings." };

    [Fact]
    public void Classes_are_sealed_or_abstract()
    {
        var written = Built.Services.Append(Built.Contracts).SelectMany(built => built.Types).Where(type => !type.IsGenerated && type.Name != "<Module>").ToList();

        Assert.InRange(written.Count, 50, 10_000);
        Found.Nothing(written.Where(type => type.IsOpen && !Open.ContainsKey(type.Name)).Select(type => $"{type.Name} is neither sealed nor abstract."));
    }

    [Fact]
    public void No_type_is_named_for_nothing() =>
        Found.Nothing(Built.Services.Append(Built.Contracts).SelectMany(built => built.Types).Where(type => !type.IsGenerated && IsEmptyName(type.Name)).Select(type => type.Name));

    [Fact]
    public void No_file_or_folder_is_named_for_nothing() => Assert.DoesNotContain(Repository.Files, IsEmptyName);

    [Theory]
    [InlineData("ParkingManager.cs")]
    [InlineData("services/Common/Text.cs")]
    [InlineData("StringUtils")]
    [InlineData("Namespace.GateImpl")]
    [InlineData("HelpersForTests")]
    public void Such_names_are_seen(string name) => Assert.True(IsEmptyName(name));

    [Theory]
    [InlineData("ImplicitLinks.cs")]
    [InlineData("Commonwealth")]
    [InlineData("UtilityBill")]
    public void Words_that_begin_like_them_are_not(string name) => Assert.False(IsEmptyName(name));

    private static bool IsEmptyName(string name) => EmptyWord.IsMatch(name);

    [GeneratedRegex("(?<![A-Z])(Manager|Helper|Util|Common|Impl)s?(?![a-z])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmptyWord { get; }
}
