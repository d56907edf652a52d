namespace Pipeline.Conformance.Tests.Harness;

/// <summary>
/// The end of a process at a chosen instant: everything that leaves it or enters it counts as a step, and from the fatal one on
/// nothing happens any more, as after kill -9.
/// </summary>
public sealed class Death(int fatalStep)
{
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _steps;

    public static Death Never => new(int.MaxValue);

    public bool Came => _died.Task.IsCompleted;

    public Task Died => _died.Task;

    /// <summary>Whatever is under way ends here.</summary>
    public void ComeNow() => _died.TrySetResult();

    /// <exception cref="DeadException">The process is dead.</exception>
    public void Step()
    {
        if (Interlocked.Increment(ref _steps) < fatalStep) return;
        _died.TrySetResult();
        throw new DeadException();
    }
}

public sealed class DeadException() : Exception("The process is dead.");
