using System.Diagnostics.CodeAnalysis;

namespace Pipeline.Contracts.Reading;

/// <summary>What came of reading a body: the message, or why it cannot be used.</summary>
public readonly record struct Read<T> where T : class
{
    private Read(T? message, Refusal? refusal) => (Message, Refusal) = (message, refusal);

    public T? Message { get; }

    public Refusal? Refusal { get; }

    public bool Succeeded([NotNullWhen(true)] out T? message, [NotNullWhen(false)] out Refusal? refusal)
    {
        (message, refusal) = (Message, Refusal);
        return message is not null;
    }

    public static implicit operator Read<T>(T message) => new(message, null);

    public static implicit operator Read<T>(Refusal refusal) => new(null, refusal);
}
