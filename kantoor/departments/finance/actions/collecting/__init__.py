"""Getting paid: recurring invoices, reminders, statements of account, write-off."""
