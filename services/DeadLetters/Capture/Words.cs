using System.Text;

namespace Pipeline.DeadLetters.Capture;

/// <summary>What of a letter is searched for a text: the names and values of its headers, why it is here, and the beginning of its body.</summary>
public static class Words
{
    /// <summary>How much of a body is searched, in bytes; what an operator looks for stands early, and an index of attachments helps nobody.</summary>
    public const int Searched = 32 * 1024;

    public static string Of(Letter letter)
    {
        var words = new StringBuilder(letter.Sentence).Append('\n');
        if (letter.MessageId is { } id) words.Append(id).Append('\n');
        foreach (var (name, value) in letter.Delivery.Headers) words.Append(name).Append(": ").Append(value).Append('\n');
        var body = letter.Delivery.Body.Span;
        return words.Append(Encoding.UTF8.GetString(body[..Math.Min(body.Length, Searched)])).ToString();
    }
}
