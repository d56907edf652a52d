namespace Pipeline.VendorSimulator.Systems.Salesforce;

/// <summary>What was wrong with a query, in Salesforce's code and words.</summary>
public sealed record SoqlError(string Code, string Message);

/// <summary>Reads <c>SELECT fields FROM object [WHERE ...] [ORDER BY ...] [LIMIT n]</c>; all else is refused as malformed.</summary>
public sealed class SoqlReader
{
    private readonly string _query;
    private readonly IReadOnlyList<SoqlToken> _tokens;
    private string _entity = SalesforceFields.Account;
    private int _at;
    private SoqlError? _error;

    private SoqlReader(string query, IReadOnlyList<SoqlToken> tokens) => (_query, _tokens) = (query, tokens);

    public static (SoqlQuery? Query, SoqlError? Error) Read(string query)
    {
        if (SoqlToken.Split(query) is not { } tokens) return (null, Malformed(query, 0, "unexpected character"));
        var reader = new SoqlReader(query, tokens);
        var read = reader.Query();
        return reader._error is { } error ? (null, error) : (read, null);
    }

    private SoqlQuery Query()
    {
        Expect("SELECT");
        Entity();
        var fields = List(() => Field().Name);
        Expect("FROM");
        var entity = Next();
        if (entity is not { Kind: SoqlTokenKind.Word }) FailAt(entity);
        var where = Accept("WHERE") ? Conditions() : null;
        var order = Accept("ORDER") ? Order() : [];
        int? limit = Accept("LIMIT") ? Number() : null;
        if (Peek() is not null) FailHere();
        return new SoqlQuery(_entity, fields, where, order, limit);
    }

    /// <summary>The fields are those of an object that is named only after them.</summary>
    private void Entity()
    {
        var after = _tokens.SkipWhile(token => !token.Is("FROM")).Skip(1).FirstOrDefault();
        if (after is not { Kind: SoqlTokenKind.Word }) return;
        if (SalesforceFields.IsEntity(after.Text)) _entity = SalesforceFields.EntityName(after.Text);
        else Fail(new SoqlError("INVALID_TYPE", $"sObject type '{after.Text}' is not supported."));
    }

    private List<SoqlOrder> Order()
    {
        Expect("BY");
        return List(() =>
        {
            var field = Field().Name;
            var descending = Accept("DESC");
            if (!descending) Accept("ASC");
            if (Accept("NULLS") && !Accept("FIRST")) Expect("LAST");
            return new SoqlOrder(field, descending);
        });
    }

    /// <summary>SOQL does not let AND and OR stand side by side without parentheses.</summary>
    private SoqlCondition Conditions()
    {
        var parts = new List<SoqlCondition> { Condition() };
        var word = Peek() is { } next && (next.Is("AND") || next.Is("OR")) ? next.Text : null;
        while (word is not null && _error is null && Accept(word)) parts.Add(Condition());
        if (Peek() is { } other && (other.Is("AND") || other.Is("OR"))) FailHere();
        return parts.Count == 1 ? parts[0] : "OR".Equals(word, StringComparison.OrdinalIgnoreCase) ? new SoqlAny(parts) : new SoqlAll(parts);
    }

    private SoqlCondition Condition()
    {
        if (Accept("("))
        {
            var inner = Conditions();
            Expect(")");
            return inner;
        }

        var (name, kind) = Field();
        var sign = Next();
        if (sign is null || !(sign.Is("IN") || sign.Text is "=" or "!=" or "<" or "<=" or ">" or ">=")) FailAt(sign);
        if (sign?.Is("IN") != true) return new SoqlComparison(name, sign?.Text ?? "", [Literal(kind)]);
        Expect("(");
        var literals = List(() => Literal(kind));
        Expect(")");
        return new SoqlComparison(name, "IN", literals);
    }

    private (string Name, FieldKind Kind) Field()
    {
        var token = Next();
        if (token is not { Kind: SoqlTokenKind.Word }) FailAt(token);
        else if (SalesforceFields.TryFind(_entity, token.Text, out var field)) return field;
        else Fail(new SoqlError("INVALID_FIELD", $"{_query}\nERROR at Row:1:Column:{token.At + 1}\nNo such column '{token.Text}' on entity '{_entity}'."));
        return ("Id", FieldKind.Text);
    }

    private IComparable? Literal(FieldKind kind)
    {
        var token = Next();
        if (token is not null && SoqlValue.TryRead(token, kind, out var value)) return value;
        FailAt(token);
        return null;
    }

    private int Number()
    {
        var token = Next();
        if (int.TryParse(token?.Text, out var number) && number >= 0) return number;
        FailAt(token);
        return 0;
    }

    private List<T> List<T>(Func<T> item)
    {
        var items = new List<T> { item() };
        while (_error is null && Accept(",")) items.Add(item());
        return items;
    }

    private SoqlToken? Peek() => _at < _tokens.Count ? _tokens[_at] : null;

    private SoqlToken? Next() => _at < _tokens.Count ? _tokens[_at++] : null;

    private bool Accept(string word)
    {
        if (Peek()?.Is(word) != true) return false;
        _at++;
        return true;
    }

    private void Expect(string word)
    {
        if (!Accept(word)) FailHere();
    }

    private void FailHere() => FailAt(Peek());

    /// <param name="token">The token that does not fit; null at the end of the query.</param>
    private void FailAt(SoqlToken? token) => Fail(Malformed(_query, token?.At ?? _query.Length, $"unexpected token: '{token?.Text ?? "<EOF>"}'"));

    private void Fail(SoqlError error) => _error ??= error;

    private static SoqlError Malformed(string query, int at, string how) =>
        new("MALFORMED_QUERY", $"\n{query}\n{new string(' ', at)}^\nERROR at Row:1:Column:{at + 1}\n{how}");
}
