using System.Globalization;
using System.Text;
using TlsOrLink.Tests.Kit.Processes;

namespace TlsOrLink.Tests.Integration.Api;

/// <summary>One request of an example, and what it was answered with.</summary>
internal sealed record CurlCall(int Status, string Method, string Path, string Body);

/// <summary>Runs examples by bash with the real curl, in a folder with the files that they name.</summary>
internal sealed class CurlRun
{
    // Each call leaves a line and its body; whoever takes a message has its id from then on, as a reader would.
    private const string Prelude = """
        set -u
        n=0
        curl() {
          n=$((n + 1))
          command curl -sS --max-time 100 -o "body.$n" -w '%{http_code} %{method} %{url_effective}\n' "$@" >> calls || return
          local answer; answer=$(<"body.$n")
          local taken='/api/messages(/send|/send-and-wait)?( |$)' id='^\{"id":"([0-9a-f]{32})"'
          if [[ "$* " =~ $taken && $answer =~ $id ]]; then ID=${BASH_REMATCH[1]}; fi
          local made='/api/(uploads|subscriptions)' new='^\{"id":"([^"]+)","(uploadUrl|url)":"([^"]+)"'
          if [[ "$* " =~ $made && $answer =~ $new ]]; then
            UPLOAD_ID=${BASH_REMATCH[1]} SUBSCRIPTION=${BASH_REMATCH[1]} UPLOAD_URL=${BASH_REMATCH[3]//'\u0026'/'&'}
          fi
        }

        """;

    private readonly string folder;
    private readonly Uri host;

    public CurlRun(string folder, Uri host)
    {
        (this.folder, this.host) = (folder, host);
        File.WriteAllText(Path.Combine(folder, "message.eml"), Mail);
        File.WriteAllText(Path.Combine(folder, "quotation.pdf"), "%PDF-1.7\n");
        File.WriteAllText(Path.Combine(folder, "drawings.bin"), "drawings\n");
        File.WriteAllText(Path.Combine(folder, "partners.csv"), "domain,mails\npartner.example,12\nother.example,3\n");
    }

    private static string Mail =>
        "From: hanako@sender.example\r\nTo: taro@partner.example\r\nSubject: Quotation\r\n\r\nPlease find it attached.\r\n";

    /// <summary>Runs one example.</summary>
    /// <param name="script">Its commands.</param>
    /// <param name="variables">What they name beside <c>HOST</c>.</param>
    public async Task<IReadOnlyList<CurlCall>> RunAsync(string script, IReadOnlyDictionary<string, string> variables)
    {
        var calls = Path.Combine(folder, "calls");
        await File.WriteAllTextAsync(calls, "");
        var text = new StringBuilder(Prelude).Append(
            CultureInfo.InvariantCulture,
            $"HOST='{host.AbsoluteUri.TrimEnd('/')}'\n"
        );
        foreach (var (name, value) in variables)
        {
            text.Append(CultureInfo.InvariantCulture, $"export {name}='{value}'\n");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "example.sh"), $"{text}{script}\n");
        await Child.RunAsync(folder, "bash", "example.sh");
        return
        [
            .. (await File.ReadAllLinesAsync(calls)).Select(
                (line, n) => Read(line, Path.Combine(folder, $"body.{n + 1}"))
            ),
        ];
    }

    private static CurlCall Read(string line, string body)
    {
        var parts = line.Split(' ', 3);
        return new CurlCall(
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            parts[1].ToLowerInvariant(),
            new Uri(parts[2]).AbsolutePath,
            File.Exists(body) ? File.ReadAllText(body) : ""
        );
    }
}
