"""Pages of papers and of figures."""
