using System.Text;

namespace Pipeline.Benchmarks;

/// <summary>The messages of a run, fixed by their number: about 1 kB each, over accounts of which few have many children.</summary>
internal sealed class Load(int children, int accounts)
{
    private const int Payload = 800;
    private static readonly string Filler = new('x', Payload);
    private readonly double _harmonic = Enumerable.Range(1, accounts).Sum(rank => 1.0 / rank);

    public int Children => children;

    public int Accounts => accounts;

    public IEnumerable<byte[]> ChildBodies()
    {
        var random = new Random(20261124);
        for (var number = 0; number < children; number++)
            yield return Encoding.UTF8.GetBytes(
                $$$"""{"source":"bench","object_type":"ticket","native_id":"{{{number}}}","observed_at":"2026-01-01T00:00:00Z","account_id":"A{{{Zipf(random)}}}","data":{"text":"{{{Filler}}}"}}""");
    }

    public IEnumerable<byte[]> AdmissionBodies() => Enumerable.Range(0, accounts).Select(account => Encoding.UTF8.GetBytes(
        $$"""{"account_id":"A{{account}}","revision":1,"source":"crm","native_id":"{{account}}","name":"Acme","join_date":"2025-01-01T00:00:00Z"}"""));

    public IEnumerable<byte[]> RecordBodies() => Enumerable.Range(0, accounts).Select(account => Encoding.UTF8.GetBytes(
        $$"""{"source":"crm","native_id":"{{account}}","observed_at":"2026-01-01T00:00:00Z","account_id":"A{{account}}","name":"Acme","join_date":"2025-01-01"}"""));

    /// <summary>Zipf with exponent 1, by the inverse of an approximation of its sum.</summary>
    private int Zipf(Random random) => Math.Min(accounts - 1, (int)(Math.Exp(random.NextDouble() * _harmonic) / Math.E));
}
