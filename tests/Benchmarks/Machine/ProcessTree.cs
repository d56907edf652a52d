using System.Globalization;

namespace Pipeline.Benchmarks.Machine;

/// <summary>A process with all below it, as Linux counts what they use. Knows nothing where the process is not of this machine, as with an engine in a virtual one.</summary>
internal sealed class ProcessTree(int root)
{
    /// <summary>Clock ticks a second in /proc, which Linux has fixed.</summary>
    private const double Ticks = 100;

    /// <summary>Processor seconds so far, ended children included; null where they cannot be known.</summary>
    public double? Seconds()
    {
        if (!OperatingSystem.IsLinux() || root <= 0 || !File.Exists($"/proc/{root}/stat")) return null;
        var processes = Directory.EnumerateDirectories("/proc").Select(path => Path.GetFileName(path)).Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _)).Select(Read).OfType<Entry>().ToList();
        var below = processes.ToLookup(process => process.Parent);
        var (sum, open) = (0.0, new Queue<Entry>(processes.Where(process => process.Id == root)));
        while (open.TryDequeue(out var process))
        {
            sum += process.Ticks / Ticks;
            foreach (var child in below[process.Id]) open.Enqueue(child);
        }

        return sum;
    }

    private static Entry? Read(string id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' '); // the name may hold blanks; from the state on it is fields
            return new Entry(int.Parse(id, CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended meanwhile
        }
    }

    /// <param name="Ticks">Its own in both modes, and those of the children that it has waited for.</param>
    private sealed record Entry(int Id, int Parent, long Ticks);
}
