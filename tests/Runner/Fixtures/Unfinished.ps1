'never'
if ($true) {
