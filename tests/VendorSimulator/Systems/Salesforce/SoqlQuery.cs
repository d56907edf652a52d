namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>The part of SOQL that a reader of one object needs.</summary>
public sealed record SoqlQuery(string Entity, IReadOnlyList<string> Fields, SoqlCondition? Where, IReadOnlyList<SoqlOrder> OrderBy, int? Limit)
{
    /// <summary>The records that the query finds, in its order; without one, in the order of their ids.</summary>
    public IReadOnlyList<SalesforceRecord> Run(IEnumerable<SalesforceRecord> records)
    {
        var found = records.Where(record => Where?.Holds(record) ?? true).OrderBy(_ => 0);
        foreach (var order in OrderBy)
        {
            var field = order.Field;
            found = order.Descending
                ? found.ThenByDescending(record => SoqlValue.Of(record, field), SoqlValue.Order)
                : found.ThenBy(record => SoqlValue.Of(record, field), SoqlValue.Order);
        }

        var ordered = found.ThenBy(record => record.Id, StringComparer.Ordinal);
        return [.. Limit is { } limit ? ordered.Take(limit) : ordered];
    }
}

public sealed record SoqlOrder(string Field, bool Descending);

/// <summary>A condition of the WHERE clause.</summary>
public abstract record SoqlCondition
{
    public abstract bool Holds(SalesforceRecord record);
}

public sealed record SoqlAll(IReadOnlyList<SoqlCondition> Parts) : SoqlCondition
{
    public override bool Holds(SalesforceRecord record) => Parts.All(part => part.Holds(record));
}

public sealed record SoqlAny(IReadOnlyList<SoqlCondition> Parts) : SoqlCondition
{
    public override bool Holds(SalesforceRecord record) => Parts.Any(part => part.Holds(record));
}

/// <summary>A field against literals: one, or several for IN.</summary>
public sealed record SoqlComparison(string Field, string Operator, IReadOnlyList<IComparable?> Literals) : SoqlCondition
{
    public override bool Holds(SalesforceRecord record)
    {
        var value = SoqlValue.Of(record, Field);
        if (Operator == "IN") return Literals.Any(literal => SoqlValue.Same(value, literal));
        if (Operator == "=") return SoqlValue.Same(value, Literals[0]);
        if (Operator == "!=") return !SoqlValue.Same(value, Literals[0]);
        if (value is null || Literals[0] is null) return false;
        var order = SoqlValue.Order.Compare(value, Literals[0]);
        return Operator switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }
}
