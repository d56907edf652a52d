using Npgsql;
using NpgsqlTypes;
using Pipeline.Contracts.Operations;
using Pipeline.DeadLetters.Access;
using Pipeline.DeadLetters.Audit;

namespace Pipeline.DeadLetters.Triage;

/// <summary>Keeps what people make of a group of failures. It holds for letters that come later too: a known failure stays known.</summary>
public sealed class TriageDesk(NpgsqlDataSource database)
{
    private const int LongestNote = 4000;

    /// <returns>Why not; null where it is kept.</returns>
    public async Task<string?> SortAsync(Guid group, TriageOrder order, Caller caller, CancellationToken cancellation)
    {
        if (order.Triage is not ("new" or "investigating" or "known")) return $"'{order.Triage}' is no triage. Write new, investigating or known.";
        if (string.IsNullOrWhiteSpace(order.Author)) return "It says not who says so: give an author.";
        if (order.Link is { Length: > 0 } link && !(Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")) return "The link is no http address.";
        if (order.Note is { Length: > LongestNote } || order.Owner is { Length: > LongestNote }) return $"A note has at most {LongestNote} characters.";
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var command = new NpgsqlCommand(
            "update letter_groups set triage = $2, owner = $3, note = $4, link = $5, quiet = $6, triaged_by = $7, triaged_at = clock_timestamp() where group_key = $1 and ($8::text[] is null or source = any($8))", connection, transaction);
        command.Parameters.Add(new() { Value = group });
        foreach (var text in (string?[])[order.Triage, order.Owner, order.Note, order.Link]) Add(text);
        command.Parameters.Add(new() { Value = order.Quiet });
        Add(order.Author);
        command.Parameters.Add(new() { Value = (object?)caller.Sources?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        if (await command.ExecuteNonQueryAsync(cancellation) == 0) return $"There is no group {group}.";
        await AuditTrail.AddAsync(connection, transaction, new(order.Author, caller.RoleName, "triage", $"group {group}", $"{order.Triage}{(order.Quiet ? ", quiet" : "")}; owner {order.Owner ?? "none"}; {order.Note}", "done"), cancellation);
        await transaction.CommitAsync(cancellation);
        return null;

        void Add(string? text) => command.Parameters.Add(new() { Value = string.IsNullOrWhiteSpace(text) ? DBNull.Value : text.Replace("\0", ""), NpgsqlDbType = NpgsqlDbType.Text });
    }
}
