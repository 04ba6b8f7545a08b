"""What people hold: accounts, and all else of ICT."""
