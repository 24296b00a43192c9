# For Invoke-ScriptAnalyzer -Path . -Recurse -Settings ./PSScriptAnalyzerSettings.psd1
@{
    # Also ParseError; otherwise a file that does not parse has no findings.
    Severity     = @('ParseError', 'Error', 'Warning')
    IncludeRules = @('*')
    ExcludeRules = @(
        # Helpers of the build and of the specs change state; they are never called with -WhatIf.
        'PSUseShouldProcessForStateChangingFunctions'
        # Pester's blocks share variables from BeforeAll to It, which the rule reports as unused.
        'PSUseDeclaredVarsMoreThanAssignments'
        # The test driver shows progress among results that it returns.
        'PSAvoidUsingWriteHost'
        # The rule does not see uses in nested script blocks, and all benchmark rows take the same parameters.
        'PSReviewUnusedParameter'
        # Function and file names here are for readers of one repository, not exported.
        'PSUseSingularNouns'
    )
}
