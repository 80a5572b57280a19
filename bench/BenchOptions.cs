namespace TomOrleans.Bench;

/// <summary>How long a verb may take, and for whom it prints.</summary>
/// <param name="Quick">Fewer messages: ends within two minutes.</param>
/// <param name="Json">One JSON document on standard output and nothing else.</param>
/// <param name="Rounds">How often everything that is compared runs, after a warm-up.</param>
/// <param name="Only">What is measured beside R1: whose brief name contains this text, or one of several with | between. Null: all.</param>
/// <param name="Stages">Of <c>ingest</c>: the way of a message cut short after each stage, too.</param>
internal sealed record BenchOptions(bool Quick, bool Json, int Rounds, string? Only, bool Stages)
{
    public const int FewestRounds = 3;

    /// <summary>Whether what has this brief name is to be measured.</summary>
    public bool Wants(string brief) => Only is null || Only.Split('|').Any(text => brief.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase));

    public int Messages(int quick, int full) => Quick ? quick : full;
}
