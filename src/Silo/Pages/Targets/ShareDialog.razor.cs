using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using TomOrleans.Grains.Security;
using TomOrleans.Grains.Targets;
using TomOrleans.Security;
using TomOrleans.Sharing;
using TomOrleans.Silo.Pages.Access;
using TomOrleans.Silo.Pages.Live;

namespace TomOrleans.Silo.Pages.Targets;

/// <summary>Sends a target's measurements to a destination, and those to come if that is wished; shows first, byte for byte, what would go out.</summary>
public sealed partial class ShareDialog : ComponentBase
{
    private string _destination = "";
    private string? _topic, _title, _message, _authors, _since, _fault;
    private SharePreview? _preview;
    private OpenedForm? _form;
    private bool _isSending, _keeps;
    private int _request;

    [Parameter, EditorRequired] public string Target { get; set; } = "";

    [Parameter, EditorRequired] public string TomName { get; set; } = "";

    [Parameter, EditorRequired] public ImmutableArray<DestinationStatus> Destinations { get; set; } = [];

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject] private IGrainFactory Grains { get; set; } = null!;

    [Inject] private Visitor Visitor { get; set; } = null!;

    [Inject] private FaultWords Words { get; set; } = null!;

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    private DestinationStatus Chosen => Destinations.First(one => one.Name == _destination);

    private ImmutableArray<string> Topics => Chosen.Topics;

    /// <summary>Where nothing is to be sent now, what comes later still may be.</summary>
    private bool MaySend => _preview is not null || (_keeps && (Given(_topic) is not null || Chosen.Kind == "tom"));

    protected override Task OnInitializedAsync() => ChooseDestinationAsync(Destinations[0].Name);

    private Task ChooseDestinationAsync(string? name) => ChangeAsync(() =>
    {
        _destination = name ?? _destination;
        _topic = Topics.FirstOrDefault();
    });

    /// <summary>Takes a change over and asks what would be sent now. An answer that a later change overtook is not shown.</summary>
    private async Task ChangeAsync(Action change)
    {
        change();
        var request = ++_request;
        (_preview, _form) = (null, null);
        if (Given(_since) is { } since && !TimeReader.TryRead(since, out _, out var reason))
        {
            _fault = $"Since: {reason}.";
            return;
        }

        var (preview, fault) = await TryAsync(() => Grains.Sharing(_destination).PreviewAsync(Request));
        if (request == _request)
        {
            (_preview, _fault) = (preview, fault);
        }
    }

    private async Task SendAsync()
    {
        _isSending = true;
        (_isSending, _fault) = (false, await SendNowAsync() ?? await KeepAsync());
        if (_fault is null)
        {
            Dialog.Close();
        }
    }

    /// <summary>Why it went wrong; null where it went well, or nothing is to be sent now.</summary>
    private async Task<string?> SendNowAsync()
    {
        if (_preview is null)
        {
            return null;
        }

        var (share, fault) = await TryAsync(() => Grains.Sharing(_destination).ShareAsync(Request));
        if (share is not null)
        {
            // Sent: a second press must not send it again.
            _preview = null;
            Snackbar.Add($"Queued as share {share.Id} for {Chosen.DisplayName}; the outbox shows how it goes.", Severity.Success);
        }

        return fault;
    }

    private async Task<string?> KeepAsync()
    {
        if (!_keeps)
        {
            return null;
        }

        var (order, fault) = await TryAsync(() => Grains.ContinuousShares().AddAsync(new() { Target = Target, Destination = _destination, Topic = Given(_topic) }));
        if (order is not null)
        {
            Snackbar.Add($"Every new measurement goes to {Chosen.DisplayName}: continuous share {order.Id}.", Severity.Success);
        }

        return fault;
    }

    private async Task OpenAsync()
    {
        _isSending = true;
        (_form, _fault) = await TryAsync(() => Grains.Sharing(_destination).OpenAsync(Request));
        _isSending = false;
    }

    private ShareRequest Request => new()
    {
        Target = Target,
        Topic = Given(_topic),
        Title = Given(_title),
        Message = Given(_message),
        Authors = Given(_authors),
        SinceMicroseconds = Given(_since) is { } since && TimeReader.TryRead(since, out var time, out _) ? time.UtcMicroseconds : null,
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private async Task<(T? Answer, string? Fault)> TryAsync<T>(Func<Task<T>> call) where T : class
    {
        try
        {
            if (!await Visitor.MayAsync(TomRole.Sharer))
            {
                return (null, "Your role does not allow sharing.");
            }

            // The call is the silo's; the share is the visitor's.
            RequestContext.Set(ClientCallFilter.CallerKey, await Visitor.NameAsync() ?? "page");
            return (await call(), null);
        }
        catch (Exception fault)
        {
            return (null, Words.For(fault));
        }
    }
}
