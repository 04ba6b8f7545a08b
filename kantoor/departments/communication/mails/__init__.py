"""How a mail of the house looks, in HTML that mail programs show and in plain text."""
