namespace TlsOrLink.Screening.Numbers;

/// <summary>Numbers that say who somebody is, or that money can be taken with.</summary>
internal enum NumberKind
{
    /// <summary>Individual number of a resident of Japan: 12 digits.</summary>
    MyNumber,

    /// <summary>Number of a payment card: 14 to 19 digits.</summary>
    CardNumber,

    /// <summary>Number of a Japanese corporation: 13 digits. Public; counted only where its label or the T of an invoice number stands before it.</summary>
    CorporateNumber,
}
