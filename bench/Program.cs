using TomOrleans.Bench;

return await new BenchCommandLine().InvokeAsync(args);
