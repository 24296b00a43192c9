function New-Shape {
    [pscustomobject]@{ PSTypeName = 'Shapes.Shape'; Corners = 4; Hidden = 'not shown' }
}
