namespace TomOrleans.Client.Output;

/// <summary>The line under a list that did not fit on one page.</summary>
internal static class Paging
{
    public static void Show(Report report, int offset, int shown, long total, string what)
    {
        if (shown > 0 && (offset > 0 || shown < total))
        {
            var next = offset + shown;
            report.Line($"{offset + 1:N0} to {next:N0} of {total:N0} {what}{(next < total ? $"; more with --offset {next}" : "")}");
        }
    }
}
