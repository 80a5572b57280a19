using System.Globalization;
using System.Text.Json;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>
/// The data of one kind that a target has at the other TOM, read page by page. What was read is kept as long as the other TOM counts as many data as then, so a reading that is cut off goes on where
/// it was, and the next part asks for no more than the count. What we stored ourselves is remembered as we sent it: an answer may tell less of it.
/// </summary>
/// <param name="client">The other TOM.</param>
/// <param name="target">The target's id there.</param>
/// <param name="type">The Toolkit's <c>data_type</c>.</param>
/// <param name="pageSize">Data of one answer.</param>
/// <param name="read">Null for what cannot be compared.</param>
internal sealed class TomListing<T>(TomClient client, long target, string type, int pageSize, Func<JsonElement, T?> read)
    where T : class
{
    private const int MostPages = 200;

    /// <summary>Counted as they come: the pages are made of them, whatever they are.</summary>
    private readonly List<T?> _there = [];
    private readonly List<T> _stored = [];
    private long? _count;

    public bool Exists(Predicate<T> match) => _there.Exists(datum => datum is not null && match(datum)) || _stored.Exists(match);

    /// <summary>Among what the other TOM told.</summary>
    public T? Find(Predicate<T> match) => _there.Find(datum => datum is not null && match(datum));

    /// <summary>The target was made just now.</summary>
    public void Begin() => _count = 0;

    /// <summary>The other TOM has taken it.</summary>
    public void Add(T datum)
    {
        _stored.Add(datum);
        _there.Add(null);
        _count++;
    }

    /// <summary>Reads what is there now. Null, or what ends the part; throws <see cref="TomSilentException"/> when the other TOM does not tell.</summary>
    public async Task<SendOutcome?> ReadAsync(CancellationToken deadline)
    {
        var mayBeOutdated = _there.Count > 0;
        for (var page = 0; page < MostPages; page++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"api/reduceddatums/?target__id={target}&data_type={type}&limit={pageSize}&offset={_there.Count}");
            var answer = await client.AskAsync(HttpMethod.Get, path, null, deadline);
            if (answer.End is { } end)
            {
                return end;
            }

            if (!answer.IsSuccess || answer.Json is not { ValueKind: JsonValueKind.Object } json || !json.TryGetProperty("results", out var results) || results.ValueKind != JsonValueKind.Array)
            {
                throw new TomSilentException($"its list of data cannot be read ({answer.Words})");
            }

            long? count = json.TryGetProperty("count", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var told) ? told : null;
            if (mayBeOutdated && (count is null || count != _count))
            {
                // Something came or went there: the pages are others now.
                _there.Clear();
                mayBeOutdated = false;
                continue;
            }

            (mayBeOutdated, _count) = (false, count);
            _there.AddRange(results.EnumerateArray().Select(read));
            if (results.GetArrayLength() == 0 || !json.TryGetProperty("next", out var next) || next.ValueKind != JsonValueKind.String)
            {
                break;
            }
        }

        return null;
    }
}
