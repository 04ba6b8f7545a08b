"""Who works here: employments, contracts in versions, and each person's file."""
