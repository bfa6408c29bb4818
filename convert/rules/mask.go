package rules

// Mask replaces the personal numbers in a text, as findings show it.
func Mask(s string) string { return mask(s) }
