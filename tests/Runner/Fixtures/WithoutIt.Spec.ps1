BeforeAll {
    $unused = 1
}
