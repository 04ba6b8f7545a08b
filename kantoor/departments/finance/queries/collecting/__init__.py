"""Getting paid: what recurs, what is overdue, and what customers owe."""
