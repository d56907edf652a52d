namespace Pipeline.Gatekeeper.Intake;

/// <summary>
/// The objects that batches of this process are deciding on just now. Of two batches that meet over an object only one can commit what
/// it planned, and the other would do all its work once more for the sake of that one: so it leaves the object for afterwards. Batches
/// of other processes are not seen here; they meet in the database.
/// </summary>
public sealed class ObjectsInHand
{
    private readonly Lock _one = new();
    private readonly HashSet<Guid> _taken = [];
    private TaskCompletionSource _letGo = NotYet();

    /// <summary>Takes those of the objects that nobody has. Where somebody has each of them, it waits until that is no longer so.</summary>
    /// <remarks>Whoever waits has nothing in hand, so nobody waits for each other.</remarks>
    public async Task<Hand> TakeAsync(IReadOnlySet<Guid> objects, CancellationToken cancellation)
    {
        while (true)
        {
            Task letGo;
            lock (_one)
            {
                var free = objects.Where(_taken.Add).ToHashSet();
                if (free.Count > 0 || objects.Count == 0) return new Hand(this, free);
                letGo = _letGo.Task;
            }

            await letGo.WaitAsync(cancellation);
        }
    }

    private static TaskCompletionSource NotYet() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void LetGo(IReadOnlySet<Guid> objects)
    {
        lock (_one)
        {
            _taken.ExceptWith(objects);
            _letGo.SetResult();
            _letGo = NotYet();
        }
    }

    /// <summary>What one batch has taken, until it is disposed of.</summary>
    public sealed class Hand(ObjectsInHand all, IReadOnlySet<Guid> objects) : IDisposable
    {
        private bool _isEmpty;

        public bool Has(Guid objectKey) => objects.Contains(objectKey);

        public void Dispose()
        {
            if (_isEmpty) return;
            _isEmpty = true;
            all.LetGo(objects);
        }
    }
}
