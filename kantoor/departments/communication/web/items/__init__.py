"""Pages of who writes, agrees and publishes: items, their texts side by side, the calendar."""
