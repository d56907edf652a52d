using System.Text.Json;

namespace Pipeline.Unit.Tests.VendorSimulator.Billing;

/// <summary>A customer as a system shows it in the end.</summary>
public sealed record SeenCustomer(string Id, string? AccountId, string? Email, bool Deleted = false);

/// <summary>A child as a system shows it in the end: whose it says it is, by the customer's id and else by an address.</summary>
public sealed record SeenChild(string Type, string Id, string? Parent, string? Email = null, bool Deleted = false);

/// <summary>Decides every child anew, from the rows that were served and with rules of its own, and compares.</summary>
public static class BillingTruth
{
    public static async Task FollowsFrom(RunningSimulator simulator, string system, IReadOnlyList<SeenCustomer> customers, IReadOnlyList<SeenChild> children)
    {
        var states = (await simulator.GetJson("/_simulator/expected")).GetProperty("accounts").GetProperty("by_id").EnumerateObject()
            .ToDictionary(account => account.Name, account => account.Value.GetProperty("state").GetString());
        var live = customers.Where(customer => !customer.Deleted).ToArray();
        var byId = live.ToDictionary(customer => customer.Id, customer => customer.AccountId);
        var byEmail = live.Where(customer => customer.Email is not null).ToDictionary(customer => customer.Email!, customer => customer.AccountId);

        var told = (await simulator.GetJson($"/_simulator/expected/children?source={system}")).EnumerateArray().Select(Line).Order(StringComparer.Ordinal);
        Assert.Equal(children.Select(child => Line(child, Place(child))).Order(StringComparer.Ordinal), told);
        Assert.InRange(children.Count, 150, 400);
        Assert.InRange(customers.Count, 60, 150);

        (string Place, string? AccountId) Place(SeenChild child)
        {
            if (child.Parent is null && child.Email is null) return ("dead_lettered", null);
            var account = child.Parent is not null ? byId.GetValueOrDefault(child.Parent) : byEmail.GetValueOrDefault(child.Email!);
            return (account is not null && states.GetValueOrDefault(account) is "admitted" or "contested" ? "accepted" : "parked", account);
        }
    }

    private static string Line(SeenChild child, (string Place, string? AccountId) end) => $"{child.Type} {child.Id} {end.Place} {end.AccountId} {child.Deleted}";

    private static string Line(JsonElement truth) =>
        $"{truth.Text("object_type")} {truth.Text("native_id")} {truth.Text("place")} {truth.Text("account_id")} {truth.GetProperty("deleted").GetBoolean()}";
}
