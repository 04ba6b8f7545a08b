"""Long work that shows how far it is and may be left."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A job as a person sees it; `poll_url` returns `ui/parts/progress.html` again.

    `total` None means that the end isn't known; `rest_words` is the time left in words.
    """

    title: str
    state: Literal["waiting", "running", "done", "failed"]
    done: int
    total: int | None = None
    detail: str = ""
    poll_url: str = ""
    result_url: str = ""
    result_label: str = ""

    @property
    def runs(self) -> bool:
        """Whether there is still something to wait for."""
        return self.state in ("waiting", "running")
