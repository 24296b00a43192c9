param([int] $Code)

'before'
exit $Code
'never'
