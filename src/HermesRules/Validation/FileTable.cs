namespace TomOrleans.HermesRules.Validation;

/// <summary>A file that belongs to a target or spectrum: uploaded with the message, or found at a URL.</summary>
internal static class FileTable
{
    public static readonly Table Rows = new(
        Fields.RequiredText("name"),
        new Field("description", Rules.Text(blank: true)),
        new Field("url", Rules.Url));
}
