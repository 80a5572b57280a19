using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Decoding;
using static TomOrleans.Grains.Tests.Alerts.MessageBuilder;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>A million messages a night come this way: what a message leaves behind is what it says, and little else.</summary>
public sealed class DecodingAllocationTests
{
    private const int MostBytes = 1536;

    [Fact]
    public void A_message_of_three_rows_allocates_little_more_than_its_points()
    {
        var record = Record(Encoding.UTF8.GetBytes($$"""
            {"title": "Photometry of AT2026abc", "topic": "hermes.test", "message_text": "Three points.", "submitter": "peer", "authors": "A. Body",
             "data": {"targets": [{"name": "AT2026abc", "ra": 33.2, "dec": 42.2, "ra_error_units": "degrees", "dec_error_units": "degrees", "epoch": "2000.0", "new_discovery": false}],
             "photometry": [{{GoodRow}}, {{GoodRow}}, {{GoodRow}}]} }
            """), HermesHeaders());
        Assert.InRange(record.Value!.Length, 1000, 1200);
        Assert.Equal(3, MessageDecoder.Decode(record, Partition).Report!.Points.Length);

        const int Times = 1000;
        var alerts = new Alert[Times];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            alerts[i] = MessageDecoder.Decode(record, Partition);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Times, 500, MostBytes);
    }
}
