namespace Pipeline.VendorSimulator.OutsidePublisher;

/// <summary>How far the outside publisher is: messages in all, and those that the broker confirmed.</summary>
public sealed class PublishProgress(PortalScript script)
{
    private int _confirmed;

    public object Count => new { Total = script.Messages.Count, Confirmed = Confirmed };

    public int Confirmed
    {
        get => Volatile.Read(ref _confirmed);
        set => Volatile.Write(ref _confirmed, value);
    }
}
