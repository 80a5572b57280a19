using System.Text.Json;
using TomOrleans.Grains.Alerts.Gcn;
using TomOrleans.Testing;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts.Gcn;

public sealed class GcnCircularReaderTests
{
    private const long Created = 1_767_312_000_000_000;

    [Theory]
    [InlineData("""{"circularId": 40001, "version": 2, "subject": "GRB 260102A: limits", "createdOn": 1767312000000, "submitter": "A. Body <a@example.org>", "body": "One.\nTwo.", "eventId": "GRB 260102A"}""", 2)]
    [InlineData("""{"header": {"title": "GCN CIRCULAR", "number": "40001", "subject": "GRB260102A: limits", "date": "26/01/02 00:00:00 GMT", "from": "A. Body <a@example.org>"}, "body": "One.\nTwo."}""", null)]
    [InlineData("""{"format": "circular", "content": {"header": {"number": "40001", "subject": "GRB 260102A: limits", "date": "26/01/02 00:00:00 GMT", "from": "A. Body <a@example.org>"}, "body": "One.\nTwo."}}""", null)]
    [InlineData("TITLE:   GCN CIRCULAR\r\nNUMBER:  40001\r\nSUBJECT: GRB 20260102A: limits\r\nDATE:    26/01/02 00:00:00 GMT\r\nFROM:    A. Body <a@example.org>\r\n\r\nOne.\nTwo.", null)]
    public void A_circular_says_the_same_in_all_its_forms(string value, int? version)
    {
        var circular = GcnCircularReader.Read(Decode(value), out var fault)!;

        Assert.Null(fault);
        Assert.Equal((40001L, version, Created), (circular.Number, circular.Version, circular.CreatedMicroseconds));
        Assert.EndsWith(": limits", circular.Subject, StringComparison.Ordinal);
        Assert.Equal(("A. Body <a@example.org>", "One.\nTwo.", "GRB 260102A"), (circular.Submitter, circular.Body, circular.EventId));
        Assert.Equal(["GRB 260102A"], circular.Names);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"circularId\": 1, \"subject\": \"x\"}")]
    [InlineData("{\"circularId\": 1, \"subject\": \"\", \"body\": \"x\"}")]
    [InlineData("{broken")]
    [InlineData("TITLE: GCN CIRCULAR\n")]
    [InlineData("words")]
    [InlineData("")]
    public void What_is_no_circular_is_refused_with_a_reason(string value)
    {
        Assert.Null(GcnCircularReader.Read(Decode(value), out var fault));
        Assert.StartsWith("no circular", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Swift J1727.8-1613 (GRB230824A): optical", "Swift J1727.8-1613|GRB 230824A")]
    [InlineData("LIGO/Virgo/KAGRA S230731an: MAXI, grb 1", "S230731an")]
    [InlineData("MS250122h, IceCube-230724A and AT 2023qxj = ZTF23abcdefg, SN2023ixf", "MS250122h|IceCube-230724A|AT 2023qxj|ZTF23abcdefg|SN 2023ixf")]
    [InlineData("SGR 1935+21542: a burst; EP240508a; FRB 20180916B; GRB 230816.67; GRB 230816.67", "SGR 1935+21542|EP 240508a|FRB 20180916B|GRB 230816.67")]
    [InlineData("Fermi trigger No 712306969: report", "")]
    public void Names_are_found_and_spelt_one_way(string subject, string names) =>
        Assert.Equal(names, string.Join('|', GcnCircularReader.Read(Decode(JsonSerializer.Serialize(new { circularId = 1, subject, body = "x" })), out _)!.Names));

    [Fact]
    public void Real_circulars_are_read_and_named_as_GCN_names_their_events()
    {
        var found = SharedData.Find("gcn/circulars");
        Assert.SkipUnless(found.Path is not null, found.Reason ?? "");
        var named = 0;
        Assert.All(Directory.EnumerateFiles(found.Path!), file =>
        {
            var circular = GcnCircularReader.Read(Decode(File.ReadAllBytes(file)), out var fault);
            Assert.Null(fault);
            Assert.NotEmpty(circular!.Body);
            Assert.True(circular.Number > 0 && circular.CreatedMicroseconds > 0);
            Assert.NotNull(circular.Submitter);
            using var json = file.EndsWith(".json", StringComparison.Ordinal) ? JsonDocument.Parse(File.ReadAllBytes(file)) : null;
            if (json is not null && json.RootElement.TryGetProperty("eventId", out var id))
            {
                named++;
                Assert.Equal(id.GetString(), circular.EventId);
                Assert.Contains(circular.Names, name => id.GetString()!.EndsWith(name, StringComparison.Ordinal));
            }
        });
        Assert.InRange(named, 70, 100);
    }
}
