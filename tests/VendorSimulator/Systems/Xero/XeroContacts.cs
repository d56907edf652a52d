using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.Truth;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Xero;

/// <summary>A contact and what becomes of its documents.</summary>
/// <param name="MergedInto">The contact that it was merged into, which archived it; null where it lives.</param>
public sealed record XeroContact(string Id, Customer Customer, string? MergedInto = null)
{
    /// <summary>An archived contact binds nothing any more: its documents wait.</summary>
    public ChildTruth End(string type, string id, bool deleted = false) => MergedInto is null
        ? Customer.End("xero", type, id, deleted)
        : new(Source: "xero", type, id, ChildTruth.Parked, Deleted: deleted);
}

/// <summary>The contacts: customers with their account_id as AccountNumber. Of a few it is filled in late; a few were merged into others.</summary>
public static class XeroContacts
{
    private const int Right = 130;
    private const int FilledInLate = 4;
    private const int Merged = 3;

    private static readonly DateTimeOffset Start = new(2025, 2, 10, 7, 15, 0, TimeSpan.Zero);

    public static IReadOnlyList<XeroContact> Of(AccountWorld world)
    {
        var random = Chance.Of(world.Seed, "xero contacts");
        var customers = Customers.Of(world, "xero", Right).Select(customer => new XeroContact(XeroForm.Id(random), customer)).ToArray();
        var merged = customers.Where(contact => contact.Customer.LetsChildrenIn).Take(Merged).Select(contact => new XeroContact(XeroForm.Id(random), contact.Customer, contact.Id));
        return Chance.Shuffled([.. customers, .. merged], random);
    }

    public static IEnumerable<StampedRow> Rows(AccountWorld world, IReadOnlyList<XeroContact> contacts)
    {
        var random = Chance.Of(world.Seed, "xero contact rows");
        var filledInLate = contacts.Where(contact => contact is { MergedInto: null, Customer.LetsChildrenIn: true }).TakeLast(FilledInLate).ToHashSet();
        var (rows, stamp) = (new List<StampedRow>(), Start);
        for (var index = 0; index < contacts.Count; index++)
        {
            stamp = XeroForm.Next(stamp, index, random);
            rows.Add(Row(contacts[index], stamp, withoutNumber: filledInLate.Contains(contacts[index])));
        }

        rows.AddRange(filledInLate.Select(contact => Row(contact, stamp = stamp.AddSeconds(90)) with { Late = true }));
        return rows;
    }

    private static StampedRow Row(XeroContact contact, DateTimeOffset stamp, bool withoutNumber = false)
    {
        var customer = contact.Customer;
        var row = new Dictionary<string, object>
        {
            ["ContactID"] = contact.Id,
            ["ContactStatus"] = contact.MergedInto is null ? "ACTIVE" : "ARCHIVED",
            ["Name"] = contact.MergedInto is null ? customer.Name : customer.Name + " (old)",
            ["EmailAddress"] = customer.Email,
            ["BankAccountDetails"] = "",
            ["Addresses"] = new[] { Address("STREET", ""), Address("POBOX", "Hamburg") },
            ["Phones"] = new[] { "DDI", "DEFAULT", "FAX", "MOBILE" }.Select(type => new { PhoneType = type, PhoneNumber = "", PhoneAreaCode = "", PhoneCountryCode = "" }),
            ["UpdatedDateUTC"] = XeroForm.Time(stamp),
            ["ContactGroups"] = Array.Empty<object>(),
            ["IsSupplier"] = false,
            ["IsCustomer"] = true,
            ["DefaultCurrency"] = "EUR",
            ["ContactPersons"] = Array.Empty<object>(),
            ["HasAttachments"] = false,
            ["HasValidationErrors"] = false,
        };
        if (customer.AccountId is { } accountId && !withoutNumber) row["AccountNumber"] = accountId;
        if (contact.MergedInto is { } other) row["MergedToContactID"] = other;
        return new StampedRow(contact.Id, stamp, Answer.Row(row));

        static object Address(string type, string city) => new { AddressType = type, City = city, Region = "", PostalCode = "", Country = city.Length == 0 ? "" : "Germany" };
    }
}
