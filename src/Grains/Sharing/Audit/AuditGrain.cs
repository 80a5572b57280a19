using Orleans.Concurrency;
using TomOrleans.Sharing;
using TomOrleans.Storage.Sharing.Audit;

namespace TomOrleans.Grains.Sharing.Audit;

[GrainType("sharing-audit"), StatelessWorker]
public sealed class AuditGrain(AuditTable audit) : Grain, IAuditGrain
{
    private const int MostPerPage = 1_000;

    public Task<AuditPage> ListAsync(AuditRequest request) => OutboxFaults.TranslateAsync(async () =>
    {
        var target = request.Target is { } name ? await GrainFactory.TargetDirectory().FindAsync(name) : null;
        var (total, rows) = await audit.ListAsync(new(
            request.SinceMicroseconds,
            request.Destination,
            target?.Id,
            target is null ? [] : [target.Name, .. target.Aliases],
            Math.Clamp(request.Limit, 0, MostPerPage),
            Math.Max(request.Offset, 0)));
        return new AuditPage(total, [.. rows.Select(Of)]);
    });

    private static AuditEntry Of(AuditRow row) => new()
    {
        AtMicroseconds = row.AtMicroseconds,
        Who = row.Who,
        Action = row.Kind,
        Destination = row.Destination,
        Topic = row.Topic,
        ShareId = row.ShareId,
        Target = row.TargetName,
        Points = row.Points,
        Spectra = row.Spectra,
        Detail = row.Detail,
        State = (ShareState?)row.State,
    };
}
