using System.Reflection;

namespace Pipeline.Connectors;

/// <summary>Finds every connector there is. Nothing lists them: a class that says <see cref="IConnector"/> is one.</summary>
public static class ConnectorCatalog
{
    /// <summary>All connectors, by the name of their system.</summary>
    /// <exception cref="InvalidOperationException">Two connectors claim one system.</exception>
    public static IReadOnlyList<IConnector> Find()
    {
        var connectors = typeof(IConnector).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsClass: true } && type.IsAssignableTo(typeof(IConnector)))
            .Select(type => (IConnector)Activator.CreateInstance(type)!)
            .OrderBy(connector => connector.System, StringComparer.Ordinal)
            .ToList();
        var twice = connectors.GroupBy(connector => connector.System).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? connectors : throw new InvalidOperationException($"Two connectors claim the system {twice.Key}.");
    }
}
