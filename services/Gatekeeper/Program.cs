return await Pipeline.Hosting.Operations.RunModes.RunAsync(args, Pipeline.Gatekeeper.GatekeeperService.Build);
