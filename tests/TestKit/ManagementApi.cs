using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Pipeline.TestKit;

/// <summary>The part of RabbitMQ's management API that AMQP lacks: virtual hosts and policies.</summary>
public sealed class ManagementApi : IDisposable
{
    private readonly HttpClient http;
    private readonly string user;

    public ManagementApi(Uri broker, Uri management)
    {
        var credentials = Uri.UnescapeDataString(broker.UserInfo);
        user = credentials.Split(':')[0];
        http = new HttpClient { BaseAddress = management, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
    }

    /// <summary>Why the API cannot be used, or null where it can.</summary>
    public static async Task<string?> Trouble(Uri broker, Uri management)
    {
        using var api = new ManagementApi(broker, management);
        try
        {
            using var answer = await api.http.GetAsync(new Uri("/api/vhosts", UriKind.Relative));
            return answer.IsSuccessStatusCode ? null : $"status {(int)answer.StatusCode}";
        }
        catch (HttpRequestException unreachable)
        {
            return unreachable.Message;
        }
    }

    public async Task MakeVirtualHost(string name)
    {
        (await http.PutAsync(Path("vhosts", name), null)).EnsureSuccessStatusCode();
        (await http.PutAsJsonAsync(Path("permissions", name, user), new { configure = ".*", write = ".*", read = ".*" })).EnsureSuccessStatusCode();
    }

    /// <summary>Gives a virtual host the exchanges, queues, bindings and policies of a file of definitions.</summary>
    public async Task Import(string virtualHost, string file)
    {
        using var definitions = new StringContent(await File.ReadAllTextAsync(file), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(Path("definitions", virtualHost), definitions);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{file} was refused, {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    public async Task DropVirtualHost(string name) => (await http.DeleteAsync(Path("vhosts", name))).EnsureSuccessStatusCode();

    public async Task<bool> HasVirtualHost(string name) => (await http.GetAsync(Path("vhosts", name))).IsSuccessStatusCode;

    private static Uri Path(params string[] parts) => new("/api/" + string.Join('/', parts.Select(Uri.EscapeDataString)), UriKind.Relative);

    public void Dispose() => http.Dispose();
}
