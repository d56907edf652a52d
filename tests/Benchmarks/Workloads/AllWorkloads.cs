namespace Pipeline.Benchmarks.Workloads;

/// <summary>The workloads, found by their type, in the order of their names.</summary>
internal static class AllWorkloads
{
    public static IReadOnlyList<IWorkload> List { get; } =
        [.. typeof(IWorkload).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IWorkload)) && type.IsClass).Select(type => (IWorkload)Activator.CreateInstance(type)!).OrderBy(workload => workload.Name, StringComparer.Ordinal)];

    public static IWorkload Named(string name) => List.SingleOrDefault(workload => workload.Name == name) ?? throw new BenchmarkException($"There is no workload '{name}'. There are {string.Join(", ", List.Select(workload => workload.Name))}.");
}
