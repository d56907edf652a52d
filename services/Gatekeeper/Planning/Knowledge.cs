using Pipeline.Gatekeeper.Deciding;

namespace Pipeline.Gatekeeper.Planning;

/// <summary>What the tables say of the objects and keys of one batch, read in one transaction.</summary>
public sealed class Knowledge(DateTimeOffset now, bool expiring, Answers? answers = null)
{
    private readonly Dictionary<Guid, ObjectHistory> _histories = [];
    private readonly HashSet<Guid> _dead = [];

    public Answers Answers { get; } = answers ?? new();

    public ExpiryClock Clock { get; } = new(now, expiring);

    public IReadOnlyCollection<ObjectHistory> Histories => _histories.Values;

    public ObjectHistory HistoryOf(Guid objectKey) =>
        _histories.TryGetValue(objectKey, out var history) ? history : _histories[objectKey] = new ObjectHistory(objectKey);

    public ObjectHistory HistoryOf(Child child)
    {
        var history = HistoryOf(child.ObjectKey);
        history.Know(child);
        if (_dead.Contains(child.DeadLetterId)) history.LoadDead(child.DeadLetterId);
        return history;
    }

    public void LoadDead(Guid deadLetterId) => _dead.Add(deadLetterId);

    public bool IsDead(Guid deadLetterId) => _dead.Contains(deadLetterId);
}
