using System.Globalization;
using System.Text.Json;

namespace TomOrleans.Client.MovingIn;

/// <summary>A page of a list. <see cref="Items"/> are the texts of its entries.</summary>
/// <param name="Count">How many the site says it has in all.</param>
/// <param name="Items">Those of this page, in its order.</param>
internal sealed record SitePage(long Count, IReadOnlyList<byte[]> Items);

/// <summary>
/// Reads the lists of another TOM, <c>{"count","next","previous","results":[]}</c>, page by page. Of <c>next</c> only the query is taken: where it leads is the site's word, and the credentials are for the
/// address that was given.
/// </summary>
internal sealed class SiteList(SiteClient site, int pageSize)
{
    /// <summary>Throws <see cref="RefusedException"/> for an answer that is no list, in words that say what to do.</summary>
    /// <param name="path">Below the root, with its closing slash.</param>
    /// <param name="filter">Its query, without a page; empty for none.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    public async IAsyncEnumerable<SitePage> ReadAsync(string path, string filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var limit = pageSize;
        var query = Query(filter, limit, 0);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (long offset = 0; ;)
        {
            (SitePage Page, string? Next) read;
            try
            {
                read = Read(path, await site.GetAsync($"{path}?{query}", cancellationToken));
            }
            catch (AnswerTooLargeException)
            {
                limit = limit > 1 ? limit / 2 : throw new RefusedException($"{site.Root}{path} answers with more than 60 MB for a single entry ({query})");
                query = Query(filter, limit, offset);
                continue;
            }

            asked.Add(query);
            offset += read.Page.Items.Count;
            yield return read.Page;
            if (read.Next is not { } next)
            {
                yield break;
            }

            query = asked.Contains(next) ? throw new RefusedException($"{site.Root}{path} answers the same page again and again ({next})") : next;
        }
    }

    /// <summary>Throws <see cref="RefusedException"/> where the answer says that we have no business here, or that there is no TOM.</summary>
    public void Check(string path, SiteAnswer answer)
    {
        var reason = answer switch
        {
            { IsLogin: true } => site.HasLogin ? "sends us to its login page: the user name or password is wrong, or the account may not do this" : "sends us to its login page: give --user",
            { IsRedirect: true } => $"sends us on to {site.Shown(answer.Location?.Split('?', '#')[0] ?? "nowhere")}: give the address that it has now",
            { Status: 401 or 403 } => $"does not let us in ({site.Shown(answer.Words)}): {(site.HasLogin ? "are user name and password right, and may the account see its targets?" : "give --user")}",
            { Status: 404 } => $"has no {path}: is it the root of a TOM Toolkit site?",
            { IsBusy: true } => $"is not well ({site.Shown(answer.Words)}): try again later, it goes on where it was",
            { Status: not 200 } => $"answers {path} with {site.Shown(answer.Words)}",
            _ => null,
        };
        if (reason is not null)
        {
            throw new RefusedException($"{site.Root} {reason}");
        }
    }

    private (SitePage, string?) Read(string path, SiteAnswer answer)
    {
        Check(path, answer);
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } json || !json.TryGetProperty("results", out var results) || results.ValueKind != JsonValueKind.Array)
            {
                throw new RefusedException($"{site.Root}{path} answers with something else than a list: is it the root of a TOM Toolkit site?");
            }

            var items = results.EnumerateArray().Select(item => JsonSerializer.SerializeToUtf8Bytes(item)).ToList();
            var count = json.TryGetProperty("count", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var given) ? given : items.Count;
            return (new(count, items), json.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String ? QueryOf(next.GetString()!) : null);
        }
        catch (JsonException)
        {
            throw new RefusedException($"{site.Root}{path} answers with a page instead of JSON: is it the root of a TOM Toolkit site?");
        }
    }

    private static string? QueryOf(string address) => address.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? address[(at + 1)..].Split('#')[0] : null;

    private static string Query(string filter, int limit, long offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{filter}{(filter.Length > 0 ? "&" : "")}limit={limit}&offset={offset}");
}
