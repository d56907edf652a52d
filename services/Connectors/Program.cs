using Pipeline.Connectors;
using Pipeline.Hosting.Operations;

return await RunModes.RunAsync(args, ConnectorService.Build);
