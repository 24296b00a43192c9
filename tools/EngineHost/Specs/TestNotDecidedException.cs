using System;

namespace EngineHost.Specs;

/// <summary>Set-ItResult: the test ends here, neither passed nor failed. The message is the reason.</summary>
internal sealed class TestNotDecidedException(string reason) : Exception(reason);
