"""Reading pay: what payslips are reckoned from, and what people see of it."""
