"""Pages of the catalogue: what employees choose from, and what waits for approval."""
