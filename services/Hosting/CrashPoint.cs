using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Pipeline.Hosting;

/// <summary>
/// Lines on which the process can be made to die, so that a test proves what docs/delivery.md says of each. PIPELINE_CRASH_AT names one, and
/// with a colon the how-manieth time: <c>after-commit children:3</c>. Not set, as it always is in use, a point does nothing.
/// </summary>
public static class CrashPoint
{
    private static readonly (string Name, int Time)? Wanted = Read(Environment.GetEnvironmentVariable("PIPELINE_CRASH_AT"));
    private static int _reached;

    /// <summary>Dies here, as by <c>kill -9</c>, where this is the point: nothing is finished, nobody is told.</summary>
    public static void Reach(string when, string what)
    {
        if (Wanted is not { } wanted || wanted.Name.Length != when.Length + what.Length + 1 || !wanted.Name.StartsWith(when, StringComparison.Ordinal) || !wanted.Name.EndsWith(what, StringComparison.Ordinal)) return;
        if (Interlocked.Increment(ref _reached) < wanted.Time) return;
        Process.GetCurrentProcess().Kill();
#pragma warning disable RS0030 // the signal is on its way, and not one line more is to run
        Thread.Sleep(Timeout.Infinite);
#pragma warning restore RS0030
    }

    /// <summary>Dies before a message of this id is handled, each time: <c>at-message ID</c>.</summary>
    public static void Reach(IReadOnlyList<Broker.Delivery> batch)
    {
        if (Wanted is null) return;
        foreach (var delivery in batch) Reach("at-message", delivery.MessageId ?? "");
    }

    /// <summary>Commits, with a point on either side.</summary>
    public static async Task CommitAsync(this NpgsqlTransaction transaction, string work, CancellationToken cancellation)
    {
        Reach("before-commit", work);
        await transaction.CommitAsync(cancellation);
        Reach("after-commit", work);
    }

    private static (string, int)? Read(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting)) return null;
        var parts = setting.Split(':');
        return (parts[0], parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1);
    }
}
