using System.Collections.Immutable;
using System.Globalization;
using TomOrleans.Sharing;

namespace TomOrleans.Client.Output;

/// <summary>Continuous shares as a table, lines and JSON.</summary>
internal static class ContinuousOutput
{
    public static object Document(ContinuousShare order) => new
    {
        Id = Id(order),
        Target = order.List is null ? order.Target : null,
        order.List,
        order.Destination,
        order.Topic,
        order.Shared,
        order.Waiting,
        order.LeftOut,
        Created = TimeText.Exact(order.CreatedMicroseconds),
        order.CreatedBy,
    };

    public static object Document(ImmutableArray<ContinuousShare> orders) => new { ContinuousShares = orders.Select(Document) };

    public static void ShowAdded(Report report, ContinuousShare order) => report.Line(SafeText.Line(
        $"continuous share {Id(order)}: new points of {Whose(order)} go to {Place(order)} from now on"
        + (order.Waiting > 0 ? $"; {Counted.Of(order.Waiting, "point")} that {(order.List is null ? "it has" : "they have")} go first, but for those shared there before" : "")));

    public static void ShowRemoved(Report report, ContinuousShare order) => report.Line(SafeText.Line(
        $"continuous share {Id(order)} of {Whose(order)} to {Place(order)} is ended"
        + (order.Waiting > 0 ? $"; {Counted.Of(order.Waiting, "point")} that waited {(order.Waiting == 1 ? "is" : "are")} not shared" : "")));

    public static void ShowList(Report report, ImmutableArray<ContinuousShare> orders)
    {
        if (orders.IsEmpty)
        {
            report.Line("No continuous shares. Order one with: tom continuous add NAME --to DEST[:TOPIC]");
            return;
        }

        var table = new TextTable("#Id", "Target or list", "Destination", "#Shared", "#Waiting", "#Left out", "=Since", "By");
        foreach (var order in orders)
        {
            table.Row(Id(order), Whose(order), Place(order), order.Shared, order.Waiting, order.LeftOut, TimeText.Short(order.CreatedMicroseconds), order.CreatedBy);
        }

        table.Show(report);
    }

    private static string Id(ContinuousShare order) => order.Id.ToString(CultureInfo.InvariantCulture);

    private static string Whose(ContinuousShare order) => order.List is { } list ? $"the list {list}" : order.Target;

    private static string Place(ContinuousShare order) => order.Topic is { } topic ? $"{order.Destination}:{topic}" : order.Destination;
}
