using System.Globalization;

namespace Pipeline.Benchmarks.Peers;

/// <summary>The peers, found by their type, the limit of the machine first.</summary>
internal static class AllPeers
{
    public static IReadOnlyList<IServed> Served { get; } =
        [.. typeof(IServed).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IServed)) && type is { IsClass: true, IsAbstract: false } && type.GetConstructor(Type.EmptyTypes) is not null).Select(type => (IServed)Activator.CreateInstance(type)!)];

    public static IReadOnlyList<IPeer> List { get; } =
        [.. Served.OfType<IPeer>().OrderBy(peer => peer.Name == "raw" ? 0 : peer.Name == "pipeline" ? 1 : 2).ThenBy(peer => peer.Name, StringComparer.Ordinal)];

    /// <param name="name">As <c>pipeline</c>; <c>pipeline:4</c> is four processes of it.</param>
    /// <exception cref="BenchmarkException">There is none of this name.</exception>
    public static IPeer Named(string name) => name.Split(':') switch
    {
        [var one] => One(one),
        [var one, var times] when int.TryParse(times, CultureInfo.InvariantCulture, out var processes) && processes is > 1 and <= 16 => new ReplicatedPeer(One(one), processes),
        _ => throw new BenchmarkException($"'{name}' is no peer. Write a name, or a name and how many processes, 2 to 16, as pipeline:4."),
    };

    private static IPeer One(string name) => List.SingleOrDefault(peer => peer.Name == name) ?? throw new BenchmarkException($"There is no peer '{name}'. There are {string.Join(", ", List.Select(peer => peer.Name))}.");
}
