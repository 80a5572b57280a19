using TomOrleans.Bench;

return Gen0Budget.IsSet ? await new BenchCommandLine().InvokeAsync(args) : await Gen0Budget.RunAgainAsync(args);
