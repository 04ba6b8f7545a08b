"""HR: people, their contracts, leave, time, expenses and pay."""
