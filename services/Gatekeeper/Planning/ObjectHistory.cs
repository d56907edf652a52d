using Pipeline.Gatekeeper.Deciding;

namespace Pipeline.Gatekeeper.Planning;

/// <summary>
/// One object: the version that is in, the versions that wait, the versions that are dead; as the tables have it, and as the
/// batch leaves it. Whatever order versions arrive in, and however often, it ends the same: the newest version whose account
/// is admitted is in, and of those above it the newest waits for each key.
/// </summary>
public sealed class ObjectHistory(Guid objectKey)
{
    private readonly Dictionary<Guid, ParkedVersion> _parkedBefore = [];
    private readonly Dictionary<Guid, ParkedVersion> _parked = [];
    private readonly HashSet<Guid> _deadBefore = [];
    private readonly Dictionary<Guid, DeadVersion> _buried = [];
    private readonly HashSet<Guid> _revived = [];

    public Guid ObjectKey => objectKey;

    public AcceptedVersion? AcceptedBefore { get; private set; }

    public AcceptedVersion? Accepted { get; private set; }

    /// <summary>Rows to delete: versions that wait no longer, or now wait in another way.</summary>
    public IEnumerable<(Guid WaitsFor, ObjectVersion Version)> NoLongerParked =>
        _parkedBefore.Where(before => !_parked.TryGetValue(before.Key, out var now) || now != before.Value).Select(before => (before.Key, before.Value.Version));

    /// <summary>Rows to insert.</summary>
    public IEnumerable<ParkedVersion> NewlyParked =>
        _parked.Where(now => !_parkedBefore.TryGetValue(now.Key, out var before) || now.Value != before).Select(now => now.Value);

    public IReadOnlyDictionary<Guid, DeadVersion> Buried => _buried;

    public IReadOnlyCollection<Guid> Revived => _revived;

    public void LoadAccepted(ObjectVersion version) => AcceptedBefore = Accepted = new AcceptedVersion(version);

    public void LoadParked(Guid waitsFor, ObjectVersion version) => _parkedBefore[waitsFor] = _parked[waitsFor] = new ParkedVersion(version);

    public void LoadDead(Guid deadLetterId) => _deadBefore.Add(deadLetterId);

    /// <summary>A message brought this version.</summary>
    public Change Arrive(Child child, Decision decision)
    {
        if (Accepted?.Version == child.Version || _parked.Values.Any(parked => parked.Version == child.Version)) return new(Outcome.Duplicate);
        var wasDead = _deadBefore.Contains(child.DeadLetterId) || _buried.ContainsKey(child.DeadLetterId);
        if (decision is Decision.Refuse refuse) return wasDead ? new(Outcome.Duplicate) : Bury(new DeadVersion(child, refuse.Refusal)); // whatever came before it
        if (Accepted is { } current && child.Version < current.Version) return new(wasDead ? Outcome.Duplicate : Outcome.Superseded);
        if (wasDead) return Revive(child, decision);

        return decision switch
        {
            Decision.Accept accept => new(Outcome.Accepted, Accept(child, accept, waited: null)),
            Decision.Park park => Park(park, new ParkedVersion(child.Version, child, park)),
            _ => throw new InvalidOperationException($"No such decision: {decision}"),
        };
    }

    /// <summary>A waiting version is looked at again, because its key got an answer or because its time is up.</summary>
    public Change Reconsider(ParkedRow row, Decision decision, ExpiryClock clock)
    {
        var child = row.Child;
        if (!_parked.TryGetValue(row.WaitsFor, out var parked) || parked.Version != child.Version) return new(Outcome.Unchanged);
        _parked.Remove(row.WaitsFor);
        if (Accepted is { } current && child.Version <= current.Version) return new(Outcome.Superseded);

        switch (decision)
        {
            case Decision.Accept accept:
                return new(Outcome.Accepted, Accept(child, accept, clock.Now - row.Since.ParkedAt));
            case Decision.Park park when clock.IsOver(row.Since):
                return Bury(new DeadVersion(child, park.WhenTimeIsUp(), park.WaitsFor, row.Since));
            case Decision.Park park when park.WaitsFor.Id == row.WaitsFor:
                _parked[row.WaitsFor] = parked;
                return new(Outcome.Unchanged);
            case Decision.Park park:
                return Park(park, new ParkedVersion(child.Version, child, park, row.Since));
            case Decision.Refuse refuse:
                return Bury(new DeadVersion(child, refuse.Refusal, null, row.Since));
            default:
                throw new InvalidOperationException($"No such decision: {decision}");
        }
    }

    /// <summary>A dead version came again. It lives if it can be let in now; else its time was up before, and a repeat gives it no more.</summary>
    private Change Revive(Child child, Decision decision)
    {
        if (decision is not Decision.Accept accept) return new(Outcome.Duplicate);
        _revived.Add(child.DeadLetterId);
        return new(Outcome.Duplicate, Accept(child, accept, waited: null), Revived: true);
    }

    private Change Bury(DeadVersion dead)
    {
        _buried[dead.Child.DeadLetterId] = dead;
        return new(Outcome.DeadLettered);
    }

    private int Accept(Child child, Decision.Accept accept, TimeSpan? waited)
    {
        Accepted = new AcceptedVersion(child.Version, child, accept, waited);
        var older = _parked.Where(parked => parked.Value.Version < child.Version).Select(parked => parked.Key).ToList();
        foreach (var waitsFor in older) _parked.Remove(waitsFor);
        return older.Count;
    }

    /// <summary>Keeps the newest version for each key: two that wait for the same key would be let in together.</summary>
    private Change Park(Decision.Park park, ParkedVersion version)
    {
        var key = park.WaitsFor.Id;
        var other = _parked.GetValueOrDefault(key);
        if (other is not null && version.Version < other.Version) return new(Outcome.Superseded);
        _parked[key] = version;
        return new(Outcome.Parked, Superseded: other is null ? 0 : 1);
    }
}
