"""Who takes part in a case by mail."""
