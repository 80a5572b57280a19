using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TomOrleans.Grains.Events;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing;

namespace TomOrleans.Grains.Sharing;

/// <summary>
/// Queues shares and keeps one sender at work. Sending runs beside the grain's calls, never inside one, so that none of them waits for the destination; the tables say what is to be done,
/// and the lease in the database keeps a second activation from sending too.
/// </summary>
[GrainType("sharing")]
public sealed partial class SharingGrain : Grain, ISharingGrain
{
    /// <summary>Where the call filter puts the name of the caller's token.</summary>
    private const string CallerKey = "tom.caller";

    private static readonly TimeSpan AfterFaultOfOurs = TimeSpan.FromSeconds(30);

    private readonly OutboxTable _outbox;
    private readonly ShareReader _reader;
    private readonly TimeProvider _time;
    private readonly ILogger<SharingGrain> _log;
    private readonly DestinationCatalog _catalog;
    private readonly SharingInstruments _instruments;
    private readonly EventQueue _events;
    private IPhotometryDestination? _destination;
    private ShareDrafter? _drafter;
    private OutboxSender? _sender;
    private Task _sending = Task.CompletedTask;
    private bool _again;
    private bool _isStopping;
    private IGrainTimer? _timer;

    public SharingGrain(
        DestinationCatalog catalog,
        OutboxTable outbox,
        ShareReader reader,
        SharingInstruments instruments,
        EventQueue events,
        TimeProvider time,
        ILogger<SharingGrain> log) =>
        (_catalog, _outbox, _reader, _instruments, _events, _time, _log) = (catalog, outbox, reader, instruments, events, time, log);

    private string Name => this.GetPrimaryKeyString();

    private static string Caller => RequestContext.Get(CallerKey) as string ?? "console";

    public Task<Share> ShareAsync(ShareRequest request) => OutboxFaults.TranslateAsync(async () =>
    {
        var draft = await Drafter().DraftAsync(request, Guid.NewGuid);
        var queuedAs = await _outbox.QueueNewAsync(new NewShare(
            Name,
            draft.Request.Topic,
            draft.Targets[0].Id,
            draft.TargetsText,
            draft.Request.Title!,
            JsonSerializer.Serialize(draft.Request),
            Caller,
            Clock.Microseconds(_time),
            [.. draft.Plan.Parts.SelectMany(part => part.Points)])
        {
            Spectra = [.. draft.Plan.Parts.SelectMany(part => part.Spectra)],
            Files = draft.Plan.FileCount,
        });
        if (queuedAs is not { } id)
        {
            throw new TomException(TomFault.Conflict, $"All of that went into another share to {Name} in this moment: tom shares");
        }

        LogQueued(id, Name, draft.Plan.PointCount, draft.Plan.SpectrumCount, draft.TargetsText);
        var queued = ShareViews.Of((await _outbox.GetAsync(id))!);
        StartSending();
        return queued;
    });

    public Task<Share> ShareMessageAsync(OwnMessage message) => OutboxFaults.TranslateAsync(async () =>
    {
        var own = Destination().BuildOwn(message, Guid.NewGuid);
        var share = new NewShare(Name, own.Topic, 0, own.TargetsText, own.Title, "{}", Caller, Clock.Microseconds(_time), []);
        var id = await _outbox.QueueBuiltAsync(share, new(own.Part.Key, 0, own.Part.Body, []));
        LogQueued(id, Name, own.Points, 0, own.TargetsText);
        var queued = ShareViews.Of((await _outbox.GetAsync(id))!);
        StartSending();
        return queued;
    });

    public Task<ImmutableArray<string>> GetWritableTopicsAsync() => Destination().GetWritableTopicsAsync();

    public Task WakeAsync()
    {
        StartSending();
        return Task.CompletedTask;
    }

    public async Task ConfirmAsync(Guid submissionKey, Guid messageId)
    {
        var known = await _outbox.FindByKeyAsync(submissionKey);
        if (known?.Share.Destination == Name && await _outbox.ConfirmAsync(submissionKey, messageId.ToString("D")))
        {
            LogConfirmed(submissionKey, known.Share.Id, Name, messageId);
            _instruments.OnConfirmed(Name);
            _events.ShareEnded(known.Share.Id, Name, ShareState.Delivered, messageId.ToString("D"));
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _isStopping = true;
        _sender?.Stop();
        try
        {
            await _sending.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // A destination that hangs is not waited for: its submission has sent_at and no outcome, and the next activation takes it for ambiguous.
            LogLeftBehind(Name);
        }
    }

    private IPhotometryDestination Destination() => _destination ??= _catalog.Get(Name);

    /// <summary>True after a reload of the configuration that changed or removed the destination.</summary>
    private bool IsOutdated => _destination is not null && !ReferenceEquals(_catalog.Find(Name), _destination);

    /// <summary>The submission under way ends with the former settings, the next one has the new ones.</summary>
    private void FollowConfiguration()
    {
        if (IsOutdated && _sending.IsCompleted)
        {
            (_destination, _drafter, _sender) = (null, null, null);
        }
    }

    private ShareDrafter Drafter()
    {
        FollowConfiguration();
        return _drafter ??= new(Destination(), _outbox, _reader, GrainFactory, _catalog.TomName);
    }

    private OutboxSender Sender() => _sender ??= new(Destination(), Drafter(), _outbox, _instruments, _events, _time, _log);

    private void StartSending()
    {
        if (!_sending.IsCompleted)
        {
            _again = true;
            if (IsOutdated)
            {
                _sender?.Stop();
            }

            return;
        }

        FollowConfiguration();
        _sending = SendAsync(Sender());
    }

    /// <summary>Runs on the grain's scheduler in turns with its calls. Throws nothing.</summary>
    private async Task SendAsync(OutboxSender sender)
    {
        // Whoever woke us is not who the work is done for.
        RequestContext.Clear();
        SenderRest rest;
        do
        {
            _again = false;
            try
            {
                rest = await sender.SendDueAsync();
            }
            catch (Exception fault)
            {
                LogFault(fault, Name, AfterFaultOfOurs);
                rest = new(AfterFaultOfOurs, IsHeldUp: true);
            }
        }
        while (_again && !rest.IsHeldUp && !_isStopping && !IsOutdated);

        if (IsOutdated && !_isStopping && _catalog.Find(Name) is not null)
        {
            // As soon as this run has ended.
            rest = new(TimeSpan.Zero, IsHeldUp: false);
        }

        if (rest.WakeIn is { } due && !_isStopping)
        {
            _timer ??= this.RegisterGrainTimer(_ => WakeAsync(), new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }
}
