"""Who may do and see what: every role, action and route, and nothing of another company."""
