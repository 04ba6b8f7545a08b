"""The country pack of the Netherlands: dated parameters, wage tax, premiums, special rewards."""
