using System.CommandLine;
using System.Globalization;
using TomOrleans.Client.Output;
using TomOrleans.Targets;

namespace TomOrleans.Client.Commands;

/// <summary><c>tom products [NAME]</c>: files of targets.</summary>
internal static class ProductsCommand
{
    public static Command Create(CommandRunner runner)
    {
        var name = new Argument<string>("NAME") { Description = "Name or alias of a target; all targets without.", Arity = ArgumentArity.ZeroOrOne };
        var page = new PageOptions();
        var command = new Verb(
            "products",
            "Files of targets (data products), as they were uploaded over the REST interface, newest first.",
            "tom products",
            "tom products SIM-001 --json",
            "tom share SIM-001 --to not-my-tom --product 3")
        {
            name,
        };
        page.AddTo(command);
        command.SetAction(runner.Connected(async (run, _) =>
        {
            var target = run.Arguments.GetValue(name) is { } given ? await run.Grains.TargetDirectory().FindAsync(given) : null;
            var offset = page.Offset(run.Arguments);
            var products = await run.Grains.DataProducts().ListAsync(target?.Id, offset, page.Limit(run.Arguments));
            run.Report.Answer(Document(products), () => Show(run.Report, products, offset));
            return ExitCode.Done;
        }));
        return command;
    }

    private static object Document(DataProductPage page) => new
    {
        page.Total,
        Products = page.Products.Select(product => new
        {
            Id = product.Id.ToString(CultureInfo.InvariantCulture),
            Target = product.Target.ToString(CultureInfo.InvariantCulture),
            product.ProductId,
            product.Type,
            product.FileName,
            product.ExtraData,
            Bytes = product.Size,
            Created = TimeText.Exact(product.CreatedMicroseconds),
            product.CreatedBy,
        }),
    };

    private static void Show(Report report, DataProductPage page, int offset)
    {
        if (page.Products.IsEmpty)
        {
            report.Line(page.Total == 0 ? "No files." : $"No files from offset {offset}; there are {page.Total:N0}.");
            return;
        }

        var table = new TextTable("#ID", "=Created (UTC)", "File", "Type", "#Bytes", "Product id", "By");
        foreach (var product in page.Products)
        {
            table.Row(product.Id.ToString(CultureInfo.InvariantCulture), TimeText.Short(product.CreatedMicroseconds), product.FileName, product.Type, product.Size, product.ProductId, product.CreatedBy);
        }

        table.Show(report);
        Paging.Show(report, offset, page.Products.Length, page.Total, "files");
    }
}
