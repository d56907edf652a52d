using Pipeline.VendorSimulator.Truth;

namespace Pipeline.VendorSimulator.Serving;

/// <summary>Finds the systems and gives each its path.</summary>
public static class Vendors
{
    public static void AddVendors(this IServiceCollection services)
    {
        foreach (var type in typeof(Vendor).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Vendor)) && !type.IsAbstract))
        {
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
}
