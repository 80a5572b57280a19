using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TomOrleans.Grains.Sharing.Tom;

/// <summary>
/// Posts the data of a part, one request each, as the Toolkit wants them, or all in one where the other side is a TomOrleans. A Toolkit knows a datum only by its very JSON, and what came from it or by
/// another way has other words for the same: so what it has is asked first, and only what is not there is posted. It says 500, 400 or 409 to a datum that it has already, and also to one that it
/// cannot take: which it is, is found out by looking once more.
/// </summary>
internal sealed class TomData(TomClient client, TomInventory there)
{
    /// <summary>A server that fails while it is busy is asked again, but not for ever.</summary>
    private const int MostTries = 3;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);

    private int _saved;
    private int _known;

    /// <summary>What became of the data so far; null where nothing did.</summary>
    public string? Progress(TomPart part) => _saved == 0 ? null : Counts(part);

    /// <summary>Throws <see cref="TomSilentException"/>; what was posted before stays there, and is found there the next time.</summary>
    public async Task<SendOutcome> PostAsync(TomPart part, bool isNew, bool takesBatches, CancellationToken deadline)
    {
        if (takesBatches && await PostTogetherAsync(part, deadline) is { } together)
        {
            return together;
        }

        if (isNew)
        {
            there.Begin();
        }
        else if (part.Data is [var first, ..] && await there.ReadAsync(first, deadline) is { } end)
        {
            return end;
        }

        var refusals = new List<string>();
        foreach (var datum in part.Data)
        {
            if (there.Has(datum))
            {
                _known++;
            }
            else if (await PostAsync(datum, refusals, deadline) is { } end)
            {
                return end;
            }
        }

        return Outcome(part, refusals);
    }

    private string Counts(TomPart part) => string.Create(CultureInfo.InvariantCulture, $"{_saved} of {part.Data.Length} data saved{(_known > 0 ? $", {_known} were there" : "")}");

    private SendOutcome Outcome(TomPart part, List<string> refusals)
    {
        var counts = Counts(part);
        return refusals.Count == 0
            ? new SendOutcome.Delivered(string.Create(CultureInfo.InvariantCulture, $"target {there.Target}: {counts}"))
            : new SendOutcome.Refused($"{counts}; {refusals.Count} not taken: {string.Join("; ", refusals.Distinct().Take(3))}");
    }

    private async Task<SendOutcome?> PostAsync(JsonObject datum, List<string> refusals, CancellationToken deadline)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await client.AskAsync(HttpMethod.Post, "api/reduceddatums/", TomPart.Datum(datum, there.Target), deadline);
            if (answer.End is { } end)
            {
                return end;
            }

            if (answer.IsSuccess && TomInventory.IsEcho(answer.Json ?? default, datum))
            {
                there.Add(datum);
                _saved++;
                return null;
            }

            if (await there.ReadAsync(datum, deadline) is { } unread)
            {
                return unread;
            }

            if (there.Has(datum))
            {
                _known++;
                return null;
            }

            if (!answer.IsSuccess && there.Other(datum) is { } other)
            {
                refusals.Add($"{other} ({answer.Words})");
                return null;
            }

            if (answer.Status < 500 || attempt == MostTries)
            {
                refusals.Add(answer.IsSuccess ? $"it answered {answer.Status} without the datum, and does not have it" : answer.Words);
                return null;
            }

            await PauseAsync(deadline);
        }
    }

    /// <summary>Null where the other side does not know how after all.</summary>
    private async Task<SendOutcome?> PostTogetherAsync(TomPart part, CancellationToken deadline)
    {
        var body = $"{{\"data\":[{string.Join(',', part.Data.Select(datum => TomPart.Datum(datum, there.Target)))}]}}";
        var answer = await client.AskAsync(HttpMethod.Post, "api/reduceddatums/batch/", body, deadline);
        if (answer.End is { } end)
        {
            return end;
        }

        if (!answer.IsSuccess || answer.Json is not { ValueKind: JsonValueKind.Object } json || !json.TryGetProperty("results", out var results)
            || results.ValueKind != JsonValueKind.Array || results.GetArrayLength() != part.Data.Length)
        {
            return null;
        }

        var refusals = new List<string>();
        foreach (var result in results.EnumerateArray())
        {
            var status = result.ValueKind == JsonValueKind.Object && result.TryGetProperty("status", out var number) && number.TryGetInt32(out var given) ? given : 0;
            if (status == 201)
            {
                _saved++;
            }
            else if (status is 200 or 409)
            {
                _known++;
            }
            else
            {
                refusals.Add(result.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? OneLine.Of(message.GetString()!) : $"status {status}");
            }
        }

        return Outcome(part, refusals);
    }

    private static async Task PauseAsync(CancellationToken deadline)
    {
        try
        {
            await Task.Delay(PauseAfterFailure, deadline);
        }
        catch (OperationCanceledException fault)
        {
            throw new TomSilentException("no time was left for another try", fault);
        }
    }
}
