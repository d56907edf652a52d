using Pipeline.VendorSimulator;
using Pipeline.VendorSimulator.Settings;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.Write(HelpText.Write());
    return 0;
}

try
{
    await using var simulator = Simulator.Build(args);
    await simulator.RunAsync();
    return 0;
}
catch (SettingsException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
