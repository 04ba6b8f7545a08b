"""The pages of mail: mailboxes, what came in, what goes out."""
