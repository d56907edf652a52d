using System.Globalization;
using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;

namespace Pipeline.Unit.Tests.Gatekeeper;

/// <summary>Children and answers in few words.</summary>
internal static class Children
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Version <paramref name="version"/> of one object, with this claim.</summary>
    public static Child Child(int version, string claim = "\"account_id\":\"A\"", string nativeId = "1")
    {
        var body = $$"""{"source":"desk","object_type":"ticket","native_id":{{JsonSerializer.Serialize(nativeId)}},"observed_at":"{{Start.AddMinutes(version).ToString("O", CultureInfo.InvariantCulture)}}",{{claim}}}""";
        Assert.True(Pipeline.Gatekeeper.Deciding.Child.Read(Encoding.UTF8.GetBytes(body), null, null, ChildKinds.Default).Succeeded(out var child, out var refusal), refusal?.Sentence);
        return child;
    }

    public static Answers Admitted(params string[] accounts)
    {
        var answers = new Answers();
        foreach (var account in accounts) answers.Stand(ClaimKey.Of(AccountId.Of(account)).Id, Standing.Admitted);
        return answers;
    }

    public static Answers Bound(this Answers answers, string parent, params string[] accounts)
    {
        foreach (var account in accounts) answers.Bind(ClaimKey.Parent("desk", parent).Id, new StatedAccount(AccountId.Of(account), "desk"));
        return answers;
    }
}
