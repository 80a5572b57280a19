using TomOrleans.Silo.Configuration.CommandLine;
using TomOrleans.Silo.Hosting;

// TomOrleans as it is, with the handlers of the projects this one references: TOPIC_HANDLERS can say "bright", and PLUGINS is not needed.
return await new SiloCommandLine(new()
{
    RunAsync = SiloApp.RunAsync,
    AddTokenAsync = Administration.AddTokenAsync,
    ListTokensAsync = Administration.ListTokensAsync,
    ShowDatabaseAsync = Administration.ShowDatabaseAsync,
    MigrateDatabaseAsync = Administration.MigrateDatabaseAsync,
    ScriptDatabaseAsync = Administration.ScriptDatabaseAsync,
    CopyDatabaseAsync = Administration.CopyDatabaseAsync,
    BackUpDatabaseAsync = Administration.BackUpDatabaseAsync,
}).InvokeAsync(args);
