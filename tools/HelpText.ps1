# Formats an about topic for Get-Help: plain text of at most 80 columns. Dot-source this.

function Format-Paragraph([string] $Text, [string] $First, [string] $Rest) {
    $line = $First
    $separator = ''
    foreach ($word in -split $Text) {
        if ($separator -and $line.Length + 1 + $word.Length -gt 80) {
            $line
            $line = $Rest
            $separator = ''
        }
        $line += $separator + $word
        $separator = ' '
    }
    $line
}

function ConvertTo-HelpText {
    <#
    .SYNOPSIS
        Turns the markdown of an about topic (headings, paragraphs, lists of one level, fenced code) into plain text.
    #>
    param([Parameter(Mandatory)] [string] $Markdown)

    $fenced = $false
    $lines = foreach ($line in $Markdown.Trim() -split '\r?\n') {
        if ($line.StartsWith('```')) {
            $fenced = -not $fenced
        }
        elseif ($fenced) {
            $line ? "        $line" : ''
        }
        else {
            switch -Regex ($line -replace '\[([^\]]+)\]\([^)]+\)', '$1') {
                '^$' { ''; break }
                '^# (.+)$' { 'TOPIC', "    $($Matches[1])"; break }
                '^## (.+)$' { $Matches[1].ToUpperInvariant(); break }
                '^### (.+)$' { "  $($Matches[1])"; break }
                '^- (.+)$' { Format-Paragraph $Matches[1] '    - ' '      '; break }
                default { Format-Paragraph $_ '    ' '    ' }
            }
        }
    }
    ($lines -join "`n") + "`n"
}
