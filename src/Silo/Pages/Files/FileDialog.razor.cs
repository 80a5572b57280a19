using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;
using TomOrleans.Grains.Security;
using TomOrleans.Security;
using TomOrleans.Silo.Api;
using TomOrleans.Silo.Pages.Access;
using TomOrleans.Silo.Pages.Live;
using TomOrleans.Targets;

namespace TomOrleans.Silo.Pages.Files;

/// <summary>Takes a file: photometry and spectra in it become data of the target, after a look at what would become of them; the file is kept.</summary>
public sealed partial class FileDialog : ComponentBase, IDisposable
{
    // Not disposed: an import under way still asks it.
    private readonly CancellationTokenSource _gone = new();
    private readonly FileForm _form = new();
    private PhotometryImportStatus? _status;
    private ImmutableArray<ImportedRow> _rows = [];
    private string? _words;
    private string? _fault;
    private double _done;
    private bool _isBusy;
    private bool _isTried;
    private bool _isDone;

    [Parameter, EditorRequired] public Target Target { get; set; } = null!;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Inject] private IGrainFactory Grains { get; set; } = null!;

    [Inject] private Visitor Visitor { get; set; } = null!;

    [Inject] private FaultWords Words { get; set; } = null!;

    public void Dispose() => _gone.Cancel();

    private void Change(Action change)
    {
        change();
        (_status, _words, _fault) = (null, null, null);
    }

    private async Task ChooseAsync(InputFileChangeEventArgs chosen)
    {
        Change(() => { });
        if (chosen.File.Size > DataProductDraft.MaxBytes)
        {
            _fault = string.Create(CultureInfo.InvariantCulture, $"The file has {chosen.File.Size:N0} bytes; at most {DataProductDraft.MaxBytes:N0} are taken.");
            return;
        }

        await WorkAsync(async () =>
        {
            using var content = new MemoryStream((int)chosen.File.Size);
            await using var stream = chosen.File.OpenReadStream(DataProductDraft.MaxBytes, _gone.Token);
            await stream.CopyToAsync(content, _gone.Token);
            _form.Take(chosen.File.Name, content.ToArray());
        });
    }

    private Task RunAsync(bool dryRun) => WorkAsync(async () =>
    {
        (_isTried, _status) = (dryRun, null);
        var isStored = !_form.IsRead || (_form.IsPhotometry ? await ImportAsync(dryRun) : await ImportSpectrumAsync(dryRun));
        if (dryRun || !isStored)
        {
            return;
        }

        if (_form.Keeps || !_form.IsRead)
        {
            var kept = await Grains.DataProducts().AddAsync(_form.Product(Target));
            _words = $"{_words}{(_words is null ? "" : " ")}{kept.FileName} is kept with {Target.Name}.";
        }

        _isDone = true;
    });

    private async Task<bool> ImportAsync(bool dryRun)
    {
        (_status, _rows) = await PhotometryImports.RunAsync(Grains, _form.Content!, _form.Photometry(Target, dryRun), Tell, _gone.Token);
        return _status.State == ImportState.Done;
    }

    private async Task<bool> ImportSpectrumAsync(bool dryRun)
    {
        var receipt = await Grains.TargetSpectra(Target.Id).ImportAsync(_form.Spectrum(dryRun));
        var fate = receipt.Fate switch { PointFate.Known => "is known", PointFate.Revision => "is stored as a revision", _ => "is stored" };
        _words = $"The spectrum of {receipt.Head.Length} wavelengths {(dryRun && receipt.Fate != PointFate.Known ? fate.Replace("is", "would be", StringComparison.Ordinal) : fate)}.";
        return true;
    }

    private void Tell(double done)
    {
        _done = done;
        _ = InvokeAsync(StateHasChanged);
    }

    private async Task WorkAsync(Func<Task> work)
    {
        (_isBusy, _fault, _words, _done) = (true, null, null, 0);
        try
        {
            if (!await Visitor.MayAsync(TomRole.Contributor))
            {
                throw new TomException(TomFault.Forbidden, "Your role does not allow that: it takes a contributor.");
            }

            // The calls are the silo's; the file is the visitor's.
            RequestContext.Set(ClientCallFilter.CallerKey, await Visitor.NameAsync() ?? "page");
            await work();
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The visitor has left: an import goes on, a file that was not read is gone.
        }
        catch (Exception fault)
        {
            _fault = Words.For(fault);
        }
        finally
        {
            _isBusy = false;
        }
    }
}
