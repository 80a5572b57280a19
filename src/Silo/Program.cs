using TomOrleans.Silo.Configuration.CommandLine;
using TomOrleans.Silo.Hosting;

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
