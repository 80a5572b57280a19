using System.Collections.Concurrent;
using System.Net;
using Microsoft.Playwright;

namespace TomOrleans.Integration.Tests.Page;

/// <summary>A browser tab that remembers what went wrong in it and whom it called.</summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _strangers = new();
    private readonly IBrowserContext _context;

    public Tab(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => Note(_complaints, message.Type is "error" or "warning" && !IsDriverNote(message.Text) ? message.Text : null);
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Response += (_, response) => Note(_complaints, response.Status >= 400 ? $"{response.Status} {response.Url}" : null);
        page.Request += (_, request) => Note(_strangers, IsLocal(request.Url) ? null : request.Url);
        page.WebSocket += (_, socket) => Note(_strangers, IsLocal(socket.Url) ? null : socket.Url);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, uncaught exceptions, failed requests.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Addresses beyond this machine that the page asked for.</summary>
    public IReadOnlyCollection<string> Strangers => _strangers;

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private static void Note(ConcurrentQueue<string> notes, string? text)
    {
        if (text is not null)
        {
            notes.Enqueue(text);
        }
    }

    /// <summary>Chromium's own remarks on drawing without a GPU.</summary>
    private static bool IsDriverNote(string text) => text.Contains("GL Driver Message", StringComparison.Ordinal);

    private static bool IsLocal(string url) =>
        new Uri(url) is var uri && (uri.Scheme is "data" or "blob" or "about" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
}
