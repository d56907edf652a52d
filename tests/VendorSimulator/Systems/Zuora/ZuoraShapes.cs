using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Zuora;

/// <summary>What belongs to an account, as the object query writes it. Source: developer.zuora.com, API reference, Object Queries.</summary>
public static class ZuoraShapes
{
    public static object Subscription(string id, int number, string status, StampedRow owner, DateTimeOffset updated, Random random)
    {
        var start = updated.AddDays(-random.Next(30, 400));
        return new
        {
            account = owner.Json,
            accountId = owner.Id,
            autoRenew = true,
            cancelledDate = status == "Cancelled" ? Day(updated) : null,
            contractedMrr = random.Next(10, 2000) / 2.0,
            contractEffectiveDate = Day(start),
            createdDate = ZuoraData.Time(start),
            currency = "EUR",
            id,
            initialTerm = 12,
            invoiceOwnerId = owner.Id,
            name = $"A-S{number:00000000}",
            originalId = Chance.Hex(random, 32, "8a13"),
            status,
            subscriptionStartDate = Day(start),
            termType = "TERMED",
            updatedDate = ZuoraData.Time(updated),
            version = 1,
        };
    }

    public static object Invoice(string id, int number, string status, StampedRow owner, DateTimeOffset updated, Random random)
    {
        var amount = random.Next(1000, 200_000) / 100m;
        return new
        {
            account = owner.Json,
            accountId = owner.Id,
            amount,
            autoPay = false,
            balance = amount,
            createdDate = ZuoraData.Time(updated.AddHours(-random.Next(1, 48))),
            currency = "EUR",
            dueDate = Day(updated.AddDays(14)),
            id,
            invoiceDate = Day(updated),
            invoiceNumber = $"INV{number:00000000}",
            paymentAmount = 0.0,
            postedDate = status == "Posted" ? ZuoraData.Time(updated) : null,
            status,
            updatedDate = ZuoraData.Time(updated),
        };
    }

    private static string Day(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd}";
}
