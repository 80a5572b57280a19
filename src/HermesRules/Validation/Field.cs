namespace TomOrleans.HermesRules.Validation;

/// <summary>One named field of a table: whether it must be there, may be null, what stands in for it, and its rules.</summary>
internal sealed record Field(string Name, Rule Rule)
{
    private static readonly object Nothing = new();

    public bool Required { get; init; }

    public bool Nullable { get; init; }

    /// <summary>What an absent field becomes; without one it stays absent.</summary>
    public object? Default { get; init; } = Nothing;

    /// <summary>A second rule for the outcome of the first. Unlike <see cref="Rule"/> it also sees a null that the field allows, and the default.</summary>
    public Rule? Then { get; init; }

    /// <summary>Null when the field is absent and stays so.</summary>
    public Checked? Check(bool present, object? given)
    {
        if (!present && Required)
        {
            return Checked.Fail("This field is required.");
        }

        if (!present && ReferenceEquals(Default, Nothing))
        {
            return null;
        }

        if (present && given is null && !Nullable)
        {
            return Checked.Fail("This field may not be null.");
        }

        var result = !present ? Checked.Ok(Default)
            : given is null ? Checked.Ok(null)
            : Rule(given);
        return result.Failed || Then is null ? result : Then(result.Value);
    }
}
