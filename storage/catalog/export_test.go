package catalog

// FewAndSlow makes the catalog take its other ways above these numbers of reports.
func FewAndSlow(c *Catalog, few, slow int64) *Catalog {
	c.ways = ways{few: few, slow: slow}
	return c
}
