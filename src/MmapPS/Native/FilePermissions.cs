namespace MmapPS.Native;

/// <summary>The permission bits of st_mode. Windows has none: a file gets the permissions of its folder.</summary>
internal static class FilePermissions
{
    /// <summary>0666: everyone may read and write it, within the umask.</summary>
    public const int Anyone = 0x1B6;

    /// <summary>0600: only its owner may read and write it.</summary>
    public const int Owner = 0x180;
}
