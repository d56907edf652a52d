namespace Pipeline.Benchmarks.Peers;

/// <summary>The peers, found by their type, the limit of the machine first.</summary>
internal static class AllPeers
{
    public static IReadOnlyList<IServed> Served { get; } =
        [.. typeof(IServed).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IServed)) && type is { IsClass: true, IsAbstract: false }).Select(type => (IServed)Activator.CreateInstance(type)!)];

    public static IReadOnlyList<IPeer> List { get; } =
        [.. Served.OfType<IPeer>().OrderBy(peer => peer.Name == "raw" ? 0 : peer.Name == "pipeline" ? 1 : 2).ThenBy(peer => peer.Name, StringComparer.Ordinal)];

    public static IPeer Named(string name) => List.SingleOrDefault(peer => peer.Name == name) ?? throw new BenchmarkException($"There is no peer '{name}'. There are {string.Join(", ", List.Select(peer => peer.Name))}.");
}
