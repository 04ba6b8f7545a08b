"""Pages of HR: payroll."""
