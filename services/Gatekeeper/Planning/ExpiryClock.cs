namespace Pipeline.Gatekeeper.Planning;

/// <summary>The database's time, as one batch sees it.</summary>
/// <param name="Expiring">Whether versions whose time is up are given up now.</param>
public readonly record struct ExpiryClock(DateTimeOffset Now, bool Expiring)
{
    public bool IsOver(ParkedSince since) => Expiring && since.Deadline <= Now;
}
