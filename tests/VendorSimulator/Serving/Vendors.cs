using Pipeline.VendorSimulator.Settings;
using Pipeline.VendorSimulator.Truth;

namespace Pipeline.VendorSimulator.Serving;

/// <summary>Finds the systems and gives each its path.</summary>
public static class Vendors
{
    /// <param name="systems">"all", or the names of some with commas.</param>
    /// <exception cref="SettingsException">There is no system of that name.</exception>
    public static void AddVendors(this IServiceCollection services, string systems)
    {
        var all = typeof(Vendor).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Vendor)) && !type.IsAbstract).ToDictionary(SystemOf);
        var named = systems == "all" ? [.. all.Keys] : systems.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in named)
        {
            var type = all.GetValueOrDefault(name) ?? throw new SettingsException($"Simulator:Systems names {name}; there are {string.Join(", ", all.Keys.Order(StringComparer.Ordinal))}, or all.");
            services.AddSingleton(type);
            services.AddSingleton(given => (Vendor)given.GetRequiredService(type));
            services.AddSingleton<IKnowsItsChildren>(given => (Vendor)given.GetRequiredService(type));
        }
    }

    public static void MapVendors(this WebApplication app)
    {
        foreach (var vendor in app.Services.GetServices<Vendor>()) vendor.Map(app.MapGroup($"/{vendor.Name}"));
    }

    /// <summary>Leads the paths that a system also has at the root to the system.</summary>
    public static void UseVendorRoots(this WebApplication app)
    {
        var roots = app.Services.GetServices<Vendor>().SelectMany(vendor => vendor.AlsoAt.Select(root => (root, vendor.Name))).ToArray();
        app.Use((context, next) =>
        {
            foreach (var (root, name) in roots)
                if (context.Request.Path.StartsWithSegments(root)) context.Request.Path = $"/{name}{context.Request.Path}";
            return next(context);
        });
    }

    /// <summary>The name of the folder that it is in, for its data are not to be made only to ask it.</summary>
    private static string SystemOf(Type vendor) => vendor.Namespace!.Split('.')[^1].ToLowerInvariant();
}
