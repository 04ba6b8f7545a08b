"""Fixed assets as they are looked at: the register, what is due, movements, the years to come."""
