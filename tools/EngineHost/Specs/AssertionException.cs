using System;

namespace EngineHost.Specs;

/// <summary>A Should that does not hold.</summary>
internal sealed class AssertionException(string message) : Exception(message);
