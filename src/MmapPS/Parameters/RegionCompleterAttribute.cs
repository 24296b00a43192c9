using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using MmapPS.Native;
using MmapPS.Regions.Life;
using MmapPS.Scripting;

namespace MmapPS.Parameters;

/// <summary>
/// Completes a parameter with the open regions: their ids, paths or names, or expressions for them, depending on the parameter.
/// </summary>
internal sealed class RegionCompleterAttribute : ArgumentCompleterAttribute
{
    public RegionCompleterAttribute()
        : base(typeof(Completer))
    {
    }

    private sealed class Completer : IArgumentCompleter
    {
        private static readonly char[] Quotes = ['\'', '"'];

        public IEnumerable<CompletionResult> CompleteArgument(
            string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
        {
            string word = wordToComplete.Trim(Quotes);
            IReadOnlyList<MappedRegion> open = RegionTable.GetOpen();
            return parameterName switch
            {
                "Id" => open.Where(region => Starts($"{region.Id}", word)).Select(region => Offer($"{region.Id}", region.ToString())),
                "Path" => Distinct(open.Select(region => region.Path))
                    .Where(path => Starts(path, word) || Starts(Path.GetFileName(path), word))
                    .Select(path => Offer(ScriptValue.Quote(path), path)),
                "Name" => Distinct(open.Select(region => region.Name).Concat(FindNames()))
                    .Where(name => Starts(name, word)).Select(name => Offer(ScriptValue.Quote(name), name)),
                _ => open.Select(region => (Text: $"(Get-MemoryMap {region.Id})", Region: region))
                    .Where(offer => Starts(offer.Text, word)).Select(offer => Offer(offer.Text, offer.Region.ToString())),
            };
        }

        private static bool Starts(string text, string word) => text.StartsWith(word, StringComparison.OrdinalIgnoreCase);

        private static IEnumerable<string> Distinct(IEnumerable<string?> texts) =>
            texts.OfType<string>().Distinct(StringComparer.Ordinal).OrderBy(text => text, StringComparer.OrdinalIgnoreCase);

        private static IEnumerable<string> FindNames()
        {
            try
            {
                return MemoryPlatform.Current.GetNames().Select(name => name.Name);
            }
            catch (MappingException)
            {
                // Some systems cannot list names; the names of the open regions remain.
                return [];
            }
        }

        private static CompletionResult Offer(string text, string about) => new(text, text, CompletionResultType.ParameterValue, about);
    }
}
