using Pipeline.Hosting;

namespace Pipeline.SystemOfRecord.Rules.Changing;

internal static class RulesRegistration
{
    /// <summary>The rules and what changes them. The rules are there before anything that asks for them starts.</summary>
    /// <exception cref="SettingsException">The rules file cannot be used.</exception>
    public static void AddRules(this IServiceCollection services, IConfiguration configuration)
    {
        var wake = new WakeUp();
        services.AddSingleton(RulesSetting.From(configuration)).AddSingleton<RuleSets>().AddSingleton<RulesTrial>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RulesDesk>(provider, wake));
        services.AddHostedService<RulesStart>().AddHostedService(provider => ActivatorUtilities.CreateInstance<Redecision>(provider, wake));
    }
}
