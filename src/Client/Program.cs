using TomOrleans.Client;

return await TomConsole.RunAsync(args, Surroundings.OfThisProcess());
