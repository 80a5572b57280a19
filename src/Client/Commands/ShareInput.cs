using System.Collections.Immutable;
using TomOrleans.Targets;

namespace TomOrleans.Client.Commands;

/// <summary>What is to be shared: names of targets, or a message of one's own.</summary>
internal sealed record ShareInput(ImmutableArray<string> Names, string? Message)
{
    private const long MostBytes = 10 * 1024 * 1024;

    /// <summary>Heads of tables of photometry: not what is meant here, and a likely mistake.</summary>
    private static readonly string[] TableWords = ["mjd", "jd", "time", "date_obs", "mag", "magnitude", "flux", "filter", "band", "bandpass"];

    /// <summary>The targets of a list, at least one.</summary>
    public static async Task<ImmutableArray<string>> TargetsOfAsync(IGrainFactory grains, string list)
    {
        const int pageSize = 1000;
        var names = ImmutableArray.CreateBuilder<string>();
        TargetPage page;
        do
        {
            page = await grains.TargetDirectory().ListAsync(new() { List = list, Limit = pageSize, Offset = names.Count });
            names.AddRange(page.Targets.Select(target => target.Name));
        }
        while (names.Count < page.Total && !page.Targets.IsEmpty);
        return names.Count > 0 ? names.ToImmutable() : throw new RefusedException($"the list '{list}' holds no targets");
    }

    public static async Task<ShareInput> ReadAsync(FileInfo? file, string[] names, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return new([.. names], null);
        }

        if (file.Length > MostBytes)
        {
            throw new RefusedException($"'{file}' has {file.Length:N0} bytes; a list of names or a message has at most {MostBytes:N0}");
        }

        var text = await System.IO.File.ReadAllTextAsync(file.FullName, cancellationToken);
        if (text.TrimStart().StartsWith('{'))
        {
            return names.Length == 0
                ? new([], text)
                : throw new RefusedException($"'{file}' is a message of one's own, which names its targets itself: leave out {string.Join(", ", names)}");
        }

        var lines = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#')).ToList();
        if (lines.Count > 0 && lines[0].Split(',', '\t', ';').Select(word => word.Trim(' ', '"').ToLowerInvariant()).Count(TableWords.Contains) >= 2)
        {
            throw new RefusedException($"'{file}' is a table of photometry: bring it in first (tom photometry import), then share the target");
        }

        return lines.Count > 0 ? new([.. names, .. lines], null) : throw new RefusedException($"'{file}' holds no names");
    }
}
