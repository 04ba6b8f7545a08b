"""Tools for those who build Kantoor; nothing here is part of the product."""
