namespace TomOrleans.Client.MovingIn;

/// <param name="Origin">Who measured what names no source.</param>
/// <param name="DryRun">Change nothing.</param>
/// <param name="Anew">Look at everything again, also where a takeover was cut off.</param>
/// <param name="IgnoresLog">Do not look for the new targets in the message log.</param>
internal sealed record SiteMoveOptions(string Origin, bool DryRun, bool Anew, bool IgnoresLog);
