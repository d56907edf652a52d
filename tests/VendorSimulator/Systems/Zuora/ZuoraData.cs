using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Zuora;

/// <summary>The accounts that Zuora holds: most of Salesforce's, and some that nobody else knows. Their stamps have the grain of a second.</summary>
public static class ZuoraData
{
    private const int OnlyHere = 10;
    private const int ActiveLate = 6;

    /// <summary>The accounts, of which some are drafts until they become active late.</summary>
    public static IEnumerable<StampedRow> Rows(AccountWorld world)
    {
        var rows = Of(world);
        var late = world.Of(AccountKind.Good).TakeLast(ActiveLate).Select(account => account.ZuoraId).ToHashSet();
        var stamp = rows[^1].Stamp;
        foreach (var row in rows)
        {
            if (!late.Contains(row.Id)) yield return row;
            else
            {
                yield return row with { Json = With(row, "Draft", row.Stamp) };
                stamp = stamp.AddSeconds(40);
                yield return row with { Stamp = stamp, Json = With(row, "Active", stamp), Late = true };
            }
        }
    }

    /// <summary>The accounts as they are in the end, in the order of their stamps.</summary>
    public static IReadOnlyList<StampedRow> Of(AccountWorld world)
    {
        var random = Chance.Of(world.Seed, "zuora");
        var rows = new List<StampedRow>();
        var updated = new DateTimeOffset(2025, 1, 9, 6, 30, 0, TimeSpan.Zero);
        foreach (var account in Chance.Shuffled(world.Accounts.Where(account => account.ZuoraId is not null), random))
        {
            updated = Next(updated, rows.Count, random);
            rows.Add(Row(account.ZuoraId!, account.Name, CrmId(account), account.ZuoraStatus, updated, rows.Count, random));
        }

        for (var index = 0; index < OnlyHere; index++)
        {
            updated = Next(updated, rows.Count, random);
            var crmId = index % 2 == 0 ? null : SalesforceId.Make("001", random);
            rows.Add(Row(Chance.Hex(random, 32, "8a12"), CompanyName.Full("Eigenbrot", random), crmId, "Active", updated, rows.Count, random));
        }

        return rows;
    }

    /// <summary>Several rows of one second around each end of a page of 99.</summary>
    public static DateTimeOffset Next(DateTimeOffset updated, int index, Random random) =>
        index % 99 is > 95 or < 3 ? updated : updated.AddSeconds(random.Next(600, 200_000));

    private static string? CrmId(Account account) => account.Kind switch
    {
        AccountKind.LinkedFromSalesforce => null,
        AccountKind.ShortCrmId => account.SalesforceId[..15],
        _ => account.SalesforceId,
    };

    private static StampedRow Row(string id, string? name, string? crmId, string status, DateTimeOffset updated, int number, Random random) => new(id, updated, Answer.Row(new
    {
        accountNumber = $"A{number + 1:00000000}",
        allowInvoiceEdit = false,
        autoPay = random.Next(2) == 0,
        balance = 0.0,
        batch = "Batch1",
        bcdSettingOption = "AutoSet",
        billCycleDay = random.Next(1, 29),
        billToId = Chance.Hex(random, 32, "8a12"),
        createdDate = Time(updated.AddDays(-random.Next(1, 400))),
        creditBalance = 0.0,
        crmId,
        currency = "EUR",
        id,
        invoiceDeliveryPrefsEmail = true,
        mrr = random.Next(10, 2000) / 2.0,
        name = string.IsNullOrEmpty(name) ? "unnamed" : name,
        paymentTerm = "Due Upon Receipt",
        status,
        taxExemptStatus = "No",
        totalInvoiceBalance = 0.0,
        updatedDate = Time(updated),
    }));

    private static JsonElement With(StampedRow row, string status, DateTimeOffset updated)
    {
        var json = row.Json.EnumerateObject().ToDictionary(field => field.Name, object (field) => field.Value);
        (json["status"], json["updatedDate"]) = (status, Time(updated));
        return Answer.Row(json);
    }

    public static string Time(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z";
}
