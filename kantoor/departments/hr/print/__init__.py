"""HR's papers: payslips and year statements."""
