"""What is spread over time, as it is looked at: the list, what is due, the balances it explains."""
