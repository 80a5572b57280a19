using System.Text;
using TomOrleans.Alerts;
using TomOrleans.Grains.Alerts.Publishing;

namespace TomOrleans.Grains.Tests.Alerts.Publishing;

public sealed class PublishedContentTests
{
    [Theory]
    [InlineData("{\"a\":1}", "json")]
    [InlineData(" [1]", "json")]
    [InlineData("<voe:VOEvent xmlns:voe=\"v\"/>", "voevent")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?>\n<VOEvent/>", "voevent")]
    [InlineData("Obj\u0001rest", "avro")]
    [InlineData("TITLE:   GCN/FERMI NOTICE", "gcntextnotice")]
    [InlineData("anything else", "blob")]
    public void A_format_that_is_not_given_is_told_from_the_content(string content, string format) =>
        Assert.Equal(format, PublishedContent.Check(Encoding.UTF8.GetBytes(content), null));

    [Theory]
    [InlineData("{\"a\":", null, "not JSON: line 1")]
    [InlineData("{\"a\": NaN}", null, "--format blob")]
    [InlineData("text", "json", "not JSON")]
    [InlineData("{\"body\":\"b\"}", "circular", "header")]
    [InlineData("<Event/>", null, "its root is Event, not VOEvent")]
    [InlineData("<VOEvent>", null, "is no VOEvent: line 1")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><VOEvent>&e;</VOEvent>", null, "or a DTD")]
    [InlineData("{}", "avro", "no Avro file")]
    [InlineData("{}", "external", "'external' is no format to publish in")]
    [InlineData("", null, "empty")]
    public void Content_that_is_not_what_its_format_says_is_refused_with_the_reason(string content, string? format, string words)
    {
        var refusal = Assert.Throws<TomException>(() => PublishedContent.Check(Encoding.UTF8.GetBytes(content), format));
        Assert.Equal(TomFault.Invalid, refusal.Fault);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Anything_may_be_published_as_bytes_up_to_the_bound()
    {
        Assert.Equal("blob", PublishedContent.Check(new byte[PublishRequest.MaxBytes], "blob"));
        Assert.Throws<TomException>(() => PublishedContent.Check(new byte[PublishRequest.MaxBytes + 1], "blob"));
        Assert.Equal("circular", PublishedContent.Check("""{"header":{"title":"t"},"body":"b"}"""u8.ToArray(), "circular"));
    }
}
