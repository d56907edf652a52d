using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Freshsales;

/// <summary>Sales accounts; the account_id is in a field that the company has made.</summary>
public static class FreshsalesAccounts
{
    private static readonly string[] Countries = ["Germany", "France", "Sverige", "USA"];

    public static IEnumerable<RowVersion> Rows(IReadOnlyList<Owner> owners) => owners.SelectMany(owner =>
        RowVersion.Of(owner.Id, owner.Story, owner.Stamp, owners[^1].Stamp, (after, stamp) => Row(owner, owner.AccountId(after), stamp)));

    private static JsonElement Row(Owner owner, string? accountId, DateTimeOffset stamp) => Answer.Row(new
    {
        id = owner.Id,
        name = owner.Customer.Name,
        address = (string?)null,
        city = (string?)null,
        state = (string?)null,
        zipcode = (string?)null,
        country = Countries[owner.Id % Countries.Length],
        number_of_employees = owner.Id % 900,
        annual_revenue = (string?)null,
        website = (string?)null,
        owner_id = 5_000_031_046,
        phone = (string?)null,
        open_deals_amount = "0.0",
        won_deals_amount = "0.0",
        last_contacted = (string?)null,
        last_contacted_mode = (string?)null,
        facebook = (string?)null,
        twitter = (string?)null,
        linkedin = (string?)null,
        links = Links("sales_accounts", owner.Id),
        custom_field = new { cf_account_id = accountId, cf_customer_since = $"{owner.Customer.Since:yyyy-MM-dd}" },
        created_at = ChangingList.Time(new DateTimeOffset(owner.Customer.Since, new TimeOnly(8, 0), TimeSpan.Zero)),
        updated_at = ChangingList.Time(stamp),
        avatar = (string?)null,
        parent_sales_account_id = (long?)null,
        recent_note = (string?)null,
        last_contacted_via_chat = (string?)null,
        last_contacted_via_sales_activity = (string?)null,
        last_contacted_sales_activity_mode = (string?)null,
        completed_sales_sequences = (string?)null,
        active_sales_sequences = (string?)null,
        last_assigned_at = (string?)null,
        tags = Array.Empty<string>(),
        is_deleted = false,
        team_user_ids = (long[]?)null,
    });

    public static object Links(string list, long id) => new
    {
        conversations = $"/{list}/{id}/conversations/all?include=email_conversation_recipients%2Ctargetable&per_page=3",
        document_associations = $"/{list}/{id}/document_associations",
        notes = $"/{list}/{id}/notes?include=creater",
        tasks = $"/{list}/{id}/tasks?include=creater,owner",
        appointments = $"/{list}/{id}/appointments?include=creater,owner",
    };

    /// <summary>An account as it is embedded in what belongs to it.</summary>
    public static object Partial(Owner owner, bool isPrimary) => new
    {
        partial = true,
        id = owner.Id,
        name = owner.Customer.Name,
        avatar = (string?)null,
        website = (string?)null,
        last_contacted = (string?)null,
        is_primary = isPrimary,
    };
}
