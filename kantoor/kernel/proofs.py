"""The kernel's own provers; importing this module registers them."""

from kantoor.kernel.record.verify import series

__all__ = ["series"]
