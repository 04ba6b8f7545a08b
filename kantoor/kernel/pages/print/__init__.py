"""Papers that pages are printed on."""
