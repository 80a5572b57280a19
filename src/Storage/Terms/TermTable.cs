using System.Collections.Concurrent;
using TomOrleans.Storage.Dialects;

namespace TomOrleans.Storage.Terms;

/// <summary>
/// Texts that repeat in point after point, kept once and referred to by number. A number never changes its meaning, so what is cached stays right.
/// </summary>
internal sealed class TermTable(TomDatabase database)
{
    /// <summary>A source holds a topic name of up to 249 characters and a stream's ID.</summary>
    public const int MaxLength = 400;

    // Some 20 MB of texts; a flood of new ones (senders, say) starts the cache again rather than growing it.
    private const int MaxCached = 100_000;

    private readonly ConcurrentDictionary<Term, int> _ids = new();
    private readonly ConcurrentDictionary<int, string> _texts = new();

    public static void Check(TermKind kind, string? text) => StorableText.Check(kind.ToString().ToLowerInvariant(), text, MaxLength);

    /// <summary>
    /// Numbers of the terms; new ones are made, durably, in a statement of their own: inside the writer's transaction two silos that add the same term
    /// would wait for each other's points.
    /// </summary>
    public async Task<IReadOnlyDictionary<Term, int>> NumberAsync(IReadOnlySet<Term> terms, Func<string, Sql> sql)
    {
        var numbers = new Dictionary<Term, int>(terms.Count);
        var unseen = new List<Term>();
        foreach (var term in terms)
        {
            if (_ids.TryGetValue(term, out var id))
                numbers[term] = id;
            else
                unseen.Add(term);
        }

        foreach (var group in unseen.GroupBy(t => t.Kind, t => t.Text))
        {
            // One order for all silos, so that two inserting the same texts cannot wait for each other in a ring.
            var texts = group.Order(StringComparer.Ordinal).ToArray();
            await LoadAsync(group.Key, texts, sql, numbers);
            var missing = texts.Where(text => !numbers.ContainsKey(new(group.Key, text))).ToArray();
            if (missing.Length == 0)
                continue;
            await sql(database.Dialect.InsertTerms).With("kind", (int)group.Key).With("texts", missing).ExecuteAsync();
            await LoadAsync(group.Key, missing, sql, numbers);
        }

        return numbers;
    }

    /// <summary>The texts of these numbers.</summary>
    public async Task<IReadOnlyDictionary<int, string>> TextsAsync(IEnumerable<int> ids, TomReader reader)
    {
        var texts = new Dictionary<int, string>();
        var unseen = new List<long>();
        foreach (var id in ids.Distinct())
        {
            if (_texts.TryGetValue(id, out var text))
                texts[id] = text;
            else
                unseen.Add(id);
        }

        if (unseen.Count == 0)
            return texts;
        if (_texts.Count > MaxCached)
            _texts.Clear();
        foreach (var (id, text) in await reader.Sql($"SELECT id, text FROM term WHERE {database.Dialect.In("id", "@ids")}")
            .With("ids", unseen.ToArray()).ListAsync(r => (r.GetInt32(0), r.GetString(1))))
            texts[id] = _texts[id] = text;
        return texts;
    }

    private async Task LoadAsync(TermKind kind, string[] texts, Func<string, Sql> sql, Dictionary<Term, int> numbers)
    {
        if (_ids.Count > MaxCached)
            _ids.Clear();
        var rows = await sql($"SELECT id, text FROM term WHERE kind = @kind AND {database.Dialect.In("text", "@texts")}")
            .With("kind", (int)kind).With("texts", texts).ListAsync(r => (Id: r.GetInt32(0), Text: r.GetString(1)));
        foreach (var (id, text) in rows)
            numbers[new(kind, text)] = _ids[new(kind, text)] = id;
    }
}
