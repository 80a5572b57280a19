namespace TomOrleans.Sandbox.Hermes;

/// <summary>The faults that lie ahead, in order. Each answers one request to its path; without one the stand-in works.</summary>
public sealed class StandInFaults
{
    private readonly Lock _gate = new();
    private readonly List<(string Path, Fault Fault)> _ahead = [];

    /// <summary>Asked for each request (its path below <c>/api/v0/</c>) that no fault lies ahead of; null answers for none.</summary>
    public Func<string, Fault?>? Otherwise { get; set; }

    /// <summary>The next <paramref name="times"/> requests to <paramref name="path"/> (below <c>/api/v0/</c>, exact) meet this fault.</summary>
    public void Next(Fault fault, int times = 1, string path = "submit_message/")
    {
        lock (_gate)
        {
            _ahead.AddRange(Enumerable.Repeat((path, fault), times));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _ahead.Clear();
        }
    }

    internal Fault? Take(string path)
    {
        lock (_gate)
        {
            var index = _ahead.FindIndex(f => f.Path == path);
            if (index < 0)
            {
                return Otherwise?.Invoke(path);
            }

            var fault = _ahead[index].Fault;
            _ahead.RemoveAt(index);
            return fault;
        }
    }
}
