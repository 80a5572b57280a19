using Microsoft.AspNetCore.Components;
using TomOrleans.Operations;
using TomOrleans.Security;
using TomOrleans.Silo.Pages.Access;

namespace TomOrleans.Silo.Pages.Live;

/// <summary>
/// A component that follows the TOM: looks once a second, renders only when something changed, and turns faults into <see cref="Fault"/> instead of a dead circuit.
/// Visitors who may not read get a message, and nothing is asked for them.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    // Not disposed: a look under way still asks it, and nothing of it needs releasing.
    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _watch;
    private bool _isRefreshing;
    private bool _isStale;
    private bool _mayRead;
    private long _version = -1;

    [Inject] protected IGrainFactory Grains { get; set; } = null!;

    [Inject] protected TimeProvider Clock { get; set; } = null!;

    [Inject] protected FaultWords Words { get; set; } = null!;

    [Inject] protected Visitor Visitor { get; set; } = null!;

    [Inject] private LiveRefresh Live { get; set; } = null!;

    /// <summary>What went wrong at the last look, for a person; null when nothing did. What was shown before stays.</summary>
    protected string? Fault { get; private set; }

    /// <summary>The TOM at the last look; null until there was one.</summary>
    protected TomStatus? Tom { get; private set; }

    /// <summary>False until the first look has ended, well or not.</summary>
    protected bool IsLoaded { get; private set; }

    /// <summary>Cancelled when the visitor has left the page.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>
    /// Fetches what is shown. <paramref name="isChanged"/>: the status of the TOM differs from the last look's. True when there is something new to render.
    /// May throw: the fault is shown, and the next beat tries again.
    /// </summary>
    protected virtual Task<bool> RefreshAsync(bool isChanged, CancellationToken gone) => Task.FromResult(isChanged);

    protected override async Task OnInitializedAsync()
    {
        _mayRead = await Visitor.MayAsync(TomRole.Reader);
        if (!_mayRead)
        {
            (Fault, IsLoaded) = ("Sign in to see this page.", true);
            return;
        }

        await LookAsync(await Live.NowAsync(), render: false);
        _watch = _gone.IsCancellationRequested ? null : Live.Watch(status => InvokeAsync(() => LookAsync(status, render: true)));
    }

    /// <summary>Looks at once, as after a change by this visitor.</summary>
    protected async Task LookNowAsync()
    {
        (_version, _isStale) = (-1, true);
        await LookAsync(await Live.NowAsync(), render: true);
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watch?.Dispose();
            _gone.Cancel();
        }
    }

    /// <summary>One look at a time. What is asked for during a look is looked at after it.</summary>
    private async Task LookAsync(LiveStatus status, bool render)
    {
        if (_isRefreshing || !_mayRead)
        {
            return;
        }

        _isRefreshing = true;
        try
        {
            do
            {
                _isStale = false;
                await LookOnceAsync(status, render);
            }
            while (_isStale && !_gone.IsCancellationRequested);
        }
        finally
        {
            _isRefreshing = false;
        }
    }

    private async Task LookOnceAsync(LiveStatus status, bool render)
    {
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        var (fault, isNew) = (status.Fault, false);
        try
        {
            Tom = status.Tom;
            isNew = await RefreshAsync(status.Version != _version, _gone.Token);
            _version = _isStale ? -1 : status.Version;
        }
        catch (Exception thrown)
        {
            fault = _gone.IsCancellationRequested ? null : Words.For(thrown);
        }

        isNew |= fault != Fault || !IsLoaded;
        (Fault, IsLoaded) = (fault, true);
        if (isNew && render && !_gone.IsCancellationRequested)
        {
            StateHasChanged();
        }
    }
}
