"""Pages of ICT: servers."""
