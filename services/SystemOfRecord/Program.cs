return await Pipeline.Hosting.Operations.RunModes.RunAsync(args, Pipeline.SystemOfRecord.SystemOfRecordService.Build);
