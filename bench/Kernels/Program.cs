using BenchmarkDotNet.Running;

namespace MmapPS.Kernels;

/// <summary>Runs the benchmarks selected by the arguments, such as <c>--filter *Search*</c>.</summary>
public static class Program
{
    public static void Main(string[] arguments) => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments);
}
