"""Bank statements in the forms that banks give them: CAMT, MT940, OFX, CSV."""
