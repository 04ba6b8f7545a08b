"""People by what of ICT they use, for audiences."""
