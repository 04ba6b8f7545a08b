"""SEPA payment files: pain.001 and pain.008 to write, pain.002 to read."""
