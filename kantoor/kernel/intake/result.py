"""What came of a file that was taken in, counted and by reason."""

from collections.abc import Iterable

import msgspec

from kantoor.kernel.intake.door import Verdict


class Reason(msgspec.Struct, kw_only=True):
    """Why rows were refused: how many, and the amount they stand for in minor units.

    `amount` counts those rows whose amount can be told; `documents` is how many they make up.
    """

    code: str
    message: str
    documents: int = 0
    rows: int = 0
    amount: int = 0


class Stopped(msgspec.Struct, frozen=True, kw_only=True):
    """Why a file could not be read to its end, and where."""

    code: str
    message: str
    line: int | None


class IntakeResult(msgspec.Struct, kw_only=True):
    """What came of a file. Rows are counted for CSV and events for CloudEvents.

    `received` is always the sum of the three states. `rejected_file` is where the refused ones
    were written, or empty; `stopped` says why the rest of the file could not be read.
    """

    received: int = 0
    accepted: int = 0
    duplicates: int = 0
    rejected: int = 0
    seconds: float = 0.0
    currency: str = ""
    reasons: list[Reason] = []
    rejected_file: str = ""
    stopped: Stopped | None = None

    def add(self, verdicts: Iterable[Verdict]) -> None:
        """Count what became of some more documents."""
        for document, state, outcome in verdicts:
            self.received += document.rows
            if state == "accepted":
                self.accepted += document.rows
            elif state == "duplicate":
                self.duplicates += document.rows
            else:
                self.rejected += document.rows
                problem = outcome.problem
                assert problem is not None
                self._refused(problem.code, str(problem.message), document.rows, outcome.amount)

    def _refused(self, code: str, message: str, rows: int, amount: int | None) -> None:
        reason = next((each for each in self.reasons if each.code == code), None)
        if reason is None:
            reason = Reason(code=code, message=message)
            self.reasons.append(reason)
        reason.documents += 1
        reason.rows += rows
        reason.amount += amount or 0
