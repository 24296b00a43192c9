namespace MmapPS.Native;

/// <summary>The bits of st_mode that say who may do what with a file. Windows has none: a file there is made as its folder says.</summary>
internal static class FilePermissions
{
    /// <summary>0666: anyone may read and write it, as far as the umask lets.</summary>
    public const int Anyone = 0x1B6;

    /// <summary>0600: only its owner may.</summary>
    public const int Owner = 0x180;
}
