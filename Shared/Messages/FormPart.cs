namespace TlsOrLink.Messages;

/// <summary>One part of <c>multipart/form-data</c> (RFC 7578), while it arrives.</summary>
/// <param name="Name">Name of the field.</param>
/// <param name="FileName">Null where the part is no file.</param>
/// <param name="ContentType">As the part says; null where it says nothing.</param>
/// <param name="ContentId">As the part says, for images in HTML; null where it says nothing.</param>
/// <param name="Content">Good until the next part is asked for.</param>
internal sealed record FormPart(string Name, string? FileName, string? ContentType, string? ContentId, Stream Content);

/// <summary>Takes <c>multipart/form-data</c> apart.</summary>
/// <param name="boundary">Of the request's <c>Content-Type</c>, without quotes.</param>
/// <param name="body">The request's body.</param>
/// <param name="cancellation">The caller went away.</param>
/// <exception cref="InvalidDataException">The body is no such form.</exception>
internal delegate IAsyncEnumerable<FormPart> FormReading(string boundary, Stream body, CancellationToken cancellation);
