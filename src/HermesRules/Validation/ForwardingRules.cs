using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.HermesRules.Validation;

/// <summary>
/// What a submission that is to go on to the Transient Name Server or to GCN needs beyond the common rules. Without the lists of either (instruments, filters, groups, words of the title): those
/// are their own affair, and Hermes says so when it is asked.
/// </summary>
internal static class ForwardingRules
{
    private const string OneOfTwo = "Should either fill in photometry (new discovery) or spectroscopy (classification) for TNS submission";

    private static readonly string[] MailPhrases = ["re: ", "fwd: ", "fw: "];

    /// <param name="submitted">The body as it was given: the flags stand there.</param>
    /// <param name="message">The normalised message.</param>
    /// <returns>The errors, or null.</returns>
    public static object? Check(WireObject submitted, WireObject message)
    {
        var errors = new WireObject();
        var data = message.Get("data") as WireObject ?? [];
        var isSure = (string flag) => Rules.Truth(submitted.Get(flag)) is { Value: true };
        if (submitted.Get("submit_to_tns") is not null && isSure("submit_to_tns"))
        {
            CheckTns(message, data, errors);
        }

        if (errors.Count == 0 && submitted.Get("submit_to_gcn") is not null && isSure("submit_to_gcn"))
        {
            CheckGcn(message, errors);
        }

        return errors.Count > 0 ? errors : null;
    }

    private static void CheckTns(WireObject message, WireObject data, WireObject errors)
    {
        var (targets, photometry, spectra) = (Rows(data, "targets"), Rows(data, "photometry"), Rows(data, "spectroscopy"));
        if (!PythonText.IsTruthy(message.Get("authors")))
        {
            errors["authors"] = WireList.Of("Must set an author / reporter for TNS submission");
        }

        if (targets.Count == 0)
        {
            errors["target_non_field_errors"] = WireList.Of("Must fill in at least one target entry for TNS submission");
        }

        if (photometry.Count > 0 == spectra.Count > 0)
        {
            errors["photometry_non_field_errors"] = WireList.Of(OneOfTwo);
            errors["spectroscopy_non_field_errors"] = WireList.Of(OneOfTwo);
        }

        Report(errors, "targets", targets, target => TargetFaults(target, isDiscovery: photometry.Count > 0 && spectra.Count == 0));
        if (spectra.Count > 0)
        {
            Report(errors, "spectroscopy", spectra, SpectrumFaults);
            return;
        }

        Report(errors, "photometry", photometry, row => Missing(row, "instrument"));
        if (photometry.Count > 0 && !photometry.Exists(row => PythonText.IsTruthy(row.Get("brightness"))))
        {
            errors["photometry_non_field_errors"] = WireList.Of("At least one photometry entry must be a detection for TNS submission");
        }
        else if (photometry.Count > 0
            && !photometry.Exists(row => PythonText.IsTruthy(row.Get("limiting_brightness")))
            && !targets.Exists(target => (target.Get("discovery_info") as WireObject)?.Get("nondetection_source") is not null))
        {
            errors["photometry_non_field_errors"] = WireList.Of("At least one photometry nondetection / limiting brightness must be specified for TNS submission");
        }
    }

    private static WireObject TargetFaults(WireObject target, bool isDiscovery)
    {
        var faults = new WireObject();
        foreach (var name in (string[])["ra", "dec"])
        {
            if (!target.ContainsKey(name))
            {
                faults[name] = WireList.Of("Target ra/dec must be set for TNS submission");
            }
        }

        if (isDiscovery && target.Get("new_discovery") is not true)
        {
            faults["new_discovery"] = WireList.Of("Target new_discovery must be set to True for TNS submission");
        }

        var info = target.Get("discovery_info") as WireObject ?? [];
        var needed = isDiscovery ? (string[])["reporting_group", "discovery_source", "transient_type"] : ["reporting_group"];
        var missing = new WireObject();
        foreach (var name in needed.Where(name => info.Get(name) is null))
        {
            missing[name] = WireList.Of($"Target must have discovery info {name.Replace('_', ' ')} for TNS submission");
        }

        if (missing.Count > 0)
        {
            faults["discovery_info"] = missing;
        }

        return faults;
    }

    private static WireObject SpectrumFaults(WireObject row)
    {
        var faults = Missing(row, "instrument", "classification", "observer", "spec_type");
        if (!(row.Get("file_info") as WireList ?? []).OfType<WireObject>().Any(file => file.Get("name") is string name
            && (name.EndsWith(".ascii", StringComparison.Ordinal) || name.EndsWith(".txt", StringComparison.Ordinal))))
        {
            faults["file_info"] = WireList.Of("Spectroscopy must have an .ascii or .txt file for TNS submission");
        }

        return faults;
    }

    private static void CheckGcn(WireObject message, WireObject errors)
    {
        if (!PythonText.IsTruthy(message.Get("authors")))
        {
            errors["authors"] = WireList.Of("Authors must be set to submit to GCN");
        }

        if (!PythonText.IsTruthy(message.Get("message_text")))
        {
            errors["message_text"] = WireList.Of("Message text must be set to submit to GCN");
        }

        if (message.Get("title") is string title && MailPhrases.Any(phrase => title.Contains(phrase, StringComparison.OrdinalIgnoreCase)))
        {
            errors["non_field_errors"] = WireList.Of("Title must not look like an answer to a mail to submit to GCN");
        }
    }

    private static WireObject Missing(WireObject row, params string[] names)
    {
        var faults = new WireObject();
        foreach (var name in names.Where(name => !row.ContainsKey(name)))
        {
            faults[name] = WireList.Of($"{name} must be set for TNS submission");
        }

        return faults;
    }

    private static void Report(WireObject errors, string table, List<WireObject> rows, Func<WireObject, WireObject> check)
    {
        var faults = rows.ConvertAll(row => check(row));
        if (faults.Exists(fault => fault.Count > 0))
        {
            var data = errors.Get("data") as WireObject ?? [];
            data[table] = new WireList(faults);
            errors["data"] = data;
        }
    }

    private static List<WireObject> Rows(WireObject data, string table) => [.. (data.Get(table) as WireList ?? []).OfType<WireObject>()];
}
