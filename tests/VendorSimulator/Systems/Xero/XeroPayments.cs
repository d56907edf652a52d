using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Xero;

/// <summary>Payments of the paid invoices, and a few that say nothing of what they pay; the last ones come late, one is deleted late.</summary>
public static class XeroPayments
{
    private const int OfNothing = 5;
    private const int New = 6;

    public static IEnumerable<StampedRow> Rows(AccountWorld world, IReadOnlyList<XeroInvoice> invoices)
    {
        var random = Chance.Of(world.Seed, "xero payments");
        XeroInvoice?[] paid = Chance.Shuffled([.. invoices.Where(invoice => invoice.Status == "PAID"), .. new XeroInvoice?[OfNothing]], random);
        var stamp = new DateTimeOffset(2025, 4, 1, 6, 0, 0, TimeSpan.Zero);
        var ids = paid.Select(_ => XeroForm.Id(random)).ToArray();
        for (var index = 0; index < paid.Length; index++)
            yield return Row(ids[index], paid[index], stamp = XeroForm.Next(stamp, index, random), "AUTHORISED") with { Late = index >= paid.Length - New };
        var deleted = Array.FindIndex(paid, invoice => invoice is not null);
        yield return Row(ids[deleted], paid[deleted], stamp.AddSeconds(45), "DELETED") with { Late = true };
    }

    private static StampedRow Row(string id, XeroInvoice? invoice, DateTimeOffset stamp, string status)
    {
        var row = new Dictionary<string, object>
        {
            ["PaymentID"] = id,
            ["Date"] = XeroForm.Time(XeroForm.Day(stamp)),
            ["BankAmount"] = invoice?.Total ?? 10m,
            ["Amount"] = invoice?.Total ?? 10m,
            ["Reference"] = "",
            ["CurrencyRate"] = 1.0,
            ["PaymentType"] = "ACCRECPAYMENT",
            ["Status"] = status,
            ["UpdatedDateUTC"] = XeroForm.Time(stamp),
            ["HasAccount"] = true,
            ["IsReconciled"] = false,
            ["Account"] = new { AccountID = "5690f1e8-1d02-4893-90c2-ee1a69eff942", Code = "970" },
            ["HasValidationErrors"] = false,
        };
        if (invoice is not null) row["Invoice"] = Brief(invoice);
        var end = invoice?.Contact.End("payment", id, status == "DELETED") ?? new ChildTruth("xero", "payment", id, ChildTruth.DeadLettered, "account_id_missing", Deleted: status == "DELETED");
        return new(id, stamp, Answer.Row(row), end);
    }

    private static object Brief(XeroInvoice invoice) => new
    {
        Type = "ACCREC",
        InvoiceID = invoice.Id,
        InvoiceNumber = invoice.Number,
        Payments = Array.Empty<object>(),
        CreditNotes = Array.Empty<object>(),
        Prepayments = Array.Empty<object>(),
        Overpayments = Array.Empty<object>(),
        HasErrors = false,
        IsDiscounted = false,
        Contact = XeroForm.Brief(invoice.Contact),
        LineItems = Array.Empty<object>(),
        CurrencyCode = "EUR",
    };
}
