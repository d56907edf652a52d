using System.Globalization;

namespace Pipeline.Benchmarks.Workloads;

/// <summary>The workloads, found by their type, in the order of their numbers.</summary>
internal static class AllWorkloads
{
    public static IReadOnlyList<IWorkload> List { get; } =
        [.. typeof(IWorkload).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IWorkload)) && type.IsClass).Select(type => (IWorkload)Activator.CreateInstance(type)!).OrderBy(workload => int.Parse(workload.Name.AsSpan(1), CultureInfo.InvariantCulture))];

    public static IWorkload Named(string name) => List.SingleOrDefault(workload => workload.Name == name) ?? throw new BenchmarkException($"There is no workload '{name}'. There are {string.Join(", ", List.Select(workload => workload.Name))}.");
}
