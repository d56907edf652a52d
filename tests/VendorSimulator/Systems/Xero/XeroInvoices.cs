using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Xero;

/// <summary>An invoice, before it is written as a row.</summary>
public sealed record XeroInvoice(string Id, string Number, XeroContact Contact, decimal Total, string Status);

/// <summary>Sales invoices. Some are voided or deleted, some are paid only late, some come late.</summary>
public static class XeroInvoices
{
    private const int Count = 200;
    private const int PaidLate = 6;
    private const int New = 8;

    private static readonly string[] Statuses = ["PAID", "PAID", "PAID", "AUTHORISED", "AUTHORISED", "SUBMITTED", "VOIDED"];
    private static readonly string[] Things = ["Licence", "Support hours", "Training", "Umrüstung"];

    public static IReadOnlyList<XeroInvoice> Of(AccountWorld world, IReadOnlyList<XeroContact> contacts)
    {
        var random = Chance.Of(world.Seed, "xero invoices");
        var share = new Share<XeroContact>(contacts, random);
        return [.. Enumerable.Range(0, Count).Select(index => new XeroInvoice(
            XeroForm.Id(random), $"INV-{index + 1:0000}", share.Next(index), random.Next(20, 90_000) / 10m,
            index % 40 == 7 ? "DELETED" : Statuses[random.Next(Statuses.Length)]))];
    }

    public static IEnumerable<StampedRow> Rows(AccountWorld world, IReadOnlyList<XeroInvoice> invoices)
    {
        var random = Chance.Of(world.Seed, "xero invoice rows");
        var stamp = new DateTimeOffset(2025, 3, 3, 8, 0, 0, TimeSpan.Zero);
        var rows = new List<StampedRow>();
        for (var index = 0; index < invoices.Count - New; index++) rows.Add(Row(invoices[index], stamp = XeroForm.Next(stamp, index, random)));
        foreach (var invoice in invoices.Take(Count - New).Where(invoice => invoice.Status == "AUTHORISED").Take(PaidLate))
            rows.Add(Row(invoice with { Status = "PAID" }, stamp = stamp.AddSeconds(30)) with { Late = true });
        foreach (var (index, invoice) in invoices.TakeLast(New).Index()) rows.Add(Row(invoice, stamp = stamp.AddSeconds(index % 2 * 20)) with { Late = true });
        return rows;
    }

    private static StampedRow Row(XeroInvoice invoice, DateTimeOffset stamp)
    {
        var (day, paid) = (XeroForm.Day(stamp.AddDays(-20)), invoice.Status == "PAID" ? invoice.Total : 0);
        return new(invoice.Id, stamp, Answer.Row(new
        {
            Type = "ACCREC",
            InvoiceID = invoice.Id,
            InvoiceNumber = invoice.Number,
            Reference = "",
            Payments = Array.Empty<object>(),
            CreditNotes = Array.Empty<object>(),
            Prepayments = Array.Empty<object>(),
            Overpayments = Array.Empty<object>(),
            AmountDue = invoice.Total - paid,
            AmountPaid = paid,
            AmountCredited = 0.0,
            SentToContact = true,
            CurrencyRate = 1.0,
            IsDiscounted = false,
            HasAttachments = false,
            HasErrors = false,
            Contact = XeroForm.Brief(invoice.Contact),
            DateString = day.UtcDateTime.ToString("s"),
            Date = XeroForm.Time(day),
            DueDateString = day.AddDays(30).UtcDateTime.ToString("s"),
            DueDate = XeroForm.Time(day.AddDays(30)),
            invoice.Status,
            LineAmountTypes = "Exclusive",
            LineItems = new[] { new { Description = Things[invoice.Number[^1] % Things.Length], Quantity = 1.0, UnitAmount = invoice.Total, LineAmount = invoice.Total, TaxType = "OUTPUT", Tracking = Array.Empty<object>() } },
            SubTotal = invoice.Total,
            TotalTax = 0.0,
            invoice.Total,
            UpdatedDateUTC = XeroForm.Time(stamp),
            CurrencyCode = "EUR",
        }), invoice.Contact.End("invoice", invoice.Id, invoice.Status == "DELETED"));
    }
}
