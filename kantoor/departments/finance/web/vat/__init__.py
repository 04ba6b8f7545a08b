"""VAT returns, listings and what they are made of, as pages."""
