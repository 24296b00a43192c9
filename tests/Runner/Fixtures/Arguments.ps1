param([string] $Name, [switch] $Force, [int] $Count = 7, [Parameter(ValueFromRemainingArguments)] $Rest)

"Name=$Name Force=$Force Count=$Count Rest=$($Rest -join '|')"
