"""The one thing a benchmark returns: our figure beside another's, and what the ratio should be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """Our figure against a limit's or a peer's, both measured in the same run.

    `wanted` is the lowest `ours / peer` that will do when a higher figure is better (entries a
    second), and the highest when a lower one is (seconds, megabytes).
    """

    name: str
    ours: float
    peer: float
    unit: str
    wanted: float
    higher_is_better: bool = True

    @property
    def ratio(self) -> float:
        """Ours over theirs."""
        return self.ours / self.peer

    @property
    def ok(self) -> bool:
        """Whether the ratio is what was wanted."""
        return self.ratio >= self.wanted if self.higher_is_better else self.ratio <= self.wanted
