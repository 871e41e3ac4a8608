using TlsOrLink.Messages;

namespace TlsOrLink.Pages;

/// <summary>What a file is, in a word and in a badge; by its extension, as the reader's own device will judge it.</summary>
/// <param name="Badge">Extension in capitals, at most five characters; <c>FILE</c> where there is none.</param>
/// <param name="Name">The word for people.</param>
internal sealed record FileKind(string Badge, string Name)
{
    private const int MaxBadge = 5;

    /// <summary>The kind of a file by its name, which is hostile input.</summary>
    public static FileKind Of(string fileName, MailLanguage language)
    {
        var extension = Path.GetExtension(fileName).TrimStart('.').ToUpperInvariant();
        var isShown = extension.Length is > 0 and <= MaxBadge && extension.All(char.IsAsciiLetterOrDigit);
        var (japanese, english) = Words(extension);
        return new FileKind(isShown ? extension : "FILE", language == MailLanguage.En ? english : japanese);
    }

    private static (string Japanese, string English) Words(string extension) =>
        extension switch
        {
            "PDF" => ("PDF 文書", "PDF document"),
            "XLSX" or "XLS" or "XLSM" or "ODS" => ("表計算", "Spreadsheet"),
            "CSV" => ("CSV データ", "CSV data"),
            "DOCX" or "DOC" or "ODT" or "RTF" => ("文書", "Document"),
            "PPTX" or "PPT" or "ODP" => ("プレゼンテーション", "Presentation"),
            "TXT" or "MD" => ("テキスト", "Text"),
            "ZIP" or "7Z" or "RAR" or "GZ" or "LZH" => ("圧縮ファイル", "Archive"),
            "PNG" or "JPG" or "JPEG" or "GIF" or "WEBP" or "HEIC" or "TIF" or "TIFF" or "SVG" or "BMP" => (
                "画像",
                "Picture"
            ),
            "MP4" or "MOV" or "AVI" or "WMV" or "WEBM" => ("動画", "Video"),
            "MP3" or "WAV" or "M4A" or "OGG" => ("音声", "Sound"),
            "EML" or "MSG" => ("メール", "Mail"),
            _ => ("ファイル", "File"),
        };
}
