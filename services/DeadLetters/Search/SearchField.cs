namespace Pipeline.DeadLetters.Search;

/// <summary>A field that can be searched by its name.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Column">What it is in the tables: letters as <c>l</c>, their groups as <c>g</c>, what their keys lead to now as <c>a</c>.</param>
/// <param name="Meaning">For whoever searches.</param>
public sealed record SearchField(string Name, string Column, string Meaning)
{
    public static readonly SearchField State = new("state", "l.state", "open, replaying, settled or discarded; open where nothing is said");

    public static readonly SearchField Group = new("group", "l.group_key::text", "the key of a group");

    public static readonly SearchField Answer = new("answer", "a.account_id", "the admitted account that its key leads to since it died: a replay would let it in; answer:* for any");

    public static IReadOnlyList<SearchField> All { get; } =
    [
        State, Group,
        new("reason", "l.reason", "the code of the reason"),
        new("source", "l.source", "the system that it is about"),
        new("type", "l.object_type", "what the object is in its system"),
        new("id", "l.native_id", "the object's id inside its system"),
        new("account", "l.account_id", "the account_id in the body"),
        new("key", "l.waited_for", "the key that it waited for in vain, as in \"parent desk 4711\""),
        Answer,
        new("queue", "l.source_queue", "the queue whose consumer could not use it"),
        new("exchange", "l.exchange", "the exchange that it was published to"),
        new("message", "l.message_id", "the publisher's message_id"),
        new("letter", "l.id::text", "the id of the dead letter"),
        new("fate", "l.fate", "of its last replay: accepted, parked, superseded, dead_again, handed_over, unknown or left"),
        new("operation", "l.operation_id::text", "the operation that last touched it"),
        new("triage", "g.triage", "of its group: new, investigating or known"),
        new("owner", "g.owner", "of its group"),
    ];

    public static SearchField? Find(string name) => All.FirstOrDefault(field => field.Name == name);
}
