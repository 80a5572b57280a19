namespace TomOrleans.Storage.Terms;

/// <summary>What a text of the dictionary is. The numbers are stored.</summary>
internal enum TermKind
{
    Band = 1,
    Telescope = 2,
    Instrument = 3,
    Origin = 4,

    /// <summary><c>stream/topic/partition</c></summary>
    Source = 5,
    Sender = 6,
}

internal readonly record struct Term(TermKind Kind, string Text);
