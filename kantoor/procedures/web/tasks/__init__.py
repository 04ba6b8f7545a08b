"""Pages of procedures: tasks."""
