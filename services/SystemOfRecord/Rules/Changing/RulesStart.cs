namespace Pipeline.SystemOfRecord.Rules.Changing;

/// <summary>Sees to it that there are rules before the first message.</summary>
internal sealed partial class RulesStart(RulesDesk desk, RulesSetting setting, ILogger<RulesStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await desk.TakeAsync(setting, cancellationToken) is { } version) Differs(setting.Path!, version);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(2101, LogLevel.Warning, "{File} differs from the rules in force, version {Version}, which somebody has applied and which stay. `pipeline rules try` shows what the file would change, `pipeline rules apply` puts it into force.")]
    private partial void Differs(string file, int version);
}
