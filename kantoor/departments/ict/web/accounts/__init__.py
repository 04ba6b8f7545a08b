"""Pages of ICT: accounts in systems."""
