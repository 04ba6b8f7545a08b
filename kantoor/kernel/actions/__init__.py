"""The one door to change: actions, their registry, and the runner that performs them."""
