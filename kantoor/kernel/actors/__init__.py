"""Who may do what: people and machines, roles, companies, limits, duties that exclude others."""
