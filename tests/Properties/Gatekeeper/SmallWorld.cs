using System.Text;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Bindings;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Hosting.Broker;
using Pipeline.Hosting.Ledger;
using Pipeline.Tests.Stories;

namespace Pipeline.Properties.Tests.Gatekeeper;

/// <summary>
/// The gate and the histories with memory in place of tables. What the releaser does by keys is done here by looking at everything
/// again after each happening, until nothing changes.
/// </summary>
internal sealed class SmallWorld
{
    private readonly Dictionary<Guid, Evidence> _evidence = [];
    private readonly Dictionary<(Guid, Guid, DateTimeOffset), UserStatement> _users = [];
    private readonly Dictionary<string, Happening.Corrected> _corrections = [];
    private readonly Dictionary<ObjectVersion, Child> _children = [];
    private readonly Dictionary<Guid, Dictionary<Guid, PlacedVersion>> _places = [];
    private LedgerEntry _sum;

    public void Happen(Happening happening)
    {
        switch (happening)
        {
            case Happening.Child arrives:
                var child = Child.Read(Encoding.UTF8.GetBytes(arrives.Body), null, null, ChildKinds.Default).Message!;
                _children[child.Version] = child;
                foreach (var (user, link) in People.Default.LinksOf(child)) Hear(new UserStatement(user, link, child.Version.Tie, null));
                Decide([child], plan => plan.Arrive(child));
                break;
            case Happening.Mapped mapped:
                Hear(EvidenceReader.ReadUser(Delivered(Exchanges.UserMapped, mapped.Body)).Message!);
                break;
            case Happening.Corrected corrected:
                if (!_corrections.TryGetValue(corrected.Value, out var known) || !known.Undone) _corrections[corrected.Value] = corrected;
                break;
            case Happening.Decided decided:
                Hear(EvidenceReader.Read(Delivered(decided.IsIn ? Exchanges.AccountAdmitted : Exchanges.AccountWithdrawn, decided.Body)).Message!);
                break;
            case Happening.Recorded recorded:
                Hear(EvidenceReader.Read(Delivered(Exchanges.AccountDiscovered, recorded.Body)).Message!);
                break;
        }

        Settle();
    }

    public SortedDictionary<string, string?> View()
    {
        var view = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        var answers = Answers();
        foreach (var versions in _places.Values)
        {
            var child = _children[versions.Values.First().Version];
            var accepted = versions.Values.OfType<AcceptedVersion>().SingleOrDefault();
            view[$"{child.ObjectType} {child.NativeId}"] = accepted is not null && answers.StandingOf(accepted.Account) == Standing.Admitted
                ? $"{accepted.Account} {(accepted.Version.ObservedAt - Happening.Start).TotalMinutes}"
                : null;
        }

        return view;
    }

    private void Hear(Evidence said)
    {
        if (!_evidence.TryGetValue(said.OriginKey, out var known) || said.IsNewerThan(known.Version, known.Tie)) _evidence[said.OriginKey] = said;
    }

    private void Hear(UserStatement said)
    {
        var place = (said.User.Id, said.Link.Origin, said.Link.From);
        if (!_users.TryGetValue(place, out var known) || said.Tie.CompareTo(known.Tie) > 0) _users[place] = said;
    }

    private void Settle()
    {
        for (var rounds = 0; ; rounds++)
        {
            Assert.True(rounds < 20, "It does not come to rest.");
            var before = Places();
            foreach (var (objectKey, versions) in _places.ToList())
                foreach (var (claim, placed) in versions.OrderByDescending(entry => entry.Value is AcceptedVersion).ThenByDescending(entry => entry.Value.Version).ToList())
                    Decide([_children[placed.Version]], plan => plan.Reconsider(new StoredVersion(
                        _children[placed.Version], claim, placed is ParkedVersion ? new ParkedSince(Happening.Start, Happening.Start.AddDays(1)) : null)));
            if (before == Places()) return;
        }
    }

    /// <summary>One plan over what is known now, written back.</summary>
    private void Decide(IReadOnlyList<Child> children, Action<Plan> act)
    {
        var answers = Answers();
        var knowledge = new Knowledge(Happening.Start, expiring: false, answers);
        foreach (var key in children.Select(child => child.ObjectKey).Distinct())
            foreach (var (claim, placed) in _places.GetValueOrDefault(key) ?? [])
                knowledge.HistoryOf(key).Load(claim, placed is AcceptedVersion accepted ? accepted with { IsInView = answers.StandingOf(accepted.Account) == Standing.Admitted } : placed);
        var plan = new Plan(knowledge);
        act(plan);
        _sum = plan.Ledger.Aggregate(_sum, (sum, entry) => sum + entry);
        Assert.True(_sum.Balances, _sum.ToString());
        foreach (var change in plan.Histories.SelectMany(history => history.Changes))
        {
            var versions = _places.TryGetValue(change.ObjectKey, out var known) ? known : _places[change.ObjectKey] = [];
            if (change.Now is null) versions.Remove(change.ClaimId);
            else versions[change.ClaimId] = change.Now;
        }

        Assert.Equal(_places.Values.Sum(versions => versions.Values.OfType<ParkedVersion>().Count()), _sum.Parked);
    }

    private Answers Answers()
    {
        var answers = new Answers();
        foreach (var said in _evidence.Values)
        {
            foreach (var binding in said.Bindings) answers.Bind(binding.Key.Id, new StatedAccount(binding.Account, said.Source));
            if (said.Standing is { } standing) answers.Stand(ClaimKey.Of(standing.Account).Id, standing.Standing);
        }

        foreach (var said in _users.Values) answers.Link(said.User.Id, said.Link);
        foreach (var correction in _corrections.Values.Where(correction => !correction.Undone))
            answers.Correct("desk", ClaimKey.Of(AccountId.Of(correction.Value)).Id, AccountId.Of(correction.Account));
        foreach (var accepted in _places.Values.SelectMany(versions => versions.Values).OfType<AcceptedVersion>())
            foreach (var email in People.Default.EmailsOf(_children[accepted.Version])) answers.Bind(email.Id, new StatedAccount(accepted.Account, ""));
        return answers;
    }

    private string Places() => string.Join(";", _places.OrderBy(entry => entry.Key).SelectMany(entry => entry.Value.OrderBy(version => version.Key).Select(version =>
        $"{entry.Key} {version.Key} {version.Value.GetType().Name} {version.Value.Version} {(version.Value as AcceptedVersion)?.Account} {(version.Value as ParkedVersion)?.WaitsFor}")));

    private static Delivery Delivered(string exchange, string body) => new() { Tag = 1, Queue = "", Exchange = exchange, Body = Encoding.UTF8.GetBytes(body) };
}
