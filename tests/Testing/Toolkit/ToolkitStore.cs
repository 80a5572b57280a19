using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace TomOrleans.Testing.Toolkit;

/// <summary>What the stand-in has, and what it takes: as the Toolkit's serializers do. Its user has the lock.</summary>
/// <param name="version">2 or 3.</param>
internal sealed class ToolkitStore(int version)
{
    private static readonly string[] DataTypes = ["photometry", "spectroscopy", "image_file", "fits_file"];

    private static readonly string[] Elements = ["epoch_of_elements", "inclination", "lng_asc_node", "arg_of_perihelion", "eccentricity"];

    private readonly List<(long Target, long Time, JsonObject Datum)> _data = [];
    private readonly List<string> _lists = [];
    private long _lastId = 40;

    public List<ToolkitTarget> Targets { get; } = [];

    public List<ToolkitFile> Files { get; } = [];

    /// <summary>Where every list of data fails to look at <c>target__id</c>.</summary>
    public bool IgnoresTargetFilter { get; set; }

    /// <summary>As sites up to 2.24.3.</summary>
    public bool SplitsNames { get; set; }

    public long Add(string name, JsonObject body, IReadOnlyList<string> aliases)
    {
        Targets.Add(new(++_lastId, name, body, aliases));
        return _lastId;
    }

    public IReadOnlyList<JsonObject> DataOf(long target) => [.. _data.Where(datum => datum.Target == target).Select(datum => datum.Datum)];

    /// <summary>Puts a datum in as it is, whatever it says.</summary>
    public void Put(long target, JsonObject datum)
    {
        datum["target"] = target;
        _data.Add((target, DateTimeOffset.TryParse((string?)datum["timestamp"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.UtcTicks : 0, datum));
    }

    public (int, object?) Find(HttpRequest request)
    {
        var name = (string?)request.Query["name_fuzzy"];
        var list = (string?)request.Query["targetlist__name"] is { } number ? ListName(number) ?? "" : null;
        var found = Targets.Where(target => (name is null || target.Aliases.Append(target.Name).Any(own => (SplitsNames ? name.Split(',') : [name]).Any(term => Simplified(own) == Simplified(term)))) && (list is null || target.Lists.Contains(list)));
        return (200, ToolkitAnswers.PageOf(request, [.. found.Select(target => target.View())]));
    }

    public (int, object?) FindList(string path)
    {
        var number = path.Split('/')[3];
        return ListName(number) is { } name
            ? (200, new JsonObject { ["id"] = int.Parse(number, CultureInfo.InvariantCulture), ["name"] = name })
            : (404, new JsonObject { ["detail"] = "No TargetList matches the given query." });
    }

    public (int, object?) List(HttpRequest request)
    {
        var target = !IgnoresTargetFilter && long.TryParse(request.Query["target__id"], CultureInfo.InvariantCulture, out var id) ? id : 0;
        var type = (string?)request.Query["data_type"];
        return (200, ToolkitAnswers.PageOf(request, [.. _data
            .Where(datum => (target == 0 || datum.Target == target) && (type is null || (string?)datum.Datum["data_type"] == type))
            .OrderByDescending(datum => datum.Time).Select(datum => Shown(datum.Datum))]));
    }

    public (int, object?) Create(JsonObject target)
    {
        var name = (string?)target["name"];
        var aliases = target["aliases"]?.AsArray().Select(alias => alias!.AsObject()).ToList() ?? [];
        if (string.IsNullOrEmpty(name))
        {
            return (400, ToolkitAnswers.Errors("name", "This field is required."));
        }

        if (Targets.Any(known => known.Name == name))
        {
            return (400, ToolkitAnswers.Errors("name", "target with this Name already exists."));
        }

        if ((string?)target["type"] == "NON_SIDEREAL")
        {
            var missing = Elements.Where(element => (double?)target[element] is null or 0).ToList();
            if (missing.Count > 0)
            {
                return (400, ToolkitAnswers.Errors("non_field_errors", $"The following fields are required for NON_SIDEREAL targets: [{string.Join(", ", missing.Select(name => $"'{name}'"))}]"));
            }
        }

        // Zero counts as missing.
        else if ((double?)target["ra"] is null or 0 || (double?)target["dec"] is null or 0)
        {
            return (400, ToolkitAnswers.Errors("non_field_errors", "The following fields are required for SIDEREAL targets: ['ra', 'dec']"));
        }

        var taken = aliases.Select(alias => (string)alias["name"]!).FirstOrDefault(alias => Targets.Any(known => known.Aliases.Contains(alias)));
        if (taken is not null)
        {
            return (400, new JsonObject { ["aliases"] = new JsonArray(new JsonObject { ["name"] = new JsonArray("target name with this Alias already exists.") }) });
        }

        var made = new ToolkitTarget(++_lastId, name, target, [.. aliases.Where(alias => !alias.ContainsKey("id")).Select(alias => (string)alias["name"]!)]);
        made.Lists.UnionWith(Lists(target));
        Targets.Add(made);
        if (aliases.Exists(alias => alias.ContainsKey("id")))
        {
            return (500, ToolkitAnswers.Page);
        }

        var answer = made.View();
        answer["message"] = "Target successfully uploaded.";
        return (201, answer);
    }

    public (int, object?) PutOnLists(string path, JsonObject change)
    {
        var id = long.Parse(path.Split('/')[3], CultureInfo.InvariantCulture);
        if (Targets.FirstOrDefault(target => target.Id == id) is not { } target)
        {
            return (404, new JsonObject { ["detail"] = "No Target matches the given query." });
        }

        target.Lists.UnionWith(Lists(change));
        var answer = target.View();
        answer["message"] = "Target successfully updated.";
        return (200, answer);
    }

    public (int, object?) Upload(ToolkitFile file)
    {
        if (Files.Exists(known => known.ProductId == file.ProductId))
        {
            return (400, ToolkitAnswers.Errors("product_id", "data product with this product id already exists."));
        }

        if (file.Text.Contains("unreadable", StringComparison.Ordinal))
        {
            return (500, new JsonObject { ["Data processing error"] = "No columns" });
        }

        Files.Add(file);
        return (201, new JsonObject { ["id"] = Files.Count, ["message"] = "Data product successfully uploaded." });
    }

    public (int, object?) StoreAll(JsonObject batch)
    {
        var results = new JsonArray();
        foreach (var datum in batch["data"]!.AsArray().Select(datum => datum!.AsObject()))
        {
            var (status, _) = Store(datum.DeepClone().AsObject());
            results.Add(new JsonObject { ["status"] = status == 500 ? 409 : status });
        }

        return (200, new JsonObject { ["results"] = results });
    }

    public (int, object?) Store(JsonObject datum)
    {
        var id = (long)datum["target"]!;
        if (Targets.All(target => target.Id != id))
        {
            return (400, ToolkitAnswers.Errors("target", $"Invalid pk \"{id}\" - object does not exist."));
        }

        if (!DataTypes.Contains((string?)datum["data_type"]) || datum["value"] is not JsonObject { Count: > 0 } value)
        {
            return (500, ToolkitAnswers.Page);
        }

        if (!DateTimeOffset.TryParse((string?)datum["timestamp"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var timestamp))
        {
            return (400, ToolkitAnswers.Errors("timestamp", "Datetime has wrong format."));
        }

        var time = timestamp.UtcTicks;
        var stored = datum.DeepClone().AsObject();
        stored["value"] = version == 2 ? value.DeepClone() : Renamed(value);
        var same = version == 2
            ? _data.Any(other => other.Target == id && other.Time == time && JsonNode.DeepEquals(other.Datum["value"], stored["value"]))
            : _data.Any(other => other.Target == id && other.Time == time && (string?)other.Datum["value"]!["bandpass"] == (string?)stored["value"]!["bandpass"]);
        if (same)
        {
            return (500, ToolkitAnswers.Page);
        }

        _data.Add((id, time, stored));
        var answer = Shown(stored);
        answer["message"] = "Data successfully uploaded.";
        return (201, answer);
    }

    private static JsonObject Renamed(JsonObject value)
    {
        var names = new Dictionary<string, string> { ["magnitude"] = "brightness", ["error"] = "brightness_error", ["filter"] = "bandpass" };
        var renamed = new JsonObject();
        foreach (var (key, member) in value)
        {
            renamed[names.GetValueOrDefault(key, key)] = member?.DeepClone();
        }

        return renamed;
    }

    private JsonObject Shown(JsonObject datum)
    {
        var shown = datum.DeepClone().AsObject();
        if (version == 3)
        {
            (shown["value"] as JsonObject)?.Remove("limit");
        }

        return shown;
    }

    private string? ListName(string number)
    {
        foreach (var list in Targets.SelectMany(target => target.Lists).Where(list => !_lists.Contains(list)))
        {
            _lists.Add(list);
        }

        return int.TryParse(number, CultureInfo.InvariantCulture, out var at) && at >= 1 && at <= _lists.Count ? _lists[at - 1] : null;
    }

    private static IEnumerable<string> Lists(JsonObject target) => target["target_lists"]?.AsArray().Select(list => (string)list!["name"]!) ?? [];

    private static string Simplified(string name) => string.Concat(name.ToLowerInvariant().Where(character => character is not (' ' or '-' or '_' or '(' or ')')));
}
