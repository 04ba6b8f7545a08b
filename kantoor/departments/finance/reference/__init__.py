"""Facts that finance books by and does not change: charts of accounts, statement layout, VAT, countries."""
