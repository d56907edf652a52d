using Pipeline.VendorSimulator.Serving;

namespace Pipeline.VendorSimulator.Systems.Intercom;

/// <summary>What a request for the scroll gets: a page and the scroll's name, or why there is none.</summary>
public sealed record IntercomScrolled(IReadOnlyList<StampedRow> Page, string? Name, string? Error);

/// <summary>
/// The scroll over all companies. Only one is open at a time; each request moves it on, and a page that went astray is not
/// given again. It ends with an empty page, or after some time without a request.
/// </summary>
public sealed class IntercomScroll(ChangingRows companies, int size, TimeSpan life, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private Open? _open;

    public IntercomScrolled Begin()
    {
        lock (_lock)
        {
            if (Alive() is not null) return new([], null, "scroll_exists");
            _open = new Open(Guid.CreateVersion7(clock.GetUtcNow()).ToString(), companies.Visible, 0, clock.GetTimestamp());
            return Move(_open);
        }
    }

    public IntercomScrolled Continue(string name)
    {
        lock (_lock) return Alive() is { } open && open.Name == name ? Move(open) : new([], null, "not_found");
    }

    private Open? Alive() => _open is { } open && clock.GetElapsedTime(open.Asked) < life ? open : null;

    private IntercomScrolled Move(Open open)
    {
        StampedRow[] page = [.. open.Rows.Skip(open.Given).Take(size)];
        companies.MarkServed(page);
        _open = page.Length == 0 ? null : open with { Given = open.Given + page.Length, Asked = clock.GetTimestamp() };
        return new(page, open.Name, null);
    }

    private sealed record Open(string Name, IReadOnlyList<StampedRow> Rows, int Given, long Asked);
}
