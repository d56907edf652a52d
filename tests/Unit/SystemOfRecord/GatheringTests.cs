using Pipeline.SystemOfRecord.Admission.Storage;

namespace Pipeline.Unit.Tests.SystemOfRecord;

public sealed class GatheringTests
{
    private readonly List<IReadOnlyList<int>> _groups = [];
    private readonly SemaphoreSlim _mayAnswer = new(0);

    [Fact]
    public async Task Who_asks_alone_is_answered_alone()
    {
        var gathering = new Gathering<int, string>(10, AnswerAsync);
        _mayAnswer.Release();
        Assert.Equal("1!", await gathering.AskAsync(1));
        _mayAnswer.Release();
        Assert.Equal("2!", await gathering.AskAsync(2));
        Assert.Equal(2, _groups.Count);
    }

    [Fact]
    public async Task Who_comes_while_another_is_answered_is_answered_with_those_who_came_too_each_with_its_own()
    {
        var gathering = new Gathering<int, string>(3, AnswerAsync);
        var first = gathering.AskAsync(0);
        await Begun(1);
        var others = Enumerable.Range(1, 5).Select(gathering.AskAsync).ToList();
        _mayAnswer.Release(10);

        Assert.Equal("0!", await first);
        Assert.Equal(["1!", "2!", "3!", "4!", "5!"], await Task.WhenAll(others));
        Assert.Equal([[0], [1, 2, 3], [4, 5]], _groups);
    }

    [Fact]
    public async Task What_a_group_fails_on_all_of_it_get_and_the_next_group_is_answered()
    {
        var gathering = new Gathering<int, string>(2, AnswerAsync);
        var first = gathering.AskAsync(0);
        await Begun(1);
        Task<string>[] failing = [gathering.AskAsync(-1), gathering.AskAsync(1)];
        var last = gathering.AskAsync(2);
        _mayAnswer.Release(10);

        Assert.Equal("0!", await first);
        foreach (var one in failing) await Assert.ThrowsAsync<InvalidOperationException>(() => one);
        Assert.Equal("2!", await last);
    }

    private async Task<IReadOnlyList<string>> AnswerAsync(IReadOnlyList<int> asks)
    {
        lock (_groups) _groups.Add(asks);
        await _mayAnswer.WaitAsync();
        return asks.Contains(-1) ? throw new InvalidOperationException("no") : [.. asks.Select(ask => $"{ask}!")];
    }

    private async Task Begun(int groups)
    {
        while (true)
        {
            lock (_groups)
                if (_groups.Count == groups) return;
            await Task.Yield();
        }
    }
}
