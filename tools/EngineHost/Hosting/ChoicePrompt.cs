using System;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation.Host;

namespace EngineHost.Hosting;

/// <summary>A question with labelled answers, such as the one of -Confirm. An ampersand in a label marks its hot key.</summary>
internal sealed class ChoicePrompt(Collection<ChoiceDescription> choices, int defaultChoice)
{
    public int Ask(Action heading, Action<string> write, Func<string> read)
    {
        heading();
        while (true)
        {
            write(Line());
            string answer = read().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            if (answer == "?")
            {
                write(string.Concat(choices.Select(choice => $"{Key(choice)} - {choice.HelpMessage}{Environment.NewLine}")));
            }
            else if (Find(answer) is int found and >= 0)
            {
                return found;
            }
        }
    }

    private static string Text(ChoiceDescription choice) => choice.Label.Replace("&", string.Empty, StringComparison.Ordinal);

    private static string Key(ChoiceDescription choice)
    {
        int mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        bool marked = mark >= 0 && mark + 1 < choice.Label.Length;
        return marked ? choice.Label.Substring(mark + 1, 1).ToUpper(CultureInfo.CurrentCulture) : Text(choice);
    }

    private string Line()
    {
        string answers = string.Join("  ", choices.Select(choice => $"[{Key(choice)}] {Text(choice)}"));
        string usual = defaultChoice < 0 ? string.Empty : $" (default is \"{Key(choices[defaultChoice])}\")";
        return $"{answers}  [?] Help{usual}: ";
    }

    private int Find(string answer)
    {
        for (int i = 0; i < choices.Count; i++)
        {
            if (Is(answer, Key(choices[i])) || Is(answer, Text(choices[i])))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Is(string answer, string label) => string.Equals(answer, label, StringComparison.OrdinalIgnoreCase);
}
