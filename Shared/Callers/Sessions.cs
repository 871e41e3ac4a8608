using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TlsOrLink.Storage;

namespace TlsOrLink.Callers;

/// <summary>A person who signed in with a caller's key.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Id">32 random hex characters.</param>
/// <param name="Until">When the session ends.</param>
internal sealed record Session(Caller Caller, string Id, DateTimeOffset Until);

/// <summary>
/// Sessions without a store: the cookie says who and until when, under a MAC that covers the hash of the caller's key too, so that a new
/// key ends every session. The key itself is not in it. Pure but for the clock.
/// </summary>
internal sealed class Sessions(
    CallerDirectory callers,
    AddressHash hash,
    IOptions<SessionOptions> options,
    TimeProvider clock
)
{
    private const string Purpose = "session-cookie";
    private const string TokenPurpose = "anti-forgery";
    private const string SignInPurpose = "anti-forgery-signin";
    private const int MaxCookie = 200;

    /// <summary>A new session.</summary>
    public Session Open(Caller caller) => new(caller, NewId(), clock.GetUtcNow() + options.Value.SessionLife);

    /// <summary>Cookie value of a session; ASCII without separators of cookies.</summary>
    public string Write(Session session)
    {
        var until = session.Until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{session.Caller.Name}.{until}.{session.Id}.{Mac(session.Caller.Name, until, session.Id)}";
    }

    /// <summary>The session of a cookie; null where it is not ours, has ended, or its caller is gone or has another key.</summary>
    public Session? Read(string? cookie)
    {
        if (
            cookie is not { Length: > 0 and <= MaxCookie }
            || cookie.Split('.') is not [var name, var until, var id, var mac]
            || !Same(mac, Mac(name, until, id))
            || callers.Named(name) is not { } caller
            || !long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        )
        {
            return null;
        }

        var end = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return clock.GetUtcNow() < end ? new Session(caller, id, end) : null;
    }

    /// <summary>What a form of this person must carry.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="session">Id of the session; null where another front end signed the person in.</param>
    public string TokenOf(Caller caller, string? session) => hash.For(TokenPurpose, caller.Name, session ?? "");

    /// <summary>What the sign-in form must carry beside the cookie with <paramref name="id"/>.</summary>
    public string SignInTokenOf(string id) => hash.For(SignInPurpose, id);

    /// <summary>32 random hex characters.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Compares in a time that does not depend on where they differ.</summary>
    public static bool Same(string? given, string expected) =>
        given is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private string Mac(string name, string until, string id) =>
        hash.For(Purpose, name, until, id, callers.KeyHashOf(name));
}
