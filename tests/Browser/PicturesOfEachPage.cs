using Microsoft.Playwright;
using Pipeline.TestKit;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>Takes the pictures that the documentation shows; each page must stand before it is taken.</summary>
public sealed class PicturesOfEachPage
{
    [Fact]
    public async Task Each_page_stands_and_is_taken()
    {
        await using var office = await OfficeWorld.Start();
        foreach (var (id, number) in ((string[])["Nordwind-0042", "Sonne-0007", "Adler-0013"]).Select((id, number) => (id, number))) await office.Account(id, $"00{number}");
        await Waiting.Eventually("the accounts are in", () => office.World.Number("select count(*) from gatekeeper.accounts where standing = 'admitted'"), count => count == 3);
        foreach (var number in Enumerable.Range(1, 40)) await office.Child($"T-{number}", number % 4 == 0 ? "Nordwind-0042" : $"CUST-{number % 7}");
        foreach (var number in Enumerable.Range(1, 8)) await office.Child($"B-{number}", "nordwind-0042 ", source: "portal", type: "booking");
        await office.Publish("child-object-received", [.. Enumerable.Range(1, 6).Select(number => $$"""{"source":"billing","object_type":"invoice","native_id":"{{number}}","observed_at":"2026-01-01T00:00:00Z","account_id":{{number}}.5}"""), "no json"]);
        await office.Letters(37);
        var page = await office.SignIn();
        await Expect(page.Locator("#balance")).ToHaveTextAsync("balanced");
        await page.Take("overview");

        await Go("/dead-letters");
        await Expect(page.GetByText("account_id A-9").First).ToBeVisibleAsync();
        await page.Take("dead-letters");
        await page.Locator("#replay").ClickAsync();
        await Expect(page.Locator("#preview")).ToBeVisibleAsync();
        await page.Locator("#why").FillAsync("numbers were rounded");
        await page.Take("replay");
        await page.Keyboard.PressAsync("Escape");

        await Go($"/dead-letters/{(await office.World.Texts("select id::text from dead_letters.letters where reason = 'account_id_not_text' limit 1"))[0]}");
        await Expect(page.Locator("#body")).ToBeVisibleAsync();
        await page.Take("dead-letter");
        await page.Locator("#replay").ClickAsync();
        await page.Locator("#why").FillAsync("a try");
        await page.Locator("#go").ClickAsync();
        await Go("/operations");
        await page.GetByRole(AriaRole.Link, new() { Name = "replay" }).First.ClickAsync();
        await Expect(page.Locator("#operation-state")).Not.ToHaveTextAsync("running");
        await Expect(page.Locator("#operation-letters")).ToContainTextAsync("billing invoice");
        await page.Take("operations");

        await Go("/accounts?id=Nordwind-0042");
        await Expect(page.Locator("#state")).ToHaveTextAsync("admitted");
        await Expect(page.Locator("#kinds")).ToContainTextAsync("desk ticket 10");
        await Expect(page.Locator("#objects")).ToContainTextAsync("desk ticket T-4");
        await page.Take("accounts");
        await Go("/parked");
        await Expect(page.GetByText("account_id nordwind-0042").First).ToBeVisibleAsync();
        await page.Take("parked");
        await Go("/rules");
        await Expect(page.Locator("#yaml")).ToBeVisibleAsync();
        await page.Locator("#yaml").FillAsync("system_of_record: crm\nfilter: { field: Type, equals: Partner }\n");
        await page.Locator("#try").ClickAsync();
        await Expect(page.Locator("#trial")).ToContainTextAsync("3 accounts are in");
        await page.Take("rules");
        await Go("/releases");
        await page.Locator("#rule-name").FillAsync("late-desk-accounts");
        await page.Locator("#rule-query").FillAsync("source:desk -type:call");
        await page.Locator("#rule-reason").FillAsync("desk is a day ahead of the CRM");
        await page.Locator("#make-rule").ClickAsync();
        await Expect(page.Locator("#rules")).ToContainTextAsync("late-desk-accounts");
        await page.Take("releases");
        await Go("/systems");
        await Expect(page.GetByText("The connectors read no system")).ToBeVisibleAsync();
        await Expect(page.Locator("#coverage")).ToContainTextAsync("portal booking");
        await page.Take("systems");
        await Go("/audit");
        await Expect(page.GetByText("ada").Nth(1)).ToBeVisibleAsync();
        await page.Take("audit");
        Assert.Empty(office.Complaints);

        var dark = await office.SignIn(scheme: ColorScheme.Dark);
        await dark.GotoAsync(new Uri(office.Address, "/dead-letters").ToString());
        await Expect(dark.GetByText("account_id A-9").First).ToBeVisibleAsync();
        Assert.Equal("rgba(18,24,31,1)", (await dark.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).getPropertyValue('--mud-palette-background')")).Replace(" ", ""));
        await dark.Take("dark");

        Task Go(string path) => page.GotoAsync(new Uri(office.Address, path).ToString());
    }
}
