"""How rows are written and guarded: bulk inserts, identifiers, models that keep a record."""
