using System;
using System.Management.Automation.Host;

namespace EngineHost.Hosting;

/// <summary>The size of the window, the keys and the title; cells of the screen cannot be read or moved.</summary>
internal sealed class ConsoleRawInterface : PSHostRawUserInterface
{
    // What pwsh assumes for a file or pipe, so that formatted output does not depend on where it was started.
    private static readonly Size Unknown = new(120, 50);

    public override ConsoleColor ForegroundColor { get => Console.ForegroundColor; set => Console.ForegroundColor = value; }

    public override ConsoleColor BackgroundColor { get => Console.BackgroundColor; set => Console.BackgroundColor = value; }

    public override Coordinates CursorPosition
    {
        get => Console.IsOutputRedirected ? default : new Coordinates(Console.CursorLeft, Console.CursorTop);
        set => Console.SetCursorPosition(value.X, value.Y);
    }

    public override int CursorSize { get => 1; set => throw Unsupported(); }

    public override Coordinates WindowPosition { get => default; set => throw Unsupported(); }

    public override Size WindowSize
    {
        get => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? Unknown : new Size(Console.WindowWidth, Console.WindowHeight);
        set => throw Unsupported();
    }

    public override Size BufferSize { get => WindowSize; set => throw Unsupported(); }

    public override Size MaxWindowSize => WindowSize;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override bool KeyAvailable => !Console.IsInputRedirected && Console.KeyAvailable;

    public override string WindowTitle
    {
        get => OperatingSystem.IsWindows() ? Console.Title : string.Empty;
        set => Console.Title = value;
    }

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        ConsoleKeyInfo key = Console.ReadKey(intercept: (options & ReadKeyOptions.NoEcho) != 0);
        return new KeyInfo((int)key.Key, key.KeyChar, default, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
        {
            Console.ReadKey(intercept: true);
        }
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw Unsupported();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw Unsupported();

    private static NotSupportedException Unsupported() => new("EngineHost does not edit the screen.");
}
