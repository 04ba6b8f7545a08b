"""What the VAT return, the listings and their reconciliation are made of."""
