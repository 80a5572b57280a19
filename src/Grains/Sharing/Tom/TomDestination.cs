using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Storage.Products;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>
/// Another TOM as a destination, by the REST interface of the TOM Toolkit. A datum that is there already is known there, whatever came in between: so what was cut off is simply sent again, and
/// stored once.
/// </summary>
internal sealed class TomDestination(DestinationOptions options, string tomName, TimeProvider time, ProductTable? products = null) : IPhotometryDestination, IDisposable
{
    /// <summary>How long what another TOM told of a target is kept for the parts that follow.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly TomClient _client = new(options, time);
    private KeptInventory? _kept;

    public DestinationOptions Options => options;

    public bool TakesFiles => products is not null;

    public bool TakesTargets => true;

    public string? Refuse(ShareContent content) => TomMessage.Refuse(content);

    public SubmissionPlan Build(ShareContent content, Func<Guid> newKey) => TomMessage.Build(content, tomName, newKey);

    public string Describe(ReadOnlyMemory<byte> body) => TomRequests.Describe(TomPart.Read(body));

    public async Task<SendOutcome> SendAsync(ReadOnlyMemory<byte> body)
    {
        var part = TomPart.Read(body);
        using var deadline = new CancellationTokenSource(options.SendTimeout, time);
        TomData? data = null;
        try
        {
            var target = await new TomTargets(_client, options).FindOrMakeAsync(part, deadline.Token);
            if (target.End is { } end)
            {
                return end;
            }

            if (part.File is { } file)
            {
                return await new TomFiles(_client, products!, target.Id).PostAsync(file, deadline.Token);
            }

            if (part.Data.IsEmpty)
            {
                return new SendOutcome.Delivered(string.Create(CultureInfo.InvariantCulture, $"target {target.Id} {(target.IsNew ? "made" : "was there")}, no data to send"));
            }

            // Taken out meanwhile: another call has its own.
            var kept = Interlocked.Exchange(ref _kept, null);
            kept = kept?.Inventory.Target == target.Id && time.GetElapsedTime(kept.Since) < KeptFor ? kept : new(new TomInventory(_client, target.Id), time.GetTimestamp());
            try
            {
                data = new TomData(_client, kept.Inventory);
                return await data.PostAsync(part, target.IsNew, target.TakesBatches, deadline.Token);
            }
            finally
            {
                _kept = kept;
            }
        }
        catch (TomSilentException fault)
        {
            var progress = data?.Progress(part) is { } counts ? $"{counts}; the next try goes on from there" : "what it has already is not stored twice";
            return new SendOutcome.Retry($"{options.BaseUrl.Authority}: {OneLine.Of(fault.Message)}; {progress}");
        }
    }

    public Task<LookUp> FindAsync(SubmissionInDoubt submission) =>
        Task.FromResult<LookUp>(new LookUp.Absent("another TOM is asked for each datum before it is stored, so it may be sent again"));

    public async Task<string?> ProbeAsync()
    {
        using var deadline = new CancellationTokenSource(options.SendTimeout, time);
        try
        {
            var answer = await _client.AskAsync(HttpMethod.Get, "api/targets/?limit=1", null, deadline.Token);
            return answer.End switch
            {
                SendOutcome.Refused refused => refused.Words,
                SendOutcome.Retry retry => retry.Reason,
                _ => answer.IsSuccess ? null : answer.Words,
            };
        }
        catch (TomSilentException fault)
        {
            return OneLine.Of(fault.Message);
        }
    }

    public Task<ImmutableArray<string>> GetWritableTopicsAsync(CancellationToken cancellationToken) => Task.FromResult(ImmutableArray<string>.Empty);

    public void Dispose() => _client.Dispose();

    private sealed record KeptInventory(TomInventory Inventory, long Since);
}
