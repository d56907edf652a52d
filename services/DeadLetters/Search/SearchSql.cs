using Npgsql;
using NpgsqlTypes;

namespace Pipeline.DeadLetters.Search;

/// <summary>A criterion as a condition over the letters, their groups and their words. What an operator writes travels in parameters only.</summary>
public sealed class SearchSql
{
    private readonly List<NpgsqlParameter> _parameters = [];

    private SearchSql(int first) => First = first;

    /// <summary>The rows that it reads. What is joined and not asked for is left out by the server, for it is joined by its key.</summary>
    public const string From = "letters l left join letter_groups g using (group_key) left join letter_words w on w.letter_id = l.id left join letter_answers a on a.letter_id = l.id";

    public string Condition { get; private set; } = "true";

    public IReadOnlyList<NpgsqlParameter> Parameters => _parameters;

    private int First { get; }

    /// <param name="first">The number of its first parameter.</param>
    public static SearchSql Of(Criterion criterion, int first = 1)
    {
        var sql = new SearchSql(first);
        sql.Condition = sql.Text(criterion);
        return sql;
    }

    private string Text(Criterion criterion) => criterion switch
    {
        Criterion.All all => Joined(all.Parts, " and ", "true"),
        Criterion.Either either => Joined(either.Parts, " or ", "false"),
        Criterion.Not not => $"not coalesce({Text(not.Part)}, false)", // of what is not there, the opposite holds
        Criterion.Is { Field: var field, Value: var value } when value.Contains('*') => $"{field.Column} like {Parameter(Pattern(value))}",
        Criterion.Is { Field: var field, Value: var value } => Exact(field, value),
        Criterion.Named named => $"l.id = any({Parameter(named.Letters)})",
        Criterion.OfSources of => $"l.source = any({Parameter(of.Sources)})",
        Criterion.Since since => $"l.first_seen >= {Parameter(since.Time)}",
        Criterion.Before before => $"l.first_seen < {Parameter(before.Time)}",
        Criterion.Answered => "(a.account_id is not null and (l.changed_at is null or a.heard_at > l.changed_at))",
        Criterion.Says says => $"w.words ilike {Parameter($"%{Escaped(says.Text)}%")}",
        _ => throw new InvalidOperationException($"No condition is known for {criterion}"),
    };

    /// <summary>Keys are compared as keys, so that their indexes are used.</summary>
    private string Exact(SearchField field, string value) =>
        field.Column.EndsWith("::text", StringComparison.Ordinal)
            ? Guid.TryParse(value, out var id) ? $"{field.Column[..^6]} = {Parameter(id)}" : "false"
            : $"{field.Column} = {Parameter(value)}";

    private string Joined(IReadOnlyList<Criterion> parts, string by, string none) => parts.Count == 0 ? none : $"({string.Join(by, parts.Select(Text))})";

    private string Parameter(object value)
    {
        _parameters.Add(value is string text ? new NpgsqlParameter { Value = text.Replace("\0", ""), NpgsqlDbType = NpgsqlDbType.Text } : new NpgsqlParameter { Value = value });
        return $"${First + _parameters.Count - 1}";
    }

    private static string Pattern(string value) => Escaped(value).Replace('*', '%');

    private static string Escaped(string value) => value.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
}
