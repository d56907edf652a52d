using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Contracts.Reading;

namespace Pipeline.Connectors.Reading;

/// <summary>How a child of a billing system says whose it is: by its customer's id, and else by an email address.</summary>
public static class Owner
{
    /// <summary>The claims, best first; what is null claims nothing.</summary>
    /// <param name="system">The system that the parent lives in.</param>
    public static IReadOnlyList<Claim> Claims(string system, string? parent, string? email)
    {
        var claims = new List<Claim>(2);
        if (parent is not null) claims.Add(new Claim(ClaimKind.Parent, parent, system));
        if (email is not null) claims.Add(new Claim(ClaimKind.Email, email));
        return claims;
    }

    /// <summary>A text of an object inside the record, as <c>account.id</c>; null where there is none. A wrong type makes the record wrong.</summary>
    public static string? TextWithin(this Fields record, string part, string field)
    {
        var json = record.JsonObject(part);
        if (json.ValueKind != JsonValueKind.Object) return null;
        var inner = new Fields(json, $"{part}.");
        var text = inner.Text(field);
        if (inner.Refusal is { } refusal) record.Refuse(refusal);
        return text;
    }

    /// <summary>The company, else the person's first and last name, else null.</summary>
    public static string? Name(this Fields customer, string company)
    {
        var person = $"{customer.Text("first_name")?.Trim()} {customer.Text("last_name")?.Trim()}".Trim();
        return customer.Text(company) ?? (person.Length > 0 ? person : null);
    }
}
