using System.Collections.Concurrent;

namespace TlsOrLink.Tests.Kit.Contract;

/// <summary>
/// Holds every answer that a test gets against the contract, and remembers which of the documented ones came. An answer that the contract does not
/// have fails the test that got it; since a test may be deaf to that, it is remembered too.
/// </summary>
/// <param name="contract">What has to be seen.</param>
/// <param name="olderForms">The contract in OpenAPI 2.0, which no answer may contradict either.</param>
public sealed class ContractWatch(ContractDocument contract, params IReadOnlyList<SwaggerDocument> olderForms)
{
    private static readonly HttpRequestOptionsKey<bool> Outside = new("outside the contract");

    private readonly ConcurrentDictionary<DocumentedAnswer, bool> seen = [];
    private readonly ConcurrentQueue<string> faults = [];

    /// <summary>What the contract documents and no test got.</summary>
    public IReadOnlyList<DocumentedAnswer> Unseen =>
        [
            .. contract
                .Answers.Where(answer => !seen.ContainsKey(answer))
                .OrderBy(answer => $"{answer}", StringComparer.Ordinal),
        ];

    /// <summary>What tests got that the contract does not have.</summary>
    public IReadOnlyCollection<string> Faults => faults;

    /// <summary>Says that a request is meant to be one of which the contract says nothing.</summary>
    public static void LeaveOut(HttpRequestMessage request) => request.Options.Set(Outside, true);

    /// <summary>Puts the watch between a client and what speaks to the app.</summary>
    public HttpMessageHandler Over(HttpMessageHandler inner) => new Handler(this, inner);

    private async Task HoldAsync(HttpRequestMessage request, HttpResponseMessage answer, CancellationToken cancellation)
    {
        var (method, path) = (request.Method.Method.ToUpperInvariant(), request.RequestUri!.AbsolutePath);
        if (!ContractDocument.IsOfContract(path) || request.Options.TryGetValue(Outside, out _))
        {
            return;
        }

        var received = await ReceivedAnswer.ReadAsync(
            answer,
            type => contract.Reads(method, path, (int)answer.StatusCode, type),
            cancellation
        );
        var (known, fault) = contract.Judge(method, path, received);
        fault ??= olderForms
            .Select(form => form.FaultOf(method, path, received))
            .FirstOrDefault(one => one is not null);
        if (known is not null)
        {
            seen[known] = true;
        }

        if (fault is not null)
        {
            var text = $"{method} {path}: {fault}. The answer: {received}";
            faults.Enqueue(text);
            throw new ContractFault(text);
        }
    }

    private sealed class Handler(ContractWatch watch, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var answer = await base.SendAsync(request, cancellationToken);
            try
            {
                await watch.HoldAsync(request, answer, cancellationToken);
                return answer;
            }
            catch
            {
                answer.Dispose();
                throw;
            }
        }
    }
}

/// <summary>An answer that the contract does not have: mend the answer, or <c>Functions/Contract</c>.</summary>
public sealed class ContractFault(string message) : Exception(message);
