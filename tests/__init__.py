"""What concerns the whole house: contracts, stories across departments, browser, faults."""
