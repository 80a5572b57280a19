using System.Collections.Concurrent;
using TomOrleans.Alerts;
using TomOrleans.Operations;
using TomOrleans.Sharing;
using TomOrleans.Targets;

namespace TomOrleans.Client.Tests.EndToEnd;

/// <summary>What the sample grains were asked and how they are to answer; one for the silo.</summary>
public sealed class SampleTom
{
    /// <summary>Tokens that came with the calls, "" for none.</summary>
    public ConcurrentQueue<string> Tokens { get; } = new();

    /// <summary>The only token that is let in; null lets all in.</summary>
    public string? RequiredToken { get; set; }

    /// <summary>How it stands.</summary>
    public TomStatus Status { get; set; } = Sample.Status;

    public ConcurrentQueue<ShareRequest> ShareRequests { get; } = new();

    public ConcurrentQueue<OwnMessage> OwnMessages { get; } = new();

    /// <summary>Pauses and ends of pauses that were ordered.</summary>
    public ConcurrentQueue<string> Orders { get; } = new();

    /// <summary>What was to be retried or dropped, call by call.</summary>
    public ConcurrentQueue<ParkedSelection> ParkedSelections { get; } = new();

    /// <summary>Keys and flag of what was to be retracted.</summary>
    public ConcurrentQueue<string> Retractions { get; } = new();

    /// <summary>What was to be imported, with the number of bytes that came.</summary>
    public ConcurrentQueue<(PhotometryImportRequest Request, int Bytes)> Imports { get; } = new();

    /// <summary>How often the share was asked for since it was queued.</summary>
    public int ShareReads { get; set; }

    /// <summary>What the share looks like after so many reads.</summary>
    public Func<int, Share> ShareAfter { get; set; } = _ => Sample.Share;

    /// <summary>Completes when somebody has all events and asked for more.</summary>
    public TaskCompletionSource EventsWereRead { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when somebody has asked for the share.</summary>
    public TaskCompletionSource ShareWasRead { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
