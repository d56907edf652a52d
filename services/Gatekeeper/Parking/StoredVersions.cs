using Npgsql;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Gatekeeper.Storage;
using Pipeline.Hosting.Storage;

namespace Pipeline.Gatekeeper.Parking;

/// <summary>Takes stored versions up again, locked until the end of the transaction.</summary>
internal static class StoredVersions
{
    /// <summary>Those whose time is up. Rows that somebody else has in hand are left for the next round.</summary>
    public const string Overdue =
        "select claim_key, body, message_id, trace_parent, parked_at, deadline, parked_at, object_key, claim_key from parked where deadline <= statement_timestamp() order by deadline limit $1 for update skip locked";

    /// <summary>Passes the gate before it locks a row: in the other order it could wait for a batch that waits for it.</summary>
    public static async Task<IReadOnlyList<PagedVersion>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, NpgsqlBatchCommand page, ChildKinds kinds, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { new(GateLock.Shared), new($"select {StatementPlans.Anew}"), page } };
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        await rows.NextResultAsync(cancellation);
        var versions = new List<PagedVersion>();
        await rows.EachAsync(row => versions.Add(new PagedVersion(row.IsDBNull(0) ? null : Version(row, kinds), new PagePlace(row.GetFieldValue<DateTimeOffset>(6), row.GetGuid(7), row.GetGuid(8)))), cancellation);
        return versions;
    }

    /// <summary>What of a page is still there to be decided on.</summary>
    public static IReadOnlyList<StoredVersion> StillThere(this IEnumerable<PagedVersion> page) => [.. page.Select(row => row.Version).OfType<StoredVersion>()];

    private static StoredVersion Version(NpgsqlDataReader row, ChildKinds kinds)
    {
        var body = row.GetFieldValue<byte[]>(1);
        if (!Child.Read(body, row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), kinds).Succeeded(out var child, out var refusal))
            throw new InvalidOperationException($"A stored body can no longer be read: {refusal.Sentence}");
        return new StoredVersion(child, row.GetGuid(0), row.IsDBNull(4) ? null : new ParkedSince(row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<DateTimeOffset>(5)));
    }
}

/// <summary>A stored version, and where the page after it begins.</summary>
/// <param name="Version">Null where somebody took it away before it could be locked.</param>
public readonly record struct PagedVersion(StoredVersion? Version, PagePlace Place);

/// <summary>The place of a version in the order in which pages are read.</summary>
public readonly record struct PagePlace(DateTimeOffset At, Guid ObjectKey, Guid ClaimKey)
{
    public static readonly PagePlace Start = new(DateTimeOffset.MinValue, Guid.Empty, Guid.Empty);
}
