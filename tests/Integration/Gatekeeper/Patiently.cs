using Pipeline.Hosting.Storage;

namespace Pipeline.Integration.Tests.Gatekeeper;

/// <summary>For tests that hand batches over by themselves: one that met another writer is decided again, as the receiver does.</summary>
internal static class Patiently
{
    public static async Task Handle(Func<Task> handle)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                await handle();
                return;
            }
            catch (Exception conflict) when (attempt < 50 && Transient.Is(conflict))
            {
                await Task.Yield();
            }
    }
}
