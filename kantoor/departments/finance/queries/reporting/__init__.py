"""Reports that are laid out by data: statements over any columns, layouts, cash flow."""
