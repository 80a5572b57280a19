using System.Text.Json;
using TomOrleans.Alerts;

namespace TomOrleans.Grains.Alerts.Replays;

/// <summary>How a replay stands that runs here, for whoever renews its lease. Safe on any thread.</summary>
public sealed class ReplayProgress
{
    private volatile string? _note;
    private volatile ShadowReport? _report;

    /// <summary>What it waits for; null while it goes on.</summary>
    public string? Note
    {
        get => _note;
        set => _note = value;
    }

    /// <summary>Sums of a shadow replay so far.</summary>
    public ShadowReport? Report
    {
        get => _report;
        set => _report = value;
    }

    public string? ReportJson() => _report is { } report ? JsonSerializer.Serialize(report) : null;
}
