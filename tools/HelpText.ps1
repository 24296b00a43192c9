# An about topic as Get-Help shows it: plain text of at most 80 columns. Dot-source this.

function Format-Paragraph([string] $Text, [string] $First, [string] $Rest) {
    $line = $First
    $empty = $true
    foreach ($word in $Text.Split(' ', [StringSplitOptions]::RemoveEmptyEntries)) {
        if (-not $empty -and $line.Length + 1 + $word.Length -gt 80) {
            $line
            $line = $Rest
            $empty = $true
        }
        $line += $(if ($empty) { $word } else { " $word" })
        $empty = $false
    }
    $line
}

function ConvertTo-HelpText {
    <#
    .SYNOPSIS
        Turns the markdown of an about topic (headings, paragraphs, lists of one level, fenced code) into plain text.
    #>
    param([Parameter(Mandatory)][string] $Markdown)

    $lines = [Collections.Generic.List[string]]::new()
    $fenced = $false
    foreach ($block in $Markdown.Replace("`r", '').Trim().Split("`n")) {
        if ($block.StartsWith('```')) {
            $fenced = -not $fenced
        }
        elseif ($fenced) {
            $lines.Add($(if ($block) { "        $block" } else { '' }))
        }
        else {
            $text = [regex]::Replace($block, '\[([^\]]+)\]\([^)]+\)', '$1')
            $shown = switch -Regex ($text) {
                '^$' { ''; break }
                '^# (.+)$' { 'TOPIC', "    $($Matches[1])"; break }
                '^## (.+)$' { $Matches[1].ToUpperInvariant(); break }
                '^### (.+)$' { "  $($Matches[1])"; break }
                '^- (.+)$' { Format-Paragraph $Matches[1] '    - ' '      '; break }
                default { Format-Paragraph $text '    ' '    ' }
            }
            foreach ($line in $shown) {
                $lines.Add($line)
            }
        }
    }

    ($lines -join "`n") + "`n"
}
