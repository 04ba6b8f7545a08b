"""Pages of requests between departments, recurring duties and checklists."""
