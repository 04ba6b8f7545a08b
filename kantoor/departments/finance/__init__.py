"""Finance: the ledger and everything that is proved by it."""
