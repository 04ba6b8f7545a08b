"""Files: kept by the hash of their content, outside the database, proved by the record."""
