namespace Pipeline.VendorSimulator.Truth;

/// <summary>Where one child object must be once all has been read and decided.</summary>
/// <param name="Place">accepted, parked or dead_lettered.</param>
/// <param name="Reason">For a dead letter, the code of its reason.</param>
/// <param name="AccountId">The account it is accepted under, or the account_id that it waits for, where it names one.</param>
/// <param name="Deleted">Whether its system says that it was deleted.</param>
public sealed record ChildTruth(string Source, string ObjectType, string NativeId, string Place, string? Reason = null, string? AccountId = null, bool Deleted = false)
{
    public const string Accepted = "accepted";
    public const string Parked = "parked";
    public const string DeadLettered = "dead_lettered";
}

/// <summary>A part of the simulator that sends children into the pipeline and knows where each must end.</summary>
public interface IKnowsItsChildren
{
    IEnumerable<ChildTruth> Children { get; }
}
