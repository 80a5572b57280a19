namespace TomOrleans.Testing.Toolkit;

/// <summary>What goes wrong with a request.</summary>
public enum ToolkitFault
{
    None,
    Unavailable,

    /// <summary>500 with a page, nothing stored.</summary>
    Crash,

    /// <summary>Stored, then 500 with a page.</summary>
    StoreAndCrash,

    /// <summary>The connection is cut before anything is stored.</summary>
    Cut,

    /// <summary>Stored, then the connection is cut.</summary>
    StoreAndCut,

    /// <summary>Of a list: the connection is cut in the middle of the answer.</summary>
    CutAnswer,

    /// <summary>200 with what is no list.</summary>
    Junk,

    /// <summary>No answer.</summary>
    Hang,
}
