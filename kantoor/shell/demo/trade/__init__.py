"""A Dutch trading company in the demonstration: a year of buying, selling, bank, tax and closing."""
