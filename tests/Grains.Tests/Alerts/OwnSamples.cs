using System.Text;
using static TomOrleans.Grains.Tests.Alerts.Reading.AvroBuilder;

namespace TomOrleans.Grains.Tests.Alerts;

/// <summary>One message of each framing, made by us.</summary>
internal static class OwnSamples
{
    private const string Schema = """
        {"type": "record", "name": "alert", "fields": [{"name": "id", "type": "long"}, {"name": "name", "type": ["null", "string"]},
         {"name": "history", "type": {"type": "array", "items": {"type": "record", "name": "point", "fields": [{"name": "jd", "type": "double"}, {"name": "next", "type": ["null", "point"]}]}}},
         {"name": "scores", "type": {"type": "map", "values": "float"}}, {"name": "stamp", "type": "bytes"}]}
        """;

    private static readonly byte[] Record =
    [
        .. Long(12345), .. Long(1), .. Text("AT 2026abc"), .. Long(2), .. BitConverter.GetBytes(2461042.5), .. Long(1), .. BitConverter.GetBytes(2461043.5), .. Long(0),
        .. BitConverter.GetBytes(2461044.5), .. Long(0), .. Long(0), .. Long(1), .. Text("rb"), .. BitConverter.GetBytes(0.9f), .. Long(0), .. Bytes(1, 2, 3),
    ];

    public static byte[][] All { get; } =
    [
        .. Texts(
            $$"""{"title": "t", "submitter": "s", "data": {"targets": [{"name": "AT2026abc", "ra": 1.5, "dec": 2}], "photometry": [{{MessageBuilder.GoodRow}}], "EBV": NaN} }""",
            """{"a": [1, -Infinity, {"b": "c\u010d"}], "d": null}""",
            """{"format": "blob", "content": "TITLE: GCN/OWN NOTICE\nNOTICE_TYPE: Own"}""",
            """{"circularId": 40001, "subject": "GRB 260102A: limits", "createdOn": 1767312000000, "body": "One.\nTwo."}""",
            """{"$schema": "https://gcn.nasa.gov/schema/main/gcn/notices/own/burst.schema.json", "id": ["1"], "ra": 1.5, "dec": 2, "ra_dec_error": [1, 2, 3]}""",
            """{"url": "https://example.org/x"}""",
            "<?xml version='1.0'?><voe:VOEvent ivorn='ivo://own/x#1' role='test'><What><Param name='TrigID' value='1'/></What><WhereWhen><C1>1</C1></WhereWhen></voe:VOEvent>",
            "<!-- own --><html><body/></html>",
            "TITLE: GCN/OWN NOTICE\nNOTICE_DATE: Fri 02 Jan 26 00:00:05 UT\nNOTICE_TYPE: Own\nTRIGGER_NUM: 1\nGRB_RA: 1.5d {+0h 6m} (J2000),\nGRB_DEC: 2.0d {+2d} (J2000)\n",
            "TITLE: GCN CIRCULAR\nNUMBER: 1\nSUBJECT: GRB 260102A\n\nBody.",
            "words"),
        [.. FileHeader(Schema), .. Block(2, [.. Record, .. Record])],
        [.. FileHeader(Schema, "deflate"), .. Block(1, Record, "deflate")],
        [.. FileHeader(Schema, "snappy"), .. Block(1, Record, "snappy")],
        [0, 0, 0, 3, 0x84, .. Record],
        Record,
        Encoding.UTF8.GetBytes(Schema),
        [0, 0, 0, 61, .. new byte[155], 10],
        [0xFF, 0xFE, 0, 1],
    ];

    private static byte[][] Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
