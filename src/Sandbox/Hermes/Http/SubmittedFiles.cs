using TomOrleans.HermesRules.Validation;
using TomOrleans.HermesRules.PythonJson;

namespace TomOrleans.Sandbox.Hermes.Http;

/// <summary>
/// The files a message names against those sent with it. The stand-in keeps no files: a message whose files would have to be kept in public is refused.
/// </summary>
internal static class SubmittedFiles
{
    /// <exception cref="RefusalException">Files named but not sent, sent but not named, or to be kept.</exception>
    /// <exception cref="HermesCrashException">A file without a URL in a plain JSON request.</exception>
    public static void Check(WireObject message, SubmittedBody body)
    {
        var named = Rows(message, "targets").Concat(Rows(message, "spectroscopy"))
            .SelectMany(row => row.Files.Select(file => (Name: (string)file["name"]!, IsPublic: row.IsPublic)))
            .ToList();
        if (named.Count == 0)
        {
            return;
        }

        if (!body.IsForm)
        {
            throw new HermesCrashException("a file that is neither sent nor elsewhere");
        }

        Refuse(named.Select(f => f.Name).Except(body.FileNames), "referenced in message but not uploaded in files section.");
        Refuse(body.FileNames.Except(named.Select(f => f.Name)), "sent but not referenced in the messages target or spectroscopy sections.");
        if (named.Exists(f => f.IsPublic))
        {
            throw new RefusalException(Answer.Error(400, "Keeping files is not available in the stand-in"));
        }
    }

    private static void Refuse(IEnumerable<string> files, string complaint)
    {
        var list = string.Join(", ", files);
        if (list.Length > 0)
        {
            throw new RefusalException(Answer.Error(400, $"Files {list} {complaint}"));
        }
    }

    private static IEnumerable<(List<WireObject> Files, bool IsPublic)> Rows(WireObject message, string table) =>
        ((message.Get("data") as WireObject)?.Get(table) as WireList ?? [])
            .OfType<WireObject>()
            .Select(row => (
                (row.Get("file_info") as WireList ?? []).OfType<WireObject>().Where(f => !f.ContainsKey("url")).ToList(),
                !PythonText.IsTruthy(row.Get("proprietary_period"))));
}
