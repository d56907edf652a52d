using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Benchmarks.Load;

/// <summary>Accounts by their number.</summary>
internal static class Accounts
{
    public static string Id(int number) => $"A{number}";

    public static int NumberOf(string accountId) => int.Parse(accountId.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What the system of record says of accounts that are in.</summary>
    public static IEnumerable<Message> Admissions(IEnumerable<int> numbers) => numbers.Select(Admission);

    public static Message Admission(int number) => new(Exchanges.AccountAdmitted, Encoding.UTF8.GetBytes(
        $$"""{"account_id":"{{Id(number)}}","revision":1,"source":"crm","native_id":"{{number}}","name":"Acme {{number}}","join_date":"2025-01-01T00:00:00Z"}"""));

    /// <summary>What a connector says of accounts that pass the filters.</summary>
    public static IEnumerable<Message> Records(int count) => Enumerable.Range(0, count).Select(number => new Message(Exchanges.AccountDiscovered, Encoding.UTF8.GetBytes(
        $$"""{"source":"crm","native_id":"{{number}}","observed_at":"2026-01-01T00:00:00Z","account_id":"{{Id(number)}}","name":"Acme {{number}}","join_date":"2025-01-01"}""")));

    /// <summary>Every account, in an order that is the same each time and no order.</summary>
    public static int[] Shuffled(int count)
    {
        int[] numbers = [.. Enumerable.Range(0, count)];
        new Random(20261124).Shuffle(numbers);
        return numbers;
    }
}
