using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Xero;

/// <summary>Credit notes of the contacts; the last ones come late.</summary>
public static class XeroCreditNotes
{
    private const int Count = 50;
    private const int New = 3;

    public static IEnumerable<StampedRow> Rows(AccountWorld world, IReadOnlyList<XeroContact> contacts)
    {
        var random = Chance.Of(world.Seed, "xero credit notes");
        var stamp = new DateTimeOffset(2025, 3, 20, 12, 0, 0, TimeSpan.Zero);
        for (var index = 0; index < Count; index++)
        {
            stamp = XeroForm.Next(stamp, index, random);
            yield return Row(XeroForm.Id(random), index, contacts[random.Next(contacts.Count)], stamp, random) with { Late = index >= Count - New };
        }
    }

    private static StampedRow Row(string id, int index, XeroContact contact, DateTimeOffset stamp, Random random)
    {
        var (day, total) = (XeroForm.Day(stamp), random.Next(20, 900) / 2m);
        return new(id, stamp, Answer.Row(new
        {
            CreditNoteID = id,
            CreditNoteNumber = $"CN-{index + 1:0000}",
            Payments = Array.Empty<object>(),
            ID = id,
            CurrencyRate = 1.0,
            Type = "ACCRECCREDIT",
            Reference = "",
            RemainingCredit = total,
            Allocations = Array.Empty<object>(),
            HasAttachments = false,
            Contact = XeroForm.Brief(contact),
            DateString = day.UtcDateTime.ToString("s"),
            Date = XeroForm.Time(day),
            Status = index % 9 == 4 ? "PAID" : "AUTHORISED",
            LineAmountTypes = "Exclusive",
            LineItems = Array.Empty<object>(),
            SubTotal = total,
            TotalTax = 0.0,
            Total = total,
            UpdatedDateUTC = XeroForm.Time(stamp),
            UpdatedDateUTCString = XeroForm.TimeText(stamp),
            CurrencyCode = "EUR",
        }), contact.End("credit_note", id));
    }
}
