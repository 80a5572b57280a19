using System.Globalization;
using MudBlazor;
using TomOrleans.Alerts;
using TomOrleans.Grains.Security;
using TomOrleans.Security;
using TomOrleans.Silo.Pages.Access;
using TomOrleans.Silo.Pages.Text;

namespace TomOrleans.Silo.Pages.Parked;

/// <summary>What an operator orders for parked messages. Each order asks for the visitor's role anew and is told in one line.</summary>
public sealed class ParkedOrders(IGrainFactory grains, Visitor visitor, IDialogService dialogs)
{
    private const int MostTold = 3;

    public Task<bool> MayOrderAsync() => visitor.MayAsync(TomRole.Operator);

    /// <summary>Sends messages through their handlers again, and tells what became of them. Goes on until all were tried, or <paramref name="gone"/>.</summary>
    public async Task<string> RetryAsync(ParkedSelection selection, CancellationToken gone)
    {
        RequestContext.Set(ClientCallFilter.CallerKey, await OperatorAsync());
        var (handled, ignored, left) = (0L, 0L, new List<ParkedReason>());
        for (long? after = selection.After; after is { } from && !gone.IsCancellationRequested;)
        {
            var part = await grains.Parked().RetryAsync(selection with { After = from });
            (handled, ignored, after) = (handled + part.Handled, ignored + part.Ignored, part.Next);
            left.AddRange([.. part.StillParked, .. part.NotTried]);
        }

        return $"{CountText.Of(handled)} handled, {CountText.Of(ignored)} ignored, {CountText.Of(left.Count)} still parked{Told(left)}";
    }

    /// <summary>Asks whether it is meant, gives the messages up, and tells so; null where it was not meant.</summary>
    /// <param name="selection">Which.</param>
    /// <param name="count">How many that are, for the question.</param>
    /// <param name="gone">Stops between two calls.</param>
    public async Task<string?> DropAsync(ParkedSelection selection, long count, CancellationToken gone)
    {
        var question = $"{CountText.Of(count, "message is", "messages are")} given up for good, with the bytes. Reason and times stay.";
        if (await dialogs.ShowMessageBoxAsync("Drop?", question, yesText: "Drop", cancelText: "Keep") != true)
        {
            return null;
        }

        RequestContext.Set(ClientCallFilter.CallerKey, await OperatorAsync());
        var (dropped, left) = (0L, new List<ParkedReason>());
        for (long? after = selection.After; after is { } from && !gone.IsCancellationRequested;)
        {
            var part = await grains.Parked().DropAsync(selection with { After = from });
            (dropped, after) = (dropped + part.Dropped, part.Next);
            left.AddRange(part.NotDropped);
        }

        return $"{CountText.Of(dropped)} dropped{(left.Count == 0 ? "" : $", {CountText.Of(left.Count)} not dropped")}{Told(left)}";
    }

    /// <summary>The visitor's name: the calls are the silo's, the order is the visitor's.</summary>
    private async Task<string> OperatorAsync() => await MayOrderAsync()
        ? await visitor.NameAsync() ?? "page"
        : throw new TomException(TomFault.Forbidden, "Your role does not allow that: it takes an operator.");

    private static string Told(List<ParkedReason> left) => left.Count == 0 ? "" : ": " + string.Join("; ", left.Take(MostTold)
        .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Id}: {SafeText.Line(one.Reason)}"))) + (left.Count > MostTold ? "; ..." : "");
}
