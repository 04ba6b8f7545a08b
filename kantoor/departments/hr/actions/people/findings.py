"""What is wrong in many rows, gathered so that all of it is said at once."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from kantoor.kernel.errors import DomainError, InvalidInput, Refusals

MOST = 1000
"""More than this nobody reads: the last message then says that there are more."""


@dataclass(slots=True)
class Findings:
    """The errors found so far; a row with one goes on being checked."""

    errors: list[DomainError] = field(default_factory=list)
    more: int = 0

    def add(self, error: DomainError) -> None:
        """Note an error."""
        if len(self.errors) < MOST:
            self.errors.append(error)
        else:
            self.more += 1

    def refuse(self) -> None:
        """Raise what was found, if anything; one error as itself."""
        if not self.errors:
            return
        self.errors.sort(key=lambda error: error.place.line or 0)
        if self.more:
            said = _("And {count} more errors; mend these first.").format(count=self.more)
            self.errors.append(InvalidInput(said))
        raise self.errors[0] if len(self.errors) == 1 else Refusals(self.errors)
