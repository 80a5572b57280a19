using MudBlazor;
using TomOrleans.Grains.Security;
using TomOrleans.Security;
using TomOrleans.Silo.Pages.Access;
using TomOrleans.Silo.Pages.Text;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.Targets;

/// <summary>What a contributor orders for whole targets and their files. Each order asks for the visitor's role anew; what cannot be taken back by one click is asked about first.</summary>
public sealed class TargetOrders(IGrainFactory grains, Visitor visitor, IDialogService dialogs)
{
    public Task<bool> MayOrderAsync() => visitor.MayAsync(TomRole.Contributor);

    /// <summary>Throws <see cref="TomException"/>.</summary>
    public async Task<TargetMerged> MergeAsync(Target from, Target into)
    {
        RequestContext.Set(ClientCallFilter.CallerKey, await ContributorAsync());
        return await grains.TargetDirectory().MergeAsync(from.Id, into.Id);
    }

    /// <summary>Null where it was not meant. Throws <see cref="TomException"/>.</summary>
    public async Task<TargetUndo?> RemoveAsync(Target target)
    {
        var question = $"{target.Name} goes with {CountText.Of(target.Points, "point", "points")}, and its names are free. It can be brought back for 30 days.";
        if (await dialogs.ShowMessageBoxAsync("Remove?", question, yesText: "Remove", cancelText: "Keep") != true)
        {
            return null;
        }

        RequestContext.Set(ClientCallFilter.CallerKey, await ContributorAsync());
        return await grains.TargetDirectory().RemoveAsync(target.Id);
    }

    /// <summary>Null where it was not meant. Throws <see cref="TomException"/>.</summary>
    public async Task<TargetUndone?> UndoAsync(TargetUndo undo)
    {
        var question = undo.Kind == TargetUndoKind.Merge
            ? $"{undo.Name} gets its points and names back from {undo.IntoName}. What came under its names since stays there."
            : $"{undo.Name} comes back with {CountText.Of(undo.Points, "point", "points")}.";
        if (await dialogs.ShowMessageBoxAsync("Undo?", question, yesText: "Bring back", cancelText: "Cancel") != true)
        {
            return null;
        }

        RequestContext.Set(ClientCallFilter.CallerKey, await ContributorAsync());
        return await grains.TargetDirectory().UndoAsync(undo.Id);
    }

    /// <summary>False where it was not meant. Throws <see cref="TomException"/>.</summary>
    public async Task<bool> RemoveFileAsync(DataProduct file)
    {
        if (await dialogs.ShowMessageBoxAsync("Remove?", $"The file {file.FileName} goes for good. Points that came of it stay.", yesText: "Remove", cancelText: "Keep") != true)
        {
            return false;
        }

        RequestContext.Set(ClientCallFilter.CallerKey, await ContributorAsync());
        await grains.DataProducts().RemoveAsync(file.Id);
        return true;
    }

    /// <summary>The visitor's name: the calls are the silo's, the orders are the visitor's. Whoever asks sets it: what a method sets in the request's context is gone when it returns.</summary>
    private async Task<string> ContributorAsync() => await MayOrderAsync()
        ? await visitor.NameAsync() ?? "page"
        : throw new TomException(TomFault.Forbidden, "Your role does not allow that: it takes a contributor.");
}
