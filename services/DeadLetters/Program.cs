return await Pipeline.Hosting.Operations.RunModes.RunAsync(args, Pipeline.DeadLetters.DeadLettersService.Build);
