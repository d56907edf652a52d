using Pipeline.Gatekeeper.Deciding;
using Pipeline.Hosting.Ledger;

namespace Pipeline.Gatekeeper.Planning;

/// <summary>
/// One object: its newest version for each claim that versions of it decide by, and where each is; as the tables have it, and
/// as the batch leaves it. Whatever order versions and evidence arrive in, and however often, it ends the same: of the versions
/// whose claim leads to an admitted account the newest is in, those above it wait, and those below it are overtaken.
/// </summary>
public sealed class ObjectHistory(Guid objectKey)
{
    private static readonly IReadOnlyDictionary<Guid, PlacedVersion> NothingPlaced = new Dictionary<Guid, PlacedVersion>();
    private static readonly IReadOnlyDictionary<Guid, DeadVersion> NothingBuried = new Dictionary<Guid, DeadVersion>();

    // Of most objects there is one version, and it is new: what is rarely there is made when it is.
    private readonly Dictionary<Guid, PlacedVersion> _now = new(1);
    private Dictionary<Guid, PlacedVersion>? _loaded;
    private HashSet<Guid>? _deadBefore;
    private Dictionary<Guid, DeadVersion>? _buried;
    private HashSet<Guid>? _revived;

    private IReadOnlyDictionary<Guid, PlacedVersion> Before => _loaded ?? NothingPlaced;

    public Guid ObjectKey => objectKey;

    /// <summary>The child that the batch has of it, which tells what all its versions are of; null where the batch has none.</summary>
    public Child? Known { get; private set; }

    /// <summary>The version that the tables have as in.</summary>
    public AcceptedVersion? AcceptedBefore => _loaded is null ? null : In(_loaded);

    /// <summary>The version that is in.</summary>
    public AcceptedVersion? Accepted => In(_now);

    /// <summary>What the batch changes, by the claim.</summary>
    public IEnumerable<PlaceChange> Changes =>
        Before.Keys.Union(_now.Keys).Select(claim => new PlaceChange(objectKey, claim, Before.GetValueOrDefault(claim), _now.GetValueOrDefault(claim)))
            .Where(change => !ReferenceEquals(change.Before, change.Now));

    /// <summary>Whether some version of it is overtaken.</summary>
    public bool HasOvertaken => _now.Values.Any(placed => placed is OvertakenVersion);

    /// <summary>Whether a version is overtaken by none that is in view, so that the object must be looked at again as a whole.</summary>
    public bool IsUnsettled => HasOvertaken && _now.Values.Any(placed => placed is OvertakenVersion && !(Accepted is { IsInView: true } above && above.Version > placed.Version));

    public IReadOnlyDictionary<Guid, DeadVersion> Buried => _buried ?? NothingBuried;

    public IReadOnlyCollection<Guid> Revived => _revived ?? (IReadOnlyCollection<Guid>)[];

    public void Load(Guid claimId, PlacedVersion version) => (_loaded ??= [])[claimId] = _now[claimId] = version;

    public void Know(Child child) => Known ??= child;

    public void LoadDead(Guid deadLetterId) => (_deadBefore ??= []).Add(deadLetterId);

    public PlacedVersion? At(Guid claimId) => _now.GetValueOrDefault(claimId);

    /// <summary>A message brought this version.</summary>
    public Change Arrive(Child child, Decision decision)
    {
        if (_now.Values.Any(placed => placed.Version == child.Version)) return new(Outcome.Duplicate);
        var wasDead = _deadBefore?.Contains(child.DeadLetterId) == true || Buried.ContainsKey(child.DeadLetterId);
        if (decision is Decision.Refuse refuse) return wasDead ? new(Outcome.Duplicate) : Bury(new DeadVersion(child, refuse.Refusal)); // whatever came before it
        if (At(child.ClaimId) is { } same && child.Version < same.Version) return new(wasDead ? Outcome.Duplicate : Outcome.Superseded);
        if (wasDead) return Revive(child, decision);

        var replaced = _now.Remove(child.ClaimId, out var older) ? Replaced(older) : default;
        var change = Put(child, decision, since: null, waited: null);
        return change with { Neighbours = change.Neighbours + replaced };
    }

    /// <summary>A stored version is looked at again, because what its claim leads to may have changed or because its time is up.</summary>
    /// <param name="staysUnder">For a version that is in: whether only its account's standing keeps it out.</param>
    public Change Reconsider(StoredVersion row, Decision decision, bool staysUnder, ExpiryClock clock)
    {
        if (At(row.ClaimId) is not { } placed || placed.Version != row.Child.Version) return new(Outcome.Unchanged);
        if (Stays(placed, row, decision, staysUnder, clock)) return new(Outcome.Unchanged);
        _now.Remove(row.ClaimId);
        if (At(row.Child.ClaimId) is { } newer && row.Child.Version < newer.Version) return new(Outcome.Superseded); // configuration has another claim decide now
        var since = placed is ParkedVersion ? row.Since : null;
        return decision switch
        {
            Decision.Refuse refuse => Bury(new DeadVersion(row.Child, refuse.Refusal, null, since)),
            Decision.Park park when since is not null && clock.IsOver(since) => Bury(new DeadVersion(row.Child, park.WhenTimeIsUp(), park.WaitsFor, since)),
            _ => Put(row.Child, decision, since, since is null ? null : clock.Now - since.ParkedAt),
        };
    }

    private bool Stays(PlacedVersion placed, StoredVersion row, Decision decision, bool staysUnder, ExpiryClock clock)
    {
        if (row.ClaimId != row.Child.ClaimId) return false;
        return (placed, decision) switch
        {
            (AcceptedVersion current, Decision.Accept accept) => accept.Account == current.Account,
            (AcceptedVersion, Decision.Park) => staysUnder,
            (ParkedVersion parked, Decision.Park park) => park.WaitsFor.Id == parked.WaitsFor && !clock.IsOver(row.Since!),
            (OvertakenVersion, not Decision.Refuse) => Accepted is { } newer && newer.Version > placed.Version,
            _ => false,
        };
    }

    /// <summary>A dead version came again. It lives if it can be let in now; else its time was up before, and only a person who replays it gives it more.</summary>
    private Change Revive(Child child, Decision decision)
    {
        if (decision is not Decision.Accept && child.Replay is null || Accepted is { } current && child.Version < current.Version) return new(Outcome.Duplicate);
        (_revived ??= []).Add(child.DeadLetterId);
        var replaced = _now.Remove(child.ClaimId, out var older) ? Replaced(older) : default;
        var put = Put(child, decision, since: null, waited: null);
        return new(Outcome.Duplicate, put.Neighbours + replaced, RevivedTo: put.Outcome);
    }

    /// <summary>Where a version is now that a message brought and that is not dead: in, waiting, or behind a newer one.</summary>
    public PlacedVersion? PlaceOf(Child child) => _now.Values.FirstOrDefault(placed => placed.Version == child.Version);

    private Change Bury(DeadVersion dead)
    {
        (_buried ??= [])[dead.Child.DeadLetterId] = dead;
        return new(Outcome.DeadLettered);
    }

    private Change Put(Child child, Decision decision, ParkedSince? since, TimeSpan? waited)
    {
        if (Accepted is { } newer && newer.Version > child.Version)
        {
            _now[child.ClaimId] = new OvertakenVersion(child.Version, child);
            return new(Outcome.Superseded);
        }

        switch (decision)
        {
            case Decision.Accept accept:
                var overtaken = OvertakeOlderThan(child.Version);
                _now[child.ClaimId] = new AcceptedVersion(child.Version, accept.Account, IsInView: true, child, accept, waited);
                return new(Outcome.Accepted, overtaken);
            case Decision.Park park:
                _now[child.ClaimId] = new ParkedVersion(child.Version, park.WaitsFor.Id, child, park, since);
                return new(Outcome.Parked);
            default:
                throw new InvalidOperationException($"No place for the decision: {decision}");
        }
    }

    private LedgerEntry OvertakeOlderThan(ObjectVersion version)
    {
        var moved = default(LedgerEntry);
        if (_now.Count == 0) return moved;
        foreach (var (claim, placed) in _now.Where(entry => entry.Value.Version < version && entry.Value is not OvertakenVersion).ToList())
        {
            _now[claim] = new OvertakenVersion(placed.Version, placed.Child);
            moved += placed is AcceptedVersion ? new LedgerEntry("", "", Accepted: -1, Superseded: 1) : new LedgerEntry("", "", Parked: -1, Superseded: 1);
        }

        return moved;
    }

    /// <summary>What was in stays counted as let in; what waited was never let in.</summary>
    private static LedgerEntry Replaced(PlacedVersion older) => older is ParkedVersion ? new LedgerEntry("", "", Parked: -1, Superseded: 1) : default;

    private static AcceptedVersion? In(Dictionary<Guid, PlacedVersion> versions)
    {
        foreach (var placed in versions.Values)
            if (placed is AcceptedVersion accepted) return accepted;
        return null;
    }
}

/// <summary>The version of an object for one claim, as the tables have it and as it is to be; null where there is none.</summary>
public sealed record PlaceChange(Guid ObjectKey, Guid ClaimId, PlacedVersion? Before, PlacedVersion? Now);
