"""Bank accounts of parties, mandates, and payment runs from proposal to the bank's answer."""
