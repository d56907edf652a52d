using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Pipeline.Architecture.Tests.Approvals;

namespace Pipeline.Architecture.Tests;

/// <summary>A project of the repository and the assembly that was built from it, read without being loaded.</summary>
internal sealed record Built(string Name, string Project, IReadOnlyList<string> References, IReadOnlyList<BuiltType> Types)
{
    /// <summary>Every project in services, found and never listed.</summary>
    public static IReadOnlyList<Built> Services { get; } = [.. ProjectsIn("services").Select(Of)];

    public static Built Contracts { get; } = Of(ProjectsIn("contracts").Single());

    /// <summary>What the project file asks for: the compiler leaves references out of the assembly that no code uses.</summary>
    public IEnumerable<string> Asks(string kind) => XDocument.Load(Repository.PathOf(Project)).Descendants(kind).Select(item => item.Attribute("Include")!.Value);

    public override string ToString() => Name;

    private static IEnumerable<string> ProjectsIn(string folder) =>
        Repository.Files.Where(file => file.StartsWith($"{folder}/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal));

    private static Built Of(string project)
    {
        var file = PathOf(project);
        Assert.True(File.Exists(file), $"{file} is not built. It is built with these tests: has the project's output moved?");
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        return new Built(
            metadata.GetString(metadata.GetAssemblyDefinition().Name),
            project,
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))],
            [.. metadata.TypeDefinitions.Select(handle => BuiltType.Of(metadata, handle))]);
    }

    private static string PathOf(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var assembly = XDocument.Load(Repository.PathOf(project)).Descendants("AssemblyName").FirstOrDefault()?.Value ?? name;
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Repository.PathOf(Path.Combine("artifacts", "bin", name, configuration, $"{assembly}.dll"));
    }
}

/// <summary>A type of a built assembly.</summary>
internal sealed record BuiltType(string Name, TypeAttributes Attributes, bool IsGenerated)
{
    /// <summary>Whether another class may derive from it, and it stands alone: neither sealed nor abstract (static classes and interfaces are abstract).</summary>
    public bool IsOpen => (Attributes & (TypeAttributes.Sealed | TypeAttributes.Abstract)) == default(TypeAttributes);

    public static BuiltType Of(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        var parent = type.GetDeclaringType();
        var outer = parent.IsNil ? null : Of(metadata, parent);
        var @namespace = metadata.GetString(type.Namespace);
        var full = outer is not null ? $"{outer.Name}.{name}" : @namespace.Length == 0 ? name : $"{@namespace}.{name}";
        return new BuiltType(full, type.Attributes, outer?.IsGenerated == true || name.StartsWith('<') || HasGeneratedMark(metadata, type) || IsOfRazor(metadata, type));
    }

    /// <summary>Razor writes the class of a component, and leaves it open.</summary>
    private static bool IsOfRazor(MetadataReader metadata, TypeDefinition type) =>
        type.GetMethods().Any(handle => metadata.GetString(metadata.GetMethodDefinition(handle).Name) == "BuildRenderTree");

    private static bool HasGeneratedMark(MetadataReader metadata, TypeDefinition type) =>
        type.GetCustomAttributes().Select(handle => metadata.GetCustomAttribute(handle).Constructor).Any(constructor =>
            constructor.Kind == HandleKind.MemberReference
            && metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } parent
            && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name) is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute");
}
