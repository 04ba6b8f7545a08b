"""What came of a file that was taken in, counted and by reason."""

from collections.abc import Iterable

import msgspec

from kantoor.kernel.intake.door import Verdict
from kantoor.kernel.intake.problems import Problem


class Reason(msgspec.Struct, kw_only=True):
    """Why rows were refused: how many, and the amount they stand for in minor units.

    `amount` counts those rows whose amount can be told; `documents` is how many they make up.
    `line` and `field` are where the first of them is wrong; the others are in the rejected file.
    """

    code: str
    message: str
    documents: int = 0
    rows: int = 0
    amount: int = 0
    line: int | None = None
    field: str = ""


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
                reason = self._reason(problem)
                reason.documents += 1
                reason.rows += document.rows
                reason.amount += outcome.amount or 0

    def _reason(self, problem: Problem) -> Reason:
        reason = next((each for each in self.reasons if each.code == problem.code), None)
        if reason is None:
            reason = Reason(
                code=problem.code,
                message=str(problem.message),
                line=problem.line,
                field=problem.field,
            )
            self.reasons.append(reason)
        return reason
