using System.Runtime.CompilerServices;

namespace Pipeline.Cli.Demo;

/// <summary>The frames of a run, two a second, however long a part of the system takes to answer.</summary>
internal sealed class Film(Watch watch, TimeProvider time)
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(0.5);

    private Picture _picture = Picture.Starting(time.GetUtcNow());

    /// <summary>The newest frame.</summary>
    public Frame Last => Frame.Of(_picture);

    /// <summary>Frames until the caller has seen enough, or the run is ended.</summary>
    public async IAsyncEnumerable<Frame> PlayAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Task<Moment>? look = null;
        while (!cancellation.IsCancellationRequested)
        {
            look ??= watch.LookAsync(cancellation);
            await Task.WhenAny(look, Task.Delay(Beat, time, cancellation));
            if (cancellation.IsCancellationRequested) yield break;
            if (look.IsCompleted)
            {
                _picture = _picture.After(await look);
                look = null;
            }
            else _picture = _picture with { At = time.GetUtcNow() };

            yield return Last;
            await Task.WhenAny(Task.Delay(Beat, time, cancellation));
        }
    }
}
