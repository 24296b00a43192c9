# What the specs of this repository rely on, as Pester 5 has it. Pester and EngineHost must give the same counts:
# 99 passed, 0 failed, 7 skipped.

BeforeDiscovery {
    $known = 'discovery'
    $cases = @(
        @{ Name = 'one'; Value = 1; Inner = @{ Deep = 'd1' } }
        @{ Name = 'two'; Value = 2; Inner = @{ Deep = 'd2' } }
    )
}

BeforeAll {
    $fromFile = 'file'
    $trail = [Collections.Generic.List[string]]::new()

    function Get-FromFile {
        "function of the $fromFile"
    }
}

Describe 'discovery' {
    It 'does not keep its variables for the run' {
        $known | Should -BeNullOrEmpty
    }

    foreach ($number in 1, 2) {
        It 'declares a test for <_>' -ForEach $number {
            $_ | Should -BeIn 1, 2
        }
    }

    if ($known) {
        It 'sees the variables of BeforeDiscovery' {
            $true | Should -BeTrue
        }
    }
}

Describe 'scopes' {
    BeforeAll {
        $shared = 'outer'

        function Get-Shared {
            $shared
        }
    }

    BeforeEach {
        $each = [Collections.Generic.List[string]]@('fresh')
    }

    It 'sees variables and functions of BeforeAll, of the file and of the block' {
        $fromFile | Should -BeExactly 'file'
        Get-FromFile | Should -BeExactly 'function of the file'
        Get-Shared | Should -BeExactly 'outer'
        $each | Should -BeExactly 'fresh'
    }

    It 'gives every test a scope of its own: sets' {
        $shared = 'changed'
        $mine = 1
        $each.Add('more')
        Get-Shared | Should -BeExactly 'changed'
    }

    It 'gives every test a scope of its own: looks' {
        $shared | Should -BeExactly 'outer'
        $mine | Should -BeNullOrEmpty
        $each | Should -HaveCount 1
    }

    Context 'nested' {
        BeforeAll {
            $shared = 'inner'
        }

        It 'sees the inner value' {
            Get-Shared | Should -BeExactly 'inner'
        }

        Context 'deeper' {
            It 'sees the inner value' {
                $shared | Should -BeExactly 'inner'
                $each | Should -BeExactly 'fresh'
            }
        }
    }

    Context 'beside' {
        It 'sees the outer value' {
            $shared | Should -BeExactly 'outer'
        }
    }

    Describe 'order' {
        BeforeAll { $trail.Add('before all') }
        BeforeEach { $trail.Add('before each') }
        AfterEach { $trail.Add('after each') }
        AfterAll { $trail.Add('after all') }

        It 'runs' { $trail.Add('test') }
        It 'is kept' { $trail -join ', ' | Should -BeExactly 'before all, before each, test, after each, before each' }
    }

    It 'has run AfterAll once the block is over' {
        $trail[-1] | Should -BeExactly 'after all'
        $trail | Should -HaveCount 7
    }
}

Describe 'AfterEach' {
    BeforeAll {
        $seen = [Collections.Generic.List[string]]::new()
    }

    AfterEach {
        $seen.Add($local)
    }

    It 'sees what the test set' { $local = 'mine' }
    It 'has seen it' { $seen | Should -BeExactly 'mine' }
}

Describe 'a block of <Name> with <Inner.Deep>' -ForEach $cases {
    BeforeAll {
        $twice = 2 * $Value
    }

    It 'has the entries as variables' {
        $Name | Should -BeIn 'one', 'two'
        $_.Value | Should -Be $Value
        $twice | Should -Be (2 * $Value)
    }

    Context 'with <_> inside' -ForEach 'a', 'b' {
        It 'has both' {
            "$Name$_" | Should -Match '^(one|two)[ab]$'
        }
    }
}

Describe 'data' {
    It 'takes <A> and <B>' -TestCases @{ A = 1; B = $null }, @{ A = 'x'; B = @(1, 2) } {
        param($A, $B)

        $A | Should -BeIn 1, 'x'
        @($B).Count | Should -BeIn 1, 2
    }

    It 'takes the scalar <_>' -ForEach 1, 'two', $null, ([guid]::Empty) {
        $_ | Should -BeIn 1, 'two', $null, ([guid]::Empty)
    }

    It 'takes lists: <_>' -ForEach @(, @(1, 2)) {
        $_ | Should -Be 1, 2
    }
}

Describe 'skipping' {
    It 'skips by -Skip' -Skip {
        throw 'not to run'
    }

    It 'skips by a condition' -Skip:$true {
        throw 'not to run'
    }

    It 'does not skip by a false condition' -Skip:$false {
        1 | Should -Be 1
    }

    It 'skips while it runs' {
        Set-ItResult -Skipped -Because 'of this reason'
        throw 'not to run'
    }

    It 'skips in a function' {
        function Skip-Here { Set-ItResult -Skipped -Because 'a function said so' }
        Skip-Here
        throw 'not to run'
    }

    Context 'a block' -Skip {
        BeforeAll { throw 'not to run' }

        It 'skips its tests' { throw 'not to run' }
        Context 'inside' {
            It 'skips those inside too' { throw 'not to run' }
        }
    }

    Context 'setups' {
        BeforeEach { Set-ItResult -Skipped -Because 'BeforeEach said so' }

        It 'may skip' { throw 'not to run' }
    }
}

Describe 'tags' -Tag 'a', 'b' {
    It 'are taken' -Tag 'c' { 1 | Should -Be 1 }
}

Describe 'TestDrive' {
    BeforeAll {
        [IO.File]::WriteAllText("$TestDrive/block.txt", 'kept')
    }

    It 'is a folder' {
        [IO.Directory]::Exists($TestDrive) | Should -BeTrue
        'TestDrive:/block.txt' | Should -Exist
        'TestDrive:/none.txt' | Should -Not -Exist
        "$TestDrive/*.txt" | Should -Exist
    }

    It 'takes files of tests' {
        [IO.File]::WriteAllText("$TestDrive/test.txt", '')
        [IO.File]::WriteAllText("$TestDrive/block.txt", 'changed')
    }

    It 'keeps them to the end of the block' {
        [IO.File]::Exists("$TestDrive/test.txt") | Should -BeTrue
        [IO.File]::ReadAllText("$TestDrive/block.txt") | Should -Be 'changed'
    }

    Context 'nested' {
        BeforeAll {
            [IO.File]::WriteAllText("$TestDrive/inner.txt", '')
        }

        It 'has the files around it' {
            [IO.Directory]::GetFiles($TestDrive).Count | Should -Be 3
        }
    }

    It 'has lost those of the nested block' {
        [IO.Directory]::GetFiles($TestDrive).Count | Should -Be 2
    }
}

Describe 'TestDrive of the next block' {
    It 'is empty' {
        [IO.Directory]::GetFileSystemEntries($TestDrive) | Should -BeNullOrEmpty
    }
}

Describe 'errors' {
    It 'passes over one that does not terminate' {
        Get-Command NoSuchCommand-Here -ErrorAction SilentlyContinue
        $true | Should -BeTrue
    }

    It 'is not ended by what a test catches' {
        $caught = try { throw 'thrown' } catch { "$_" }
        $caught | Should -Be 'thrown'
    }

    It 'passes a test without Should' {
    }
}

Describe 'Should' {
    It 'holds: <Title>' -ForEach @(
        @{ Title = 'Be'; Assertion = { 1 | Should -Be 1; 'A' | Should -Be 'a'; 1 | Should -Be '1'; $null | Should -Be $null; 1 | Should -Not -Be 2 } }
        @{ Title = 'Be of lists'; Assertion = { 1, 2 | Should -Be 1, 2; 1, 2 | Should -Be @('1', '2'); 1, 2 | Should -Not -Be 2, 1; @() | Should -Be @() } }
        @{ Title = 'Be of nested lists'; Assertion = { @(1, @(2, 3)) | Should -Be @(1, @(2, 3)); @(1, @(2, 3)) | Should -Not -Be @(1, @(2, 4)) } }
        @{ Title = 'Be of nothing'; Assertion = { @() | Should -Be $null; , $null | Should -Be @() } }
        @{ Title = 'Be of bytes'; Assertion = { [byte[]](1, 2) | Should -Be @(1, 2); , [byte[]](1, 2) | Should -Be (, @(1, 2)) } }
        @{ Title = 'Be of enums'; Assertion = { [DayOfWeek]::Monday | Should -Be 'Monday'; [DayOfWeek]::Monday | Should -Be ([DayOfWeek]::Monday) } }
        @{ Title = 'Be converts the actual value'; Assertion = { '01' | Should -Be 1; 1 | Should -Not -Be '01' } }
        @{ Title = 'Be of $true'; Assertion = { 'any text' | Should -Be $true; $true | Should -Not -Be 'any text' } }
        @{ Title = 'BeExactly'; Assertion = { 'a' | Should -BeExactly 'a'; 'A' | Should -Not -BeExactly 'a'; 'a', 'B' | Should -BeExactly 'a', 'B' } }
        @{ Title = 'BeTrue'; Assertion = { $true | Should -BeTrue; 1 | Should -BeTrue; 'x' | Should -BeTrue; 0 | Should -Not -BeTrue; '' | Should -Not -BeTrue } }
        @{ Title = 'BeFalse'; Assertion = { $false | Should -BeFalse; $null | Should -BeFalse; 0 | Should -BeFalse; 1 | Should -Not -BeFalse } }
        @{ Title = 'BeNullOrEmpty'; Assertion = { $null | Should -BeNullOrEmpty; '' | Should -BeNullOrEmpty; @() | Should -BeNullOrEmpty; @{} | Should -BeNullOrEmpty } }
        @{ Title = 'Not BeNullOrEmpty'; Assertion = { 0 | Should -Not -BeNullOrEmpty; ' ' | Should -Not -BeNullOrEmpty; $null, $null | Should -Not -BeNullOrEmpty; @{ a = 1 } | Should -Not -BeNullOrEmpty } }
        @{ Title = 'BeOfType'; Assertion = { 1 | Should -BeOfType ([int]); 1 | Should -BeOfType int; 1 | Should -BeOfType '[int]'; 1 | Should -BeOfType System.ValueType; 1 | Should -Not -BeOfType long; $null | Should -Not -BeOfType int; 1, 2 | Should -BeOfType int } }
        @{ Title = 'BeOfType of custom objects'; Assertion = { [pscustomobject]@{ a = 1 } | Should -BeOfType ([pscustomobject]) } }
        @{ Title = 'BeGreaterThan'; Assertion = { 2 | Should -BeGreaterThan 1; 1 | Should -Not -BeGreaterThan 1; 10 | Should -BeGreaterThan '9' } }
        @{ Title = 'BeGreaterOrEqual'; Assertion = { 1 | Should -BeGreaterOrEqual 1; 0 | Should -Not -BeGreaterOrEqual 1 } }
        @{ Title = 'BeLessThan'; Assertion = { 1 | Should -BeLessThan 2; 1 | Should -Not -BeLessThan 1; 1, 2 | Should -BeLessThan 3 } }
        @{ Title = 'BeLessOrEqual'; Assertion = { 1 | Should -BeLessOrEqual 1; 2 | Should -Not -BeLessOrEqual 1 } }
        @{ Title = 'BeIn'; Assertion = { 1 | Should -BeIn 1, 2; 'A' | Should -BeIn 'a'; 3 | Should -Not -BeIn 1, 2; 1, 2 | Should -BeIn 1, 2, 3 } }
        @{ Title = 'Contain'; Assertion = { 1, 2 | Should -Contain 2; 1, 2 | Should -Not -Contain 3; 'a' | Should -Contain 'A'; @() | Should -Not -Contain 1 } }
        @{ Title = 'HaveCount'; Assertion = { 1, 2 | Should -HaveCount 2; @() | Should -HaveCount 0; 1 | Should -HaveCount 1; 1, 2 | Should -Not -HaveCount 1; @{ a = 1; b = 2 } | Should -HaveCount 1 } }
        @{ Title = 'Match'; Assertion = { 'ABC' | Should -Match 'b'; 'ABC' | Should -Not -Match '^b'; $null | Should -Match '^$'; 12 | Should -Match '^\d+$' } }
        @{ Title = 'MatchExactly'; Assertion = { 'ABC' | Should -MatchExactly 'B'; 'ABC' | Should -Not -MatchExactly 'b' } }
        @{ Title = 'BeLike'; Assertion = { 'ABC' | Should -BeLike 'a*'; 'ABC' | Should -Not -BeLike 'b*'; 'a[b' | Should -BeLike 'a`[*' } }
        @{ Title = 'BeLikeExactly'; Assertion = { 'ABC' | Should -BeLikeExactly 'A*'; 'ABC' | Should -Not -BeLikeExactly 'a*' } }
        @{ Title = 'ActualValue'; Assertion = { Should -ActualValue 1 -Be 1; Should -Be 1 -ActualValue 1; Should -ActualValue @(1, 2) -BeTrue } }
        @{ Title = 'Because'; Assertion = { 1 | Should -Be 1 -Because 'one is one'; 2 | Should -Not -Be 1 -Because 'two is two' } }
        @{ Title = 'Throw'; Assertion = { { throw 'x' } | Should -Throw; { 1 } | Should -Not -Throw; { throw 'some text' } | Should -Throw 'some*' } }
        @{ Title = 'Throw with a type'; Assertion = { { [int]::Parse('x') } | Should -Throw -ExceptionType ([Management.Automation.MethodInvocationException]); { throw [IO.IOException]::new('io') } | Should -Throw -ExceptionType ([Exception]) -ExpectedMessage 'io' } }
        @{ Title = 'Throw with an id'; Assertion = { { throw 'the id' } | Should -Throw -ErrorId 'the id'; { NoSuchCommand-Here } | Should -Throw -ErrorId 'CommandNotFound*' } }
        @{ Title = 'Throw -PassThru'; Assertion = { $problem = { throw 'passed' } | Should -Throw -PassThru; $problem.Exception.Message | Should -Be 'passed' } }
        @{ Title = 'Throw in its own scope'; Assertion = { $here = 1; { $here = 2 } | Should -Not -Throw; $here | Should -Be 1; { throw "$here" } | Should -Throw '1' } }
        @{ Title = 'Not Throw of an error that does not terminate'; Assertion = { { Get-Command NoSuchCommand-Here -ErrorAction SilentlyContinue } | Should -Not -Throw } }
    ) {
        & $Assertion
    }

    It 'does not hold: <_>' -ForEach @(
        { 1 | Should -Be 2 }
        { 1 | Should -Not -Be 1 }
        { 1, 2 | Should -Be 1 }
        { 'a' | Should -BeExactly 'A' }
        { 0 | Should -BeTrue }
        { 1 | Should -BeFalse }
        { 1 | Should -BeNullOrEmpty }
        { 1 | Should -BeOfType string }
        { 1, 'x' | Should -BeOfType int }
        { 1, 9 | Should -BeLessThan 3 }
        { 1 | Should -BeIn 2 }
        { 1 | Should -Contain 2 }
        { 1 | Should -HaveCount 2 }
        { Should -ActualValue @(1, 2) -HaveCount 2 }
        { 'a' | Should -Match 'b' }
        { 'a' | Should -BeLike 'b' }
        { '/nowhere/at/all' | Should -Exist }
        { { 1 } | Should -Throw }
        { { throw 'a' } | Should -Not -Throw }
        { { throw 'a' } | Should -Throw 'b' }
        { { throw 'a' } | Should -Throw -ErrorId 'b' }
        { { throw 'a' } | Should -Throw -ExceptionType ([IO.IOException]) }
        { 1 | Should -Throw }
        { 1 | Should -BeBig }
        { 1 | Should -Be 1 -Loudly }
    ) {
        $problem = try { & $_ } catch { $_ }
        $problem | Should -BeOfType ([Management.Automation.ErrorRecord])
    }

    It 'says what was expected' {
        $problem = try { 'abc' | Should -Be 'abd' -Because 'they differ' } catch { $_ }
        $problem.Exception.Message | Should -BeLike "Expected*because they differ,*but*'abc'*"
    }
}
