namespace Pipeline.SystemOfRecord.Admission.Storage;

/// <summary>
/// Lets callers who ask side by side be answered together: while one group is being answered, those who come wait and are the next
/// group. Who asks alone is answered at once, so nothing waits for company.
/// </summary>
/// <param name="most">The most that are answered together.</param>
/// <param name="answer">Answers a group, in its order. What it throws, every one of the group gets.</param>
internal sealed class Gathering<TAsk, TAnswer>(int most, Func<IReadOnlyList<TAsk>, Task<IReadOnlyList<TAnswer>>> answer)
{
    private readonly Lock _gate = new();
    private readonly Queue<(TAsk Ask, TaskCompletionSource<TAnswer> Answer)> _waiting = new();
    private bool _isAnswering;

    public Task<TAnswer> AskAsync(TAsk ask)
    {
        var asked = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue((ask, asked));
            if (_isAnswering) return asked.Task;
            _isAnswering = true;
        }

        _ = Task.Run(AnswerAllAsync);
        return asked.Task;
    }

    private async Task AnswerAllAsync()
    {
        while (Next() is { Count: > 0 } group)
        {
            try
            {
                var answers = await answer([.. group.Select(one => one.Ask)]);
                for (var index = 0; index < group.Count; index++) group[index].Answer.SetResult(answers[index]);
            }
            catch (Exception exception)
            {
                // It is theirs: each of them retries, or does not.
                foreach (var (_, asked) in group) asked.TrySetException(exception);
            }
        }
    }

    private List<(TAsk Ask, TaskCompletionSource<TAnswer> Answer)> Next()
    {
        lock (_gate)
        {
            var group = new List<(TAsk, TaskCompletionSource<TAnswer>)>();
            while (group.Count < most && _waiting.TryDequeue(out var one)) group.Add(one);
            _isAnswering = group.Count > 0;
            return group;
        }
    }
}
