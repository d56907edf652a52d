using Pipeline.VendorSimulator.OutsidePublisher;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Settings;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator;

/// <summary>The whole program. Program and the tests build it the same way; only the arguments and the clock differ.</summary>
public static class Simulator
{
    /// <summary>Where it listens when nothing else is said (<c>--urls</c> or <c>ASPNETCORE_URLS</c>).</summary>
    public const string DefaultAddress = "http://127.0.0.1:7070";

    /// <exception cref="SettingsException">A setting is out of its range; the message names it.</exception>
    public static WebApplication Build(string[] args, TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (builder.Configuration["urls"] is null) builder.WebHost.UseUrls(DefaultAddress);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddSettings(builder.Configuration);
        builder.Services.AddSingleton(services => AccountWorld.Of(services.GetRequiredService<SimulatorSettings>().Seed));
        builder.Services.AddSingleton<Milestones>();
        builder.Services.AddVendors(builder.Configuration["Simulator:Systems"] ?? "all");
        builder.Services.AddSingleton<WebhookSender>().AddHostedService(services => services.GetRequiredService<WebhookSender>());
        builder.AddOutsidePublisher();
        builder.Services.AddSingleton<ExpectedEnd>();
        builder.Services.AddHealthChecks();

        var app = builder.Build();
        _ = WebhookSender.Target(app.Services.GetRequiredService<WebhookSettings>());
        app.UseVendorRoots();
        app.UseFaults();
        app.UseRouting();
        app.MapVendors();
        app.MapTruth();
        app.MapHealthChecks("/health/live");
        app.MapHealthChecks("/health/ready");
        return app;
    }
}
