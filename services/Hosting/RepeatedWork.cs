using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pipeline.Hosting.Storage;

namespace Pipeline.Hosting;

/// <summary>
/// Work that is done in rounds for as long as the service runs. A round that fails is logged, waited out and done again: no
/// failure of the surroundings ends it, and none is silent.
/// </summary>
public abstract partial class RepeatedWork(TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Whoever only looks rests so many times as long as looking took.</summary>
    private const int RestForALook = 50;

    private TimeSpan _took;

    protected TimeProvider Time => time;

    /// <summary>One round. What it throws makes it wait and begin again.</summary>
    protected abstract Task RoundAsync(CancellationToken stopping);

    /// <summary>Between two rounds.</summary>
    protected abstract Task PauseAsync(CancellationToken stopping);

    /// <summary>The pause of whoever only looks: longer where looking is dear, so that it is never more than a fiftieth of somebody's time.</summary>
    protected Task RestAsync(TimeSpan interval, CancellationToken stopping) => Task.Delay(RestOf(interval, _took), time, stopping);

    /// <param name="interval">The shortest rest.</param>
    /// <param name="took">How long the look took.</param>
    public static TimeSpan RestOf(TimeSpan interval, TimeSpan took) => took * RestForALook > interval ? took * RestForALook : interval;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = ShortestWait;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var begun = time.GetTimestamp();
                await RoundAsync(stoppingToken);
                _took = time.GetElapsedTime(begun);
                wait = ShortestWait;
                await PauseAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return; // what a round had begun is rolled back
            }
            catch (WriteConflictException)
            {
                // Another replica was quicker; nothing is wrong.
            }
            catch (Exception exception)
            {
                if (Transient.Is(exception)) Postponed(GetType().Name, wait.TotalSeconds, exception.Message);
                else Failed(GetType().Name, wait.TotalSeconds, exception);
                await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
        }
    }

    [LoggerMessage(1401, LogLevel.Warning, "{Work} waits {Seconds} s for its surroundings: {Why}")]
    private partial void Postponed(string work, double seconds, string why);

    [LoggerMessage(1402, LogLevel.Error, "{Work} failed and is tried again in {Seconds} s")]
    private partial void Failed(string work, double seconds, Exception exception);
}
