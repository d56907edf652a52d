using Marten;
using Pipeline.Hosting;
using Pipeline.Hosting.Announcements;
using Pipeline.Hosting.Storage;

namespace Pipeline.SystemOfRecord.Admission.Storage;

/// <summary>
/// Account sagas as Marten documents. Those that are decided side by side are loaded by one statement, and saved by one
/// transaction together with all that they announce; the state machine knows nothing of it.
/// </summary>
public sealed class StoredSagas
{
    /// <summary>The most sagas of one statement or one transaction.</summary>
    private const int Most = 256;

    private readonly IDocumentStore _store;
    private readonly AnnouncementRelay _relay;
    private readonly TimeProvider _time;
    private readonly Gathering<Guid, AccountSaga?> _loads;
    private readonly Gathering<Decided, Exception?> _saves;

    public StoredSagas(IDocumentStore store, AnnouncementRelay relay, TimeProvider time)
    {
        (_store, _relay, _time) = (store, relay, time);
        _loads = new(Most, LoadAllAsync);
        _saves = new(Most, SaveAllAsync);
    }

    public Task<AccountSaga?> LoadAsync(Guid id) => _loads.AskAsync(id);

    /// <summary>Saves a decision, and says what it says.</summary>
    /// <param name="isNew">Whether the saga is there for the first time: of two who decide at once one must fail and start over.</param>
    /// <exception cref="JasperFx.ConcurrencyException">Another replica has changed it since it was loaded.</exception>
    /// <exception cref="JasperFx.DocumentAlreadyExistsException">Another replica has made it meanwhile.</exception>
    public async Task SaveAsync(AccountSaga saga, bool isNew)
    {
        saga.Remember(_time.GetUtcNow());
        if (await _saves.AskAsync(new Decided(saga, isNew)) is { } failure) throw failure;
        saga.ToSay.Clear();
        Telemetry.Decisions.Add(1, new KeyValuePair<string, object?>("state", saga.CurrentState.ToLowerInvariant()));
    }

    private async Task<IReadOnlyList<AccountSaga?>> LoadAllAsync(IReadOnlyList<Guid> ids)
    {
        await using var session = _store.QuerySession();
        var found = (await session.LoadManyAsync<AccountSaga>([.. ids.Distinct()])).ToDictionary(saga => saga.CorrelationId);
        return [.. ids.Select(found.GetValueOrDefault)];
    }

    /// <returns>What each failed on; null for each that is saved.</returns>
    private async Task<IReadOnlyList<Exception?>> SaveAllAsync(IReadOnlyList<Decided> decided)
    {
        try
        {
            await CommitAsync(decided);
            return new Exception?[decided.Count];
        }
        catch (Exception) when (decided.Count == 1)
        {
            throw;
        }
        catch (Exception exception) when (!Transient.Is(exception))
        {
            // One of them was changed by another replica, or cannot be stored: each alone, so that only that one fails.
            var failures = new List<Exception?>();
            foreach (var one in decided) failures.Add(await TryAsync(one));
            return failures;
        }
    }

    private async Task<Exception?> TryAsync(Decided decided)
    {
        try
        {
            await CommitAsync([decided]);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>A session that has failed keeps the failed operation and fails again, so each attempt has its own.</summary>
    private async Task CommitAsync(IReadOnlyList<Decided> decided)
    {
        await using var session = _store.LightweightSession();
        session.QueueSqlCommand($"select {StatementPlans.Once}"); // an insert, or an update by the key: there is one way to do it
        foreach (var (saga, isNew) in decided)
        {
            if (isNew) session.Insert(saga);
            else session.UpdateExpectedVersion(saga, saga.StoredVersion);
        }

        var said = decided.SelectMany(one => one.Saga.ToSay).ToList();
        var announcement = said.Count > 0 ? Announcement.Of(said, _time) : null;
        if (announcement is not null)
            session.QueueSqlCommand("insert into announcements (id, messages) values (?, ?)", announcement.Id, announcement.Encode());
        CrashPoint.Reach("before-commit", "account");
        await session.SaveChangesAsync();
        CrashPoint.Reach("after-commit", "account");
        if (announcement is not null) await _relay.SayAsync(announcement);
    }

    private sealed record Decided(AccountSaga Saga, bool IsNew);
}
