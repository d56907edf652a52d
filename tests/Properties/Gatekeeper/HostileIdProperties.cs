using System.Text;
using CsCheck;
using Pipeline.Contracts;
using Pipeline.Gatekeeper.Deciding;
using Pipeline.Gatekeeper.Planning;
using Pipeline.Tests.Stories;

namespace Pipeline.Properties.Tests.Gatekeeper;

/// <summary>Law 1 from the bytes of a message to the decision: a child goes in under the account whose id it states, byte for byte, or not at all.</summary>
public sealed class HostileIdProperties
{
    private const int Cases = 20_000;

    [Theory]
    [InlineData(ClaimKind.AccountId)]
    [InlineData(ClaimKind.Parent)]
    public void No_two_different_texts_are_ever_joined(ClaimKind kind)
    {
        var joined = 0;
        Gen.Int.Sample(
            seed =>
            {
                var random = new Random(seed);
                var texts = Enumerable.Range(0, 4).Select(_ => HostileText.Of(random.Next)).SelectMany(text => (string[])[text, HostileText.Near(text, random.Next)])
                    .Where(text => !string.IsNullOrWhiteSpace(text)).Distinct(StringComparer.Ordinal).ToList();
                if (texts.Count == 0) return;
                var known = texts.Where(_ => random.Next(2) == 0).ToHashSet(StringComparer.Ordinal);
                var stated = texts[random.Next(texts.Count)];
                var decision = Decide(kind, stated, known, random);
                if (known.Contains(stated)) Interlocked.Increment(ref joined);
                Assert.Equal(known.Contains(stated) ? AccountOf(kind, stated) : null, decision);
            },
            iter: Cases);
        Assert.InRange(joined, Cases / 10, Cases); // it does join what is the same
    }

    [Fact]
    public void NUL_and_half_a_surrogate_pair_are_refused_with_the_field_that_holds_them() =>
        Gen.Select(Gen.Int, Gen.OneOf("\\u0000", "\\ud83d", "\\ude00")).Sample(
            (seed, unsayable) =>
            {
                var random = new Random(seed);
                var json = HostileText.Json(HostileText.Of(random.Next), random.Next);
                var body = Body($"\"account_id\":{json.Insert(1, unsayable)}");
                Assert.False(Child.Read(body, null, null, ChildKinds.Default).Succeeded(out _, out var refusal));
                Assert.Contains("account_id", refusal!.Detail, StringComparison.Ordinal);
            },
            iter: Cases);

    /// <summary>The account that it goes in under; null where it waits.</summary>
    private static string? Decide(ClaimKind kind, string stated, IEnumerable<string> known, Random random)
    {
        var answers = new Answers();
        foreach (var text in known)
        {
            var account = AccountId.Of(AccountOf(kind, text));
            answers.Stand(ClaimKey.Of(account).Id, Standing.Admitted);
            if (kind == ClaimKind.Parent) answers.Bind(ClaimKey.Parent("desk", text).Id, new StatedAccount(account, "desk"));
        }

        var read = Child.Read(Body($"\"{(kind == ClaimKind.Parent ? "parent_id" : "account_id")}\":{HostileText.Json(stated, random.Next)}"), null, null, ChildKinds.Default);
        Assert.True(read.Succeeded(out var child, out var refusal), refusal?.Sentence);
        var plan = new Plan(new Knowledge(DateTimeOffset.UnixEpoch, expiring: false, answers));
        plan.Arrive(child);
        return plan.Histories.SelectMany(history => history.Changes).Select(change => change.Now).OfType<AcceptedVersion>().SingleOrDefault()?.Account.Text;
    }

    /// <summary>A parent's account is another text than its id, so that neither is taken for the other.</summary>
    private static string AccountOf(ClaimKind kind, string text) => kind == ClaimKind.Parent ? $"of {text}" : text;

    private static byte[] Body(string claim) =>
        Encoding.UTF8.GetBytes($$"""{"source":"desk","object_type":"ticket","native_id":"1","observed_at":"2026-01-01T00:00:00Z",{{claim}}}""");
}
