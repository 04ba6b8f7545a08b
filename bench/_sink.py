"""A mail server in a process of its own that takes all it is given, counts it, and keeps nothing.

It prints its port, and answers every line on its standard input with how much it took since.
"""

import asyncio
import sys
from typing import Any

from aiosmtpd.smtp import SMTP


class Counter:
    """Takes everything."""

    def __init__(self) -> None:
        self.taken = 0

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802
        """One message."""
        self.taken += 1
        return "250 taken"


async def serve() -> None:
    """Until standard input ends."""
    counter, loop = Counter(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(counter, hostname="sink"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(counter.taken, flush=True)
        counter.taken = 0


if __name__ == "__main__":
    asyncio.run(serve())
