# For Invoke-ScriptAnalyzer -Path . -Recurse -Settings ./PSScriptAnalyzerSettings.psd1
@{
    # ParseError too, or a file that does not parse has nothing to say against it.
    Severity     = @('ParseError', 'Error', 'Warning')
    IncludeRules = @('*')
    ExcludeRules = @(
        # Helpers of the build and of the specs change what they are named after; nobody calls them with -WhatIf.
        'PSUseShouldProcessForStateChangingFunctions'
        # Pester's blocks share variables from BeforeAll to It, which the rule takes for unused.
        'PSUseDeclaredVarsMoreThanAssignments'
        # The test driver shows progress among results that it returns.
        'PSAvoidUsingWriteHost'
        # It does not see uses in nested script blocks, and all benchmark rows take the same parameters.
        'PSReviewUnusedParameter'
        # Function and file names here are for readers of one repository, not exported.
        'PSUseSingularNouns'
    )
}
