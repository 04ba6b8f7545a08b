"""The pages of the bank: accounts, statements, the work of reconciling."""
