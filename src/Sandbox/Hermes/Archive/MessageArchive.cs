using System.Text;
using TomOrleans.HermesRules.PythonJson;
using TomOrleans.Sandbox.Publishing;

namespace TomOrleans.Sandbox.Hermes.Archive;

/// <summary>
/// Keeps what was published and answers questions about it, newest first. With a file it survives a restart: one line a message
/// (<c>{"metadata": ..., "annotations": ..., "message": ...}</c>) and one a retraction (<c>{"uuid": ..., "retracted": true}</c>).
/// </summary>
internal sealed class MessageArchive
{
    private readonly Lock _gate = new();
    private readonly List<ArchivedMessage> _messages = [];
    private readonly Dictionary<Guid, ArchivedMessage> _byId = [];
    private readonly string? _path;

    private readonly TimeSpan _lag;
    private readonly TimeProvider _time;

    /// <exception cref="WireFormatException">A whole line of the file is not JSON. A last line without its end (a torn write) is cut off.</exception>
    /// <param name="path">Null: in memory only.</param>
    /// <param name="lag">How long a message is not shown yet.</param>
    /// <param name="time">By which that is told.</param>
    public MessageArchive(string? path, TimeSpan lag, TimeProvider time)
    {
        (_path, _lag, _time) = (path, lag, time);
        if (path is not null)
        {
            Load(path);
        }
    }

    public void Add(HopMessage hop, PublishedAt at, WireObject message)
    {
        var entry = ArchivedMessage.Of(hop, at, message);
        lock (_gate)
        {
            Keep(entry);
            Append(entry.Shown);
        }
    }

    public bool Contains(Guid id)
    {
        lock (_gate)
        {
            return _byId.ContainsKey(id);
        }
    }

    public byte[]? Find(Guid id)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out var entry) && IsShown(entry) ? WireWriter.ToAnswer(entry.Shown) : null;
        }
    }

    /// <summary>False when there is no such message. Repeating is safe.</summary>
    public bool Retract(Guid id, bool retracted)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out var entry))
            {
                return false;
            }

            entry.Retract(retracted);
            Append(new WireObject { ["uuid"] = id.ToString(), ["retracted"] = retracted });
            return true;
        }
    }

    /// <summary>The answer of <c>query/</c>; <c>next</c> and <c>prev</c> are values for <c>page</c>.</summary>
    public byte[] Query(ArchiveQuery query)
    {
        lock (_gate)
        {
            var found = Enumerable.Reverse(_messages).Where(m => IsMeant(m, query)).Skip(query.Skip).Take(query.Limit + 1).ToList();
            var hasMore = found.Count > query.Limit;
            return WireWriter.ToAnswer(new WireObject
            {
                ["messages"] = new WireList(found.Take(query.Limit).Select(m => m.Shown)),
                ["next"] = hasMore ? $"{query.Skip + query.Limit}" : null,
                ["prev"] = query.Skip > 0 ? $"{Math.Max(0, query.Skip - query.Limit)}" : null,
            });
        }
    }

    private bool IsShown(ArchivedMessage entry) => _lag == TimeSpan.Zero || entry.Timestamp <= (_time.GetUtcNow() - _lag).ToUnixTimeMilliseconds();

    private bool IsMeant(ArchivedMessage entry, ArchiveQuery query) =>
        IsShown(entry) && (query.Topics.Count == 0 || query.Topics.Contains(entry.Topic))
        && (query.Start is null || entry.Timestamp >= query.Start)
        && (query.End is null || entry.Timestamp <= query.End)
        && (query.IncludeRetracted || !entry.IsRetracted)
        && (query.Search is null
            || Encoding.UTF8.GetString(WireWriter.ToAnswer(entry.Shown)).Contains(query.Search, StringComparison.OrdinalIgnoreCase));

    private void Keep(ArchivedMessage entry)
    {
        _messages.Add(entry);
        _byId[entry.Id] = entry;
    }

    private void Append(WireObject line)
    {
        if (_path is null)
        {
            return;
        }

        using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write([.. WireWriter.ToTopic(line), (byte)'\n']);
        file.Flush(flushToDisk: true);
    }

    private void Load(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        file.SetLength(end);
        foreach (var line in Encoding.ASCII.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var read = (WireObject)WireReader.Read(line)!;
            if (read.Get("uuid") is string uuid)
            {
                _byId[Guid.Parse(uuid)].Retract((bool)read["retracted"]!);
            }
            else
            {
                Keep(ArchivedMessage.Of(read));
            }
        }
    }
}
