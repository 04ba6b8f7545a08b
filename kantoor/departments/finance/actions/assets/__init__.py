"""What is done with fixed assets: registered, depreciated, valued anew, disposed of."""
