function Invoke-Wrong {
    Get-NoSuchThing
}

Invoke-Wrong
'goes on'
throw 'this is the end'
'never'
