using TomOrleans.Silo.Configuration.Reading;

namespace TomOrleans.Silo.Tests.Configuration;

public sealed class VariableTests
{
    [Theory]
    [InlineData("${NIGHT}", "Anna's TOM")]
    [InlineData("${NIGHT} at ${SITE:-home}", "Anna's TOM at home")]
    [InlineData("${UNSET:-a } and more", "a  and more")]
    [InlineData("${UNSET:-a:-b}", "a:-b")]
    [InlineData("${EMPTY:-something}", "something")]
    [InlineData("$${NIGHT}", "${NIGHT}")]
    [InlineData("costs $5 {x}", "costs $5 {x}")]
    [InlineData("${TRICKY}", "${NIGHT}")]
    public void Variables_and_their_defaults_are_put_in(string text, string expected)
    {
        var environment = new Dictionary<string, string> { ["NIGHT"] = "Anna's TOM", ["EMPTY"] = "", ["TRICKY"] = "${NIGHT}" };

        Assert.Equal(expected, Read.Configuration($$"""{ "TOM_NAME": "{{text}}" }""", environment).TomName);
    }

    [Theory]
    [InlineData("${NIGHT}", "the environment variable NIGHT is not set")]
    [InlineData("${EMPTY}", "the environment variable EMPTY is empty")]
    [InlineData("${night", "neither ${NAME} nor ${NAME:-default}")]
    [InlineData("${}", "neither ${NAME} nor ${NAME:-default}")]
    [InlineData("${A-b}", "neither ${NAME} nor ${NAME:-default}")]
    [InlineData("${A:-${B}}", "neither ${NAME} nor ${NAME:-default}")]
    public void What_cannot_be_put_in_is_a_fault(string text, string words)
    {
        var fault = Read.Fault($$"""{ "TOM_NAME": "{{text}}" }""", new() { ["EMPTY"] = "" });

        Assert.StartsWith("tom.json: TOM_NAME: ", fault, StringComparison.Ordinal);
        Assert.Contains(words, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_unset_variable_of_a_text_is_named()
    {
        Assert.Equal(2, Read.Faults("""{ "TOM_NAME": "${A} ${B}" }""").Count);
    }

    [Fact]
    public void A_number_and_a_switch_may_come_from_a_variable()
    {
        var stream = Read.KafkaStream("\"IGNORE_TEST\": \"${TESTS_TOO:-false}\", \"HANDLER_TIMEOUT\": \"${PATIENCE}\",");

        Assert.False(Read.Stream(stream, new() { ["PATIENCE"] = "7.5" }).IgnoreTest);
        Assert.Equal(TimeSpan.FromSeconds(7.5), Read.Stream(stream, new() { ["PATIENCE"] = "7.5" }).Bindings[0].Handlers[0].Options.Timeout);
    }

    [Fact]
    public void A_number_from_a_variable_that_is_none_names_the_variable()
    {
        Assert.Equal(
            "tom.json: HTTP.PORT: \"many\" given (environment variable P); allowed: a number from 0 to 65535, without fraction",
            Read.Fault("""{ "HTTP": { "PORT": "${P}" } }""", new() { ["P"] = "many" }));
    }

    [Fact]
    public void An_entry_that_is_not_active_needs_no_variables()
    {
        var stream = Read.Stream("""
            { "ALERT_STREAMS": [ { "ACTIVE": false, "NAME": "hopskotch", "OPTIONS": {
              "URL": "${NOWHERE}", "USERNAME": "set SCIMMA_CREDENTIAL_USERNAME value in environment", "PASSWORD": "${NOTHING}", "TOPIC_HANDLERS": { "*": "nobody" } } } ] }
            """);

        Assert.False(stream.Active);
        Assert.Empty(stream.Bindings);
    }

    [Fact]
    public void An_entry_that_is_not_active_needs_no_OPTIONS()
    {
        Assert.Equal("gcn", Read.Stream("""{ "ALERT_STREAMS": [ { "ACTIVE": false, "NAME": "gcn" } ] }""").Id);
    }

    [Fact]
    public void The_keys_of_an_entry_that_is_not_active_are_looked_at()
    {
        Assert.StartsWith(
            "tom.json: ALERT_STREAMS[0].OPTIONS.USRNAME: unknown key; did you mean USERNAME?",
            Read.Fault("""{ "ALERT_STREAMS": [ { "ACTIVE": false, "NAME": "hopskotch", "OPTIONS": { "USRNAME": "x" } } ] }"""),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set HERMES_API_KEY value in environment", true)]
    [InlineData("set SCIMMA_CREDENTIAL_USERNAME value in environment", true)]
    [InlineData("Set X in the environment.", true)]
    [InlineData("set your default authors here", true)]
    [InlineData("Sunset Observatory", false)]
    [InlineData("set theory group", false)]
    public void Placeholders_are_told_from_names(string text, bool isPlaceholder)
    {
        Assert.Equal(isPlaceholder, VariableExpansion.IsPlaceholder(text));
    }
}
