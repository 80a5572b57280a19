namespace TomOrleans.Sandbox.Hermes;

/// <summary>A request as it came in, before anything was done with it. The token is not kept.</summary>
public sealed record StandInRequest(string Method, string PathAndQuery, string Body, bool HasAuthorization);

/// <summary>What the stand-in was asked: a count of everything, and the last <see cref="Kept"/> requests with their bodies.</summary>
public sealed class StandInRequests
{
    public const int Kept = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<StandInRequest> _recent = new();
    private readonly List<(Func<StandInRequest, bool> IsMeant, TaskCompletionSource<StandInRequest> Done)> _waiting = [];

    public long Count { get; private set; }

    public IReadOnlyList<StandInRequest> Recent
    {
        get
        {
            lock (_gate)
            {
                return [.. _recent];
            }
        }
    }

    /// <summary>POSTs to <c>submit_message/</c> among <see cref="Recent"/>.</summary>
    public IReadOnlyList<StandInRequest> Submissions =>
        [.. Recent.Where(r => r is { Method: "POST", PathAndQuery: "/api/v0/submit_message/" })];

    /// <summary>The next request, from now on, that is meant. Arm it before acting.</summary>
    public Task<StandInRequest> NextAsync(Func<StandInRequest, bool> isMeant)
    {
        var done = new TaskCompletionSource<StandInRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((isMeant, done));
        }

        return done.Task;
    }

    internal void Add(StandInRequest request)
    {
        lock (_gate)
        {
            Count++;
            _recent.Enqueue(request);
            if (_recent.Count > Kept)
            {
                _recent.Dequeue();
            }

            _waiting.RemoveAll(w => w.IsMeant(request) && w.Done.TrySetResult(request));
        }
    }
}
