using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.HermesRules.Validation;

/// <summary>The <c>data</c> of a message: its tables, which refer to one another by target name, and whatever else the sender put there.</summary>
internal static class DataTable
{
    public static Table Object(Func<Guid, bool> isKnown) => new(
        new Field("references", Rules.RowsOf(ReferenceTable.Rows(isKnown))),
        Fields.OptionalText("event_id"),
        new Field("targets", Rules.RowsOf(TargetTable.Rows)),
        new Field("photometry", Rules.RowsOf(PhotometryTable.Rows)),
        new Field("spectroscopy", Rules.RowsOf(SpectroscopyTable.Rows)),
        new Field("astrometry", Rules.RowsOf(AstrometryTable.Rows)))
    {
        Whole = Names,
        KeepsUnknown = true,
    };

    private static WireObject? Names(WireObject data)
    {
        var targets = Rows(data, "targets").Select(t => t.Get("name") as string).ToList();
        var errors = new WireObject();
        Report(errors, data, "targets", "name", "The target name must be unique within the submission",
            name => targets.Count(t => t == name) == 1);
        foreach (var table in (string[])["photometry", "spectroscopy", "astrometry"])
        {
            Report(errors, data, table, "target_name", "The target_name must reference a name in your target table", targets.Contains);
        }

        return errors.Count > 0 ? errors : null;
    }

    private static void Report(WireObject errors, WireObject data, string table, string field, string complaint, Func<string?, bool> isGood)
    {
        var rows = Rows(data, table)
            .Select(row => isGood(row.Get(field) as string) ? new WireObject() : new WireObject { [field] = WireList.Of(complaint) })
            .ToList();
        if (rows.Exists(r => r.Count > 0))
        {
            errors[table] = new WireList(rows);
        }
    }

    private static IEnumerable<WireObject> Rows(WireObject data, string table) => (data.Get(table) as WireList ?? []).OfType<WireObject>();
}
