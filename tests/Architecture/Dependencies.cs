namespace Pipeline.Architecture.Tests;

public sealed class Dependencies
{
    private const string Contracts = "Pipeline.Contracts";
    private const string Hosting = "Pipeline.Hosting";

    public static TheoryData<string> Services => [.. Built.Services.Select(service => service.Name)];

    [Fact]
    public void The_services_are_found() => Assert.InRange(Built.Services.Count, 6, 20);

    [Fact]
    public void Contracts_reference_nothing_but_the_framework()
    {
        Assert.All(Built.Contracts.References, reference => Assert.StartsWith("System.", reference));
        Assert.Empty(Built.Contracts.Asks("ProjectReference"));
        Assert.Empty(Built.Contracts.Asks("PackageReference"));
        Assert.Empty(Built.Contracts.Asks("FrameworkReference"));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_shares_contracts_and_hosting_with_the_others_and_nothing_else(string name)
    {
        var service = Built.Services.Single(built => built.Name == name);
        string[] allowed = service.Name == Hosting ? [Contracts] : [Contracts, Hosting];

        Assert.All(service.References.Where(IsOurs), reference => Assert.Contains(reference, allowed));
        Assert.All(service.Asks("ProjectReference").Select(Path.GetFileNameWithoutExtension), reference => Assert.Contains(reference, allowed));
    }

    private static bool IsOurs(string assembly) =>
        assembly.StartsWith("Pipeline.", StringComparison.Ordinal) || Built.Services.Any(service => service.Name == assembly);
}
