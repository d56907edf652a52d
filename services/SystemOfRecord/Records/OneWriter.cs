namespace Pipeline.SystemOfRecord.Records;

/// <summary>
/// One transaction at a time writes records or changes the rules. Two at once, one with a record and one with its evidence, would each
/// miss the other's. One after the other costs nothing that a batch does not win back.
/// </summary>
internal static class OneWriter
{
    /// <summary>Held until the transaction ends.</summary>
    public const string Lock = "select pg_advisory_xact_lock(hashtext('system-of-record'), 1)";
}
