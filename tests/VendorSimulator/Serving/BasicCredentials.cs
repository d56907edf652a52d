using System.Text;

namespace Pipeline.VendorSimulator.Serving;

/// <summary>HTTP Basic. Source: RFC 7617.</summary>
public static class BasicCredentials
{
    public static string Header(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
}
