"""The kernel: what every department stands on, and which knows no department."""
