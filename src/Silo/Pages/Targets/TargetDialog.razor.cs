using Microsoft.AspNetCore.Components;
using MudBlazor;
using TomOrleans.Grains.Security;
using TomOrleans.Security;
using TomOrleans.Silo.Pages.Access;
using TomOrleans.Silo.Pages.Live;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.Targets;

/// <summary>Adds a target, or changes one. Closes with the target's name.</summary>
public sealed partial class TargetDialog : ComponentBase
{
    private TargetForm _form = new();
    private string? _fault;
    private bool _isSaving;

    /// <summary>The target to change; null to add one.</summary>
    [Parameter] public Target? Target { get; set; }

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject] private IGrainFactory Grains { get; set; } = null!;

    [Inject] private Visitor Visitor { get; set; } = null!;

    [Inject] private FaultWords Words { get; set; } = null!;

    protected override void OnInitialized() => _form = Target is { } target ? TargetForm.Of(target) : new();

    private async Task SaveAsync()
    {
        _fault = _form.Fault;
        if (_fault is not null)
        {
            return;
        }

        _isSaving = true;
        try
        {
            if (!await Visitor.MayAsync(TomRole.Contributor))
            {
                _fault = "Your role does not allow changing targets.";
                return;
            }

            // The call is the silo's; the change is the visitor's.
            RequestContext.Set(ClientCallFilter.CallerKey, await Visitor.NameAsync() ?? "page");
            var saved = Target is null ? await Grains.TargetDirectory().AddAsync(_form.Draft) : await ChangeAsync(Target);
            Dialog.Close(DialogResult.Ok(saved.Name));
        }
        catch (Exception fault)
        {
            _fault = Words.For(fault);
        }
        finally
        {
            _isSaving = false;
        }
    }

    private async Task<Target> ChangeAsync(Target before)
    {
        var grain = Grains.Target(before.Id);
        var saved = await grain.EditAsync(_form.EditOf(before));
        var (aliases, lists) = (_form.AliasNames, _form.ListNames);
        if (aliases.Except(saved.Aliases).ToArray() is { Length: > 0 } more)
        {
            saved = await grain.AddAliasesAsync([.. more]);
        }

        // The name before has become an alias just now: that one nobody took out of the form.
        if (before.Aliases.Except(aliases).Intersect(saved.Aliases).ToArray() is { Length: > 0 } fewer)
        {
            saved = await grain.RemoveAliasesAsync([.. fewer]);
        }

        foreach (var list in lists.Except(before.Lists.Select(list => list.Name), StringComparer.OrdinalIgnoreCase))
        {
            await Grains.TargetLists().AddAsync(list, [before.Id]);
        }

        foreach (var list in before.Lists.Select(list => list.Name).Except(lists, StringComparer.OrdinalIgnoreCase))
        {
            await Grains.TargetLists().TakeOutAsync(list, [before.Id]);
        }

        return saved;
    }
}
