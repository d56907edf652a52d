using Microsoft.Playwright;
using Pipeline.TestKit;
using static Microsoft.Playwright.Assertions;

namespace Pipeline.Browser.Tests;

/// <summary>What an operator does from the first look to the last fate, in a real browser.</summary>
public sealed class OperatorJourneys
{
    [Fact]
    public async Task Nobody_sees_anything_without_a_key_and_a_wrong_one_is_refused_and_noted()
    {
        await using var office = await OfficeWorld.Start();
        var page = await office.Open();
        foreach (var path in (string[])["", "dead-letters", "audit", "operations", "rules"])
        {
            await page.GotoAsync(new Uri(office.Address, path).ToString());
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        }

        await page.GetByLabel("Your name").FillAsync("mallory");
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync("guessed");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This is none of the keys.");
        Assert.Equal(1, await office.World.Number("select count(*) from dead_letters.audit where actor = 'mallory' and result = 'refused'"));

        using var client = new HttpClient();
        using var forged = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "mallory", ["key"] = OfficeWorld.Key });
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await client.PostAsync(new Uri(office.Address, "/session"), forged)).StatusCode); // from another site
    }

    [Fact]
    public async Task From_the_overview_to_a_group_to_its_replay_to_the_fate_of_each_letter()
    {
        await using var office = await OfficeWorld.Start();
        foreach (var number in Enumerable.Range(1, 12)) await office.Child($"T-{number}", "Nordwind");
        await office.Publish("child-object-received", "no json at all", "{}");
        await office.Letters(14);
        await office.Account("Nordwind", "001");
        await Waiting.Eventually("the account is in", () => office.World.Number("select count(*) from gatekeeper.accounts where standing = 'admitted'"), count => count == 1);

        var page = await office.SignIn();
        await Expect(page.Locator("#balance")).ToHaveTextAsync("balanced");
        await Expect(page.Locator("#who")).ToContainTextAsync("ada, admin");
        await page.GetByRole(AriaRole.Link, new() { Name = "account_never_appeared" }).ClickAsync();
        await Expect(page.Locator("#total")).ToContainTextAsync("12 letters");
        await page.Locator("#replay").ClickAsync();
        await Expect(page.Locator("#preview")).ToContainTextAsync("12 of 12 letters");
        await Expect(page.Locator("#go")).ToBeDisabledAsync(); // it needs a reason
        await page.Locator("#why").FillAsync("the account was loaded");
        await page.Locator("#go").DblClickAsync();

        await Expect(page.Locator("#operation-state")).ToHaveTextAsync("done", new() { Timeout = 40_000 });
        await Expect(page.Locator("#operation")).ToContainTextAsync("accepted 12");
        await office.Letters(12, "settled");
        Assert.Equal(1, await office.World.Number("select count(*) from dead_letters.operations")); // though it was clicked twice
        Assert.Equal(12, await office.World.Number("select count(*) from gatekeeper.objects"));
        Assert.Empty(office.Complaints);
    }

    [Fact]
    public async Task Somebody_signs_in_with_the_organisation_and_sees_what_is_of_their_source()
    {
        await using var organisation = await IdentityProvider.Start();
        await using var office = await OfficeWorld.Start(organisation.Settings("desk-team=operator:desk"));
        await office.Child("T-1", "A");
        await office.Child("T-2", "A", source: "portal");
        await office.Letters(2);
        (organisation.Name, organisation.Roles) = ("kim", ["desk-team"]);

        var page = await office.Open();
        await page.GotoAsync(new Uri(office.Address, "/dead-letters").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Acme" }).ClickAsync();
        await Expect(page.Locator("#who")).ToContainTextAsync("kim, operator");
        await Expect(page.Locator("#total")).ToContainTextAsync("1 open letters");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Letters" }).ClickAsync();
        await Expect(page.GetByText("desk ticket T-1")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Audit" }).ClickAsync();
        await Expect(page.Locator("#trouble")).ToContainTextAsync("Your role is for desk only");
        await page.GotoAsync(new Uri(office.Address, $"/dead-letters/{(await office.World.Texts("select id::text from dead_letters.letters where source = 'portal'"))[0]}").ToString());
        await Expect(page.GetByText("There is no dead letter")).ToBeVisibleAsync();
        Assert.Empty(office.Complaints);
    }

    [Fact]
    public async Task A_letter_says_that_its_account_is_there_and_a_rule_made_on_the_page_replays_it()
    {
        await using var office = await OfficeWorld.Start();
        foreach (var number in Enumerable.Range(1, 3)) await office.Child($"T-{number}", "Nordwind");
        await office.Child("T-4", "nordwind ");
        await office.Letters(4);
        await office.Account("Nordwind", "001");

        var page = await office.SignIn();
        await page.GotoAsync(new Uri(office.Address, "/dead-letters").ToString());
        await Expect(page.Locator("#offered")).ToContainTextAsync("3 have an account now");
        await page.GotoAsync(new Uri(office.Address, $"/dead-letters/{(await office.World.Texts("select id::text from dead_letters.letters where native_id = 'T-1'"))[0]}").ToString());
        await Expect(page.GetByText("Nordwind: a replay would let it in")).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(office.Address, $"/dead-letters/{(await office.World.Texts("select id::text from dead_letters.letters where native_id = 'T-4'"))[0]}").ToString());
        await Expect(page.Locator("#near")).ToContainTextAsync("Nordwind");

        await page.GetByRole(AriaRole.Link, new() { Name = "Releases" }).ClickAsync();
        await Expect(page.Locator("#offered")).ToContainTextAsync("3 open letters have an account now");
        await page.Locator("#rule-name").FillAsync("Late Accounts");
        await page.Locator("#rule-reason").FillAsync("they come late");
        await page.Locator("#make-rule").ClickAsync();
        await Expect(page.GetByText("A rule needs a name of")).ToBeVisibleAsync();
        await page.Locator("#rule-name").FillAsync("late-accounts");
        await page.Locator("#make-rule").ClickAsync();
        await Expect(page.Locator("#rules")).ToContainTextAsync("3 of 1,000", new() { Timeout = 40_000 });
        await office.Letters(3, "settled");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch off" }).ClickAsync();
        await Expect(page.Locator("#rules")).ToContainTextAsync("switched off by ada");
        Assert.Empty(office.Complaints);
    }

    [Fact]
    public async Task One_letter_is_edited_with_what_is_still_wrong_shown_meanwhile_and_used()
    {
        await using var office = await OfficeWorld.Start();
        await office.Account("Nordwind", "001");
        await Waiting.Eventually("the account is in", () => office.World.Number("select count(*) from gatekeeper.accounts where standing = 'admitted'"), count => count == 1);
        await office.Publish("child-object-received", """{"source":"desk","object_type":"ticket","native_id":"T-1","observed_at":"2026-01-01T00:00:00Z","account_id":12.5}""");
        await office.Letters(1);

        var page = await office.SignIn();
        await page.GotoAsync(new Uri(office.Address, "/dead-letters").ToString());
        await page.GetByRole(AriaRole.Tab, new() { Name = "Letters" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "account_id_not_text" }).ClickAsync();
        await Expect(page.Locator("#body")).ToContainTextAsync("12.5");
        await page.Locator("#edit").ClickAsync();
        var editor = page.Locator("#body-editor");
        await editor.FillAsync("{");
        await Expect(page.GetByText("Not JSON at line 1")).ToBeVisibleAsync();
        await editor.FillAsync("""{"source":"desk","object_type":"ticket","native_id":"T-1","observed_at":"2026-01-01T00:00:00Z","account_id":"Nordwind"}""");
        await page.Locator("#send-edited").ClickAsync();
        await page.Locator("#why").FillAsync("typed wrongly");
        await page.Locator("#go").ClickAsync();
        await Expect(page.GetByText("under account Nordwind").First).ToBeVisibleAsync(); // by itself, without a reload
        Assert.Equal(1, await office.World.Number("select count(*) from gatekeeper.objects"));
        Assert.Empty(office.Complaints);
    }

    [Fact]
    public async Task A_reader_sees_what_is_wrong_and_neither_a_person_nor_a_button()
    {
        await using var office = await OfficeWorld.Start();
        await office.Child("T-1", "Nordwind");
        await office.Letters(1);
        var letter = (await office.World.Texts("select id::text from dead_letters.letters"))[0];

        var page = await office.SignIn("rita", OfficeWorld.ReaderKey);
        await Expect(page.Locator("#who")).ToContainTextAsync("rita, reader");
        await page.GotoAsync(new Uri(office.Address, $"/dead-letters/{letter}").ToString());
        await Expect(page.Locator("#body")).ToContainTextAsync("•••");
        Assert.DoesNotContain("jo.doe", await page.ContentAsync(), StringComparison.Ordinal);
        await Expect(page.Locator("#replay")).ToHaveCountAsync(0);
        await page.GotoAsync(new Uri(office.Address, "/audit").ToString());
        await Expect(page.GetByText("This is for operators.")).ToBeVisibleAsync();
        Assert.Equal(1, await office.World.Number("select count(*) from dead_letters.audit where actor = 'rita' and action = 'view' and detail = 'masked'"));
    }

    [Fact]
    public async Task Script_in_every_field_is_shown_and_never_runs()
    {
        const string Script = "<script>window.hacked=1</script><img src=x onerror='window.hacked=1'>";
        await using var office = await OfficeWorld.Start();
        var quoted = System.Text.Json.JsonSerializer.Serialize(Script);
        await office.Publish("child-object-received", $$$"""{"source":{{{quoted}}},"object_type":{{{quoted}}},"native_id":{{{quoted}}},"observed_at":"2026-01-01T00:00:00Z","account_id":{{{quoted}}},"data":{"x":{{{quoted}}}}}""", Script);
        await office.World.Outsider.Publish("", Script, "dead-letters", new RabbitMQ.Client.BasicProperties
        {
            MessageId = Script,
            Headers = new Dictionary<string, object?> { ["x-reason"] = "handler_failed", ["x-sentence"] = Script, ["x-source"] = Script, ["x-object-type"] = Script, ["x-native-id"] = Script, ["x-waited-for"] = Script, ["x-source-queue"] = Script, [Script] = Script },
        });
        await office.Letters(3);

        var page = await office.SignIn(Script);
        var letters = await office.World.Texts("select '/dead-letters/' || id from dead_letters.letters");
        foreach (var path in (string[])["/", "/systems", "/accounts?id=" + Uri.EscapeDataString(Script), "/parked", "/dead-letters", $"/dead-letters?q={Uri.EscapeDataString($"\"{Script}\"")}", .. letters, "/operations", "/rules", "/audit"])
        {
            await page.GotoAsync(new Uri(office.Address, path).ToString());
            await Expect(page.Locator("main, .mud-main-content").First).ToBeVisibleAsync();
            if (path.StartsWith("/dead-letters/", StringComparison.Ordinal)) await Expect(page.Locator("#body")).ToContainTextAsync("script");
            if (path == "/dead-letters") await page.GetByRole(AriaRole.Tab, new() { Name = "Letters" }).ClickAsync();
            await page.WaitForTimeoutAsync(300);
            Assert.Null(await page.EvaluateAsync<int?>("() => window.hacked ?? null"));
        }

        Assert.Empty(office.Complaints);
    }

    [Fact]
    public async Task A_hundred_thousand_letters_are_read_searched_and_replayed_without_the_browser_holding_them()
    {
        await using var office = await OfficeWorld.Start();
        await using (var fill = office.World.Database.CreateCommand(
            """
            insert into dead_letters.letters (id, reason, sentence, source, object_type, native_id, exchange, routing_key, source_queue, body, headers, counted_by_us, first_seen, group_key)
            select gen_random_uuid(), 'handler_failed', 'It failed.', 'shop', 'order', n::text, '', 'shop', 'shop', '{}', '{}', true, now() - n * interval '1 second', '00000000-0000-8000-8000-000000000001'
            from generate_series(1, 100000) n;
            insert into dead_letters.letter_words select id, 'order number ' || native_id || ' of many' from dead_letters.letters;
            """))
        {
            fill.CommandTimeout = 120;
            await fill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var page = await office.SignIn();
        await page.GotoAsync(new Uri(office.Address, "/dead-letters").ToString());
        await Expect(page.Locator("#total")).ToContainTextAsync("100,000 open letters");
        await page.Locator("#search").FillAsync("\"number 77777 \"");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#total")).ToContainTextAsync("1 letters");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Letters" }).ClickAsync();
        await Expect(page.GetByText("shop order 77777")).ToBeVisibleAsync();
        await page.Locator("#search").FillAsync("");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#total")).ToContainTextAsync("100,000 open letters");
        Assert.InRange(await page.Locator("tbody tr").CountAsync(), 1, 200); // only what is seen is there
        await page.Locator("#discard").ClickAsync();
        await Expect(page.Locator("#preview")).ToContainTextAsync("100,000 of 100,000 letters", new() { Timeout = 40_000 });
        await page.Locator("#why").FillAsync("a drill");
        await page.Locator("#go").ClickAsync();
        await Expect(page.Locator("#operation-state")).ToHaveTextAsync("done", new() { Timeout = 90_000 });
        await office.Letters(100_000, "discarded");
        Assert.Empty(office.Complaints);
    }
}
