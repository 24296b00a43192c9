namespace MmapPS.Bytes.Hashing;

/// <summary>Names of the hash algorithms.</summary>
internal static class HashName
{
    public const string Md5 = "MD5";
    public const string Sha1 = "SHA1";
    public const string Sha256 = "SHA256";
    public const string Sha384 = "SHA384";
    public const string Sha512 = "SHA512";

    /// <summary>The CRC of zip, gzip and PNG.</summary>
    public const string Crc32 = "Crc32";

    /// <summary>XXH3 with 64 bits and the seed 0.</summary>
    public const string XxHash3 = "XxHash3";

    /// <summary>All of them.</summary>
    public static readonly string[] All = [Md5, Sha1, Sha256, Sha384, Sha512, Crc32, XxHash3];
}
