using System.Text.Json;
using Pipeline.VendorSimulator.Serving;
using Pipeline.VendorSimulator.World;

namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>The Account records, in the order of their stamps.</summary>
public static class SalesforceData
{
    private const int LaggingRecords = 6;

    public static string Owner { get; } = SalesforceId.WithSuffix("005nw00000SimUs");

    /// <summary>Records that share one stamp, across the end of the first page of 200.</summary>
    private static readonly Range SameStamp = 194..206;

    private static readonly string[] Industries = ["Electronics", "Energy", "Banking", "Retail", "Biotechnology", "Transportation"];
    private static readonly string[] Countries = ["Germany", "France", "Austria", "Netherlands", "Finland", "United States"];

    public static IReadOnlyList<SalesforceRecord> Of(AccountWorld world, int deletedRecords)
    {
        var random = Chance.Of(world.Seed, "salesforce");
        var lagging = world.Of(AccountKind.Good).Take(LaggingRecords).ToArray();
        var always = Chance.Shuffled(world.Accounts.Where(account => account.Kind != AccountKind.Late).Except(lagging), random);
        var records = new List<SalesforceRecord>();

        var stamp = new DateTimeOffset(2025, 1, 7, 8, 0, 0, TimeSpan.Zero);
        for (var index = 0; index < always.Length; index++)
        {
            if (index <= SameStamp.Start.Value || index >= SameStamp.End.Value) stamp += TimeSpan.FromMilliseconds(random.Next(600_000, 216_000_000));
            records.Add(Record(always[index], stamp, Visibility.Always, random));
        }

        // Within the five minutes before the newest record: the overlap that a careful reader keeps.
        for (var index = 0; index < lagging.Length; index++)
            records.Add(Record(lagging[index], stamp.AddSeconds(-30 - (index * 40)), Visibility.Lagging, random));
        foreach (var account in world.Of(AccountKind.Late))
            records.Add(Record(account, stamp = stamp.AddMinutes(random.Next(20, 90)), Visibility.Late, random));
        foreach (var account in world.Of(AccountKind.LeavesAndReturns))
        {
            var before = records.Find(record => record.Id == account.SalesforceId)!;
            records.Add(Changed(before, stamp = stamp.AddMinutes(30), "Former Customer", Visibility.Changed));
            records.Add(Changed(before, stamp = stamp.AddMinutes(30), account.Type, Visibility.ChangedBack));
        }

        for (var index = 0; index < deletedRecords; index++)
            records.Add(Deleted(index, records[index].Stamp.AddMinutes(1), random));
        return [.. records.OrderBy(record => record.Stamp).ThenBy(record => record.Id, StringComparer.Ordinal)];
    }

    /// <summary>Milliseconds, and an offset without a colon.</summary>
    public static string Time(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}+0000";

    private static SalesforceRecord Record(Account account, DateTimeOffset stamp, Visibility visibility, Random random) => new(
        account.SalesforceId, stamp, visibility, Deleted: false, Fields(
            account.SalesforceId, account.Name, account.Type, stamp, account.StatedId, account.CustomerSince,
            account.Kind == AccountKind.LinkedFromSalesforce ? account.ZuoraId : null, deleted: false, random));

    private static SalesforceRecord Changed(SalesforceRecord record, DateTimeOffset stamp, string type, Visibility visibility)
    {
        var fields = new Dictionary<string, JsonElement>(record.Fields, StringComparer.Ordinal) { ["Type"] = Answer.Row(type) };
        foreach (var name in (string[])["LastModifiedDate", "SystemModstamp"]) fields[name] = Answer.Row(Time(stamp));
        return record with { Stamp = stamp, Visibility = visibility, Fields = fields };
    }

    private static SalesforceRecord Deleted(int index, DateTimeOffset stamp, Random random)
    {
        var id = SalesforceId.Make("001", random);
        var accountId = Answer.Row($"Geloescht-{index:0000}");
        return new(id, stamp, Visibility.Always, Deleted: true, Fields(id, $"Geloescht {index}", "Customer", stamp, accountId, new DateOnly(2020, 1, 1), null, deleted: true, random));
    }

    private static Dictionary<string, JsonElement> Fields(
        string id, string? name, string type, DateTimeOffset stamp, JsonElement accountId, DateOnly? since, string? zuoraId, bool deleted, Random random)
    {
        var created = stamp.AddMinutes(-random.Next(1, 500_000));
        var row = Answer.Row(new
        {
            Id = id,
            IsDeleted = deleted,
            Name = name,
            Type = type,
            AccountNumber = $"CD{random.Next(100_000, 999_999)}",
            Industry = Industries[random.Next(Industries.Length)],
            BillingCountry = Countries[random.Next(Countries.Length)],
            Website = $"https://{id.ToLowerInvariant()}.example",
            Phone = $"+49 30 5550{random.Next(1000, 9999)}",
            OwnerId = Owner,
            CreatedDate = Time(created),
            LastModifiedDate = Time(stamp),
            SystemModstamp = Time(stamp),
            Account_ID__c = accountId,
            Customer_Since__c = since?.ToString("yyyy-MM-dd"),
            Zuora_Account_Id__c = zuoraId,
        });
        return row.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.Clone(), StringComparer.Ordinal);
    }
}
