using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Pipeline.Hosting.Broker;

public static class ReceiverRegistration
{
    /// <summary>Reads a queue with this handler. Limits come from <c>Receivers:&lt;queue&gt;</c>.</summary>
    /// <exception cref="SettingsException">A limit is out of its range; the message names its path.</exception>
    public static IServiceCollection AddBatchReceiver<THandler>(this IServiceCollection services, IConfiguration configuration, string queue, int workers)
        where THandler : class, IHandleBatches
    {
        var path = $"Receivers:{queue}";
        var options = new BatchReceiverOptions { Workers = workers };
        configuration.GetSection(path).Bind(options);
        Check(options, path);
        services.AddSingleton<THandler>();
        return services.AddSingleton<IHostedService>(provider =>
            ActivatorUtilities.CreateInstance<BatchReceiver>(provider, queue, provider.GetRequiredService<THandler>(), options));
    }

    private static void Check(BatchReceiverOptions options, string path)
    {
        var mistakes = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), mistakes, validateAllProperties: true))
            throw new SettingsException(string.Join(" ", mistakes.Select(mistake => $"{path}:{mistake.MemberNames.FirstOrDefault()}: {mistake.ErrorMessage}")));
    }
}
