using System.Text;
using Microsoft.Playwright;
using Pipeline.TestKit;
using static Pipeline.TestKit.Waiting;

namespace Pipeline.Browser.Tests;

/// <summary>The services as programs, and a real browser without a window that looks at the office's page.</summary>
public sealed class OfficeWorld : IAsyncDisposable
{
    public const string Key = "test-key";
    public const string ReaderKey = "reader-key";

    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private readonly List<ServiceProcess> _services = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private OfficeWorld(World world) => World = world;

    public World World { get; }

    public Uri Address => _services[^1].Address;

    /// <summary>What the page has complained of to its console, and pages that failed.</summary>
    public List<string> Complaints { get; } = [];

    /// <param name="settings">Of the office, beside those that it always has.</param>
    public static async Task<OfficeWorld> Start((string Name, string Value)[]? settings = null, [System.Runtime.CompilerServices.CallerFilePath] string testFile = "")
    {
        var browser = Array.Find(Browsers, File.Exists) ?? throw Prerequisite.Missing("There is no Chromium. infra/scripts/install-prerequisites brings it.");
        var world = new OfficeWorld(await World.New(testFile));
        var gatekeeper = await world.Run("Gatekeeper", ("Deadlines__default", "00:00:01"), ("Deadlines__portal__booking", "1.00:00:00"));
        var systemOfRecord = await world.Run("SystemOfRecord", ("Rules__File", RulesFileOf.Text("system_of_record: crm\nfilter: { field: Type, equals: Customer }\n")));
        await world.Run(
            "DeadLetters", [.. settings ?? [], ("PIPELINE_READER_KEY", ReaderKey), ("PIPELINE_GATEKEEPER_URL", gatekeeper.ToString()), ("PIPELINE_SYSTEM_OF_RECORD_URL", systemOfRecord.ToString()), ("PIPELINE_RABBITMQ_MANAGEMENT", world.World.Management.ToString()),
            ("PIPELINE_JAEGER", "http://localhost:16686"), ("DeadLetters__LookEvery", "00:00:01")]);
        world._playwright = await Playwright.CreateAsync();
        world._browser = await world._playwright.Chromium.LaunchAsync(new() { ExecutablePath = browser, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
        return world;
    }

    /// <summary>A page of somebody who is signed in.</summary>
    public async Task<IPage> SignIn(string name = "ada", string key = Key, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await Open(scheme);
        await page.GotoAsync(Address.ToString());
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        return page;
    }

    /// <summary>A page of nobody.</summary>
    public async Task<IPage> Open(ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = 1360, Height = 850 }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(20_000);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => Complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("net::ERR", StringComparison.Ordinal)) Complaints.Add(message.Text);
        };
        page.Dialog += async (_, dialog) =>
        {
            Complaints.Add($"a dialog was opened: {dialog.Message}");
            await dialog.DismissAsync();
        };
        return page;
    }

    public Task Publish(string exchange, params string[] bodies) => World.Outsider.Publish(exchange, bodies.Select(Encoding.UTF8.GetBytes));

    public Task Account(string accountId, string nativeId) => Publish("account-discovered",
        $$$"""{"source":"crm","native_id":"{{{nativeId}}}","observed_at":"2026-01-01T00:00:00Z","account_id":"{{{accountId}}}","name":"{{{accountId}}} Ltd","join_date":"2025-06-01","fields":{"Type":"Customer"}}""");

    public Task Child(string nativeId, string accountId, string source = "desk", string type = "ticket") => Publish("child-object-received",
        $$$"""{"source":"{{{source}}}","object_type":"{{{type}}}","native_id":"{{{nativeId}}}","observed_at":"2026-01-01T00:00:00Z","account_id":"{{{accountId}}}","data":{"subject":"Cannot sign in","requester":"jo.doe@nordwind.example"}}""");

    public Task Letters(int count, string state = "open") => Eventually(
        $"{count} letters are {state}", () => World.Number($"select count(*) from dead_letters.letters where state = '{state}'"), found => found == count, TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        foreach (var service in _services) await service.DisposeAsync();
        await World.DisposeAsync();
    }

    private async Task<Uri> Run(string name, params (string, string)[] settings)
    {
        _services.Add(await ServiceProcess.Start(name, World, [("PIPELINE_KEY", Key), .. settings]));
        return _services[^1].Address;
    }
}
