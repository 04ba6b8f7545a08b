"""Mail of the service desk: kept, put with its case, answered; mailboxes and held mail."""
