using Microsoft.AspNetCore.Builder;

namespace Pipeline.Hosting.Operations;

/// <summary>One program, two modes: run the service, or ask the one that runs beside it whether it is ready.</summary>
public static class RunModes
{
    /// <summary>Runs the service; with the single argument <c>healthcheck</c>, asks the running one instead. Returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args, Func<string[], WebApplication> build)
    {
        if (args is ["healthcheck"]) return await IsReadyAsync() ? 0 : 1;
        try
        {
            await using var service = build(args);
            var stopping = service.Lifetime.ApplicationStopping;
            try
            {
                await service.RunAsync();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Stopped before it had begun.
            }

            return 0;
        }
        catch (SettingsException mistake)
        {
            await Console.Error.WriteLineAsync(mistake.Message);
            return 2;
        }
    }

    private static async Task<bool> IsReadyAsync()
    {
        var address = Environment.GetEnvironmentVariable("ASPNETCORE_URLS")?.Split(';')[0].Replace("*", "127.0.0.1").Replace("+", "127.0.0.1").Replace("0.0.0.0", "127.0.0.1")
            ?? $"http://127.0.0.1:{Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS")?.Split(';')[0] ?? "8080"}";
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var response = await client.GetAsync(new Uri($"{address}/health/ready"));
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
