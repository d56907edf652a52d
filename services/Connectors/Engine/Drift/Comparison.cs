namespace Pipeline.Connectors.Engine.Drift;

/// <summary>
/// Holds one page against what is known. What is found becomes known, so that it is found once. An object that is not yet
/// learned only teaches.
/// </summary>
/// <param name="fresh">How many of the page's records have not been read before.</param>
internal sealed class Comparison(FirstPass firstPass, int fresh, DateTimeOffset now)
{
    /// <summary>The place of a record itself, where its fields have names.</summary>
    private const string Record = "(record)";

    private readonly List<FieldDrift> _found = [];

    public IReadOnlyList<FieldDrift> Found => _found;

    public ObjectShape Of(ObjectShape known, SeenObject seen) => Of(known, seen, "");

    private ObjectShape Of(ObjectShape known, SeenObject seen, string path)
    {
        if (known is { IsCustom: true, IsLearned: true } || (seen.Objects == 0 && firstPass != FirstPass.Ends)) return known;
        var before = _found.Count;
        var fields = known.IsCustom ? known.Fields : Fields(known, seen, path);
        var taught = known.IsLearned ? known.Taught : Math.Min(ObjectShape.Lessons, known.Taught + seen.Objects);
        var next = known with
        {
            Taught = taught,
            IsLearned = known.IsLearned || IsEnough(taught),
            MostFields = Math.Max(known.MostFields, seen.MostFields),
            Fields = fields,
        };
        if (known.IsCustom || ObjectShape.IsBag(fields.Count, next.MostFields)) next = GivenUp(next, before, path);
        return next == known ? known : next;
    }

    private bool IsEnough(int taught) => firstPass switch
    {
        FirstPass.UnderWay => false,
        FirstPass.Ends => taught >= ObjectShape.Enough,
        _ => taught >= ObjectShape.Lessons,
    };

    /// <summary>What has been found in it since is withdrawn: its keys are no fields.</summary>
    private ObjectShape GivenUp(ObjectShape bag, int before, string path)
    {
        _found.RemoveRange(before, _found.Count - before);
        if (bag.IsLearned) Tell(path.Length == 0 ? Record : path, Change.CustomKeys, JsonKinds.Whole, JsonKinds.None);
        return bag with { IsCustom = true, Fields = ObjectShape.Unknown.Fields };
    }

    private IReadOnlyDictionary<string, FieldShape> Fields(ObjectShape known, SeenObject seen, string path)
    {
        var changed = new Dictionary<string, FieldShape>();
        foreach (var (name, field) in known.Fields)
        {
            var after = seen.Fields.TryGetValue(name, out var now) && now.Count > 0 ? Carried(known, field, now, seen.Objects, Path(path, name)) : Lacked(known, field, seen.Objects, Path(path, name));
            if (after != field) changed[name] = after;
        }

        foreach (var (name, field) in seen.Fields)
            if (!known.Fields.ContainsKey(name)) changed[name] = First(known, field, seen.Objects, Path(path, name));
        if (changed.Count == 0) return known.Fields;
        foreach (var (name, field) in known.Fields) changed.TryAdd(name, field);
        return changed;
    }

    private FieldShape First(ObjectShape parent, SeenField now, int objects, string path)
    {
        if (parent.IsLearned) Tell(path, Change.New, JsonKinds.None, now.Kinds);
        return new FieldShape { Kinds = now.Kinds, Always = parent.Taught == 0 && now.Count == objects, Parts = Parts(null, now, path) };
    }

    private FieldShape Carried(ObjectShape parent, FieldShape before, SeenField now, int objects, string path)
    {
        var kinds = now.Kinds & ~before.Kinds;
        if (kinds != JsonKinds.None && before.Kinds != JsonKinds.None && parent.IsLearned) Tell(path, Change.Retyped, before.Kinds, kinds);
        return before with
        {
            Kinds = before.Kinds | kinds,
            Always = before.Always && before.Lacking == 0 && now.Count == objects,
            Lacking = 0,
            Parts = Parts(before.Parts, now, path),
        };
    }

    /// <summary>A small page may be chance, and an overlap brings the same record many times: only what is fresh of it counts on, over pages.</summary>
    private FieldShape Lacked(ObjectShape parent, FieldShape before, int objects, string path)
    {
        var field = before with { Parts = Parts(before.Parts, null, path) };
        if (objects == 0 || !before.Always) return field;
        if (!parent.IsLearned) return field with { Always = false };
        var lacking = before.Lacking + (objects >= ObjectShape.Enough ? objects : Math.Min(objects, fresh));
        if (lacking < ObjectShape.Enough) return field with { Lacking = lacking };
        Tell(path, Change.Missing, before.Kinds, JsonKinds.None);
        return field with { Always = false, Lacking = 0 };
    }

    private ObjectShape? Parts(ObjectShape? before, SeenField? now, string path) =>
        before is null && now?.Parts is null ? null : Of(before ?? ObjectShape.Unknown, now?.Parts ?? new SeenObject(), path);

    private void Tell(string path, Change change, JsonKinds from, JsonKinds to) => _found.Add(new FieldDrift(path, change, from, to, now));

    /// <summary>No two places share a path: a name that a path would not show as one name stands in quotes, which no name as it is written holds bare.</summary>
    private static string Path(string path, string name)
    {
        var shown = name.Length == 0 || name.AsSpan().ContainsAny('.', '(') ? $"\"{name}\"" : name;
        return path.Length == 0 ? shown : $"{path}.{shown}";
    }
}
