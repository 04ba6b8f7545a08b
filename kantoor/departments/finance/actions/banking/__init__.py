"""Bank accounts of the company: opened, fed with statements, reconciled with the ledger."""
