"""What stands around every page: the desks on the left; company, search, notices, language and me on top."""

from collections.abc import Sequence
from dataclasses import dataclass

from kantoor.kernel.ui.listing import Act


@dataclass(frozen=True, slots=True)
class Register:
    """A page of a desk (a list or a report); `count` shows how much waits there."""

    title: str
    url: str
    active: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Registers of a desk that belong together, folded away under one title."""

    title: str
    registers: Sequence[Register]

    @property
    def active(self) -> bool:
        """Whether the page shown is one of them; then the section stands open."""
        return any(register.active for register in self.registers)


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk one may enter; `letter` goes there after g ("g f").

    `registers` stand by themselves, before those of the `sections`.
    """

    key: str
    title: str
    icon: str
    url: str
    active: bool = False
    registers: Sequence[Register] = ()
    sections: Sequence[Section] = ()
    letter: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """A company one may work in; posting `company=<key>` to `Frame.company_url` switches."""

    key: str
    name: str
    active: bool = False


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in."""

    name: str
    email: str = ""
    url: str = ""

    @property
    def initials(self) -> str:
        """At most two letters, for the round mark in the top bar."""
        words = [word for word in self.name.split() if word[:1].isalpha()]
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else "?"


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The frame of a page, given to templates as `frame`."""

    desks: Sequence[Desk]
    me: Me
    companies: Sequence[Company] = ()
    company_url: str = ""
    search_url: str = "/search"
    notices_url: str = ""
    notices_count: int = 0
    sign_out_url: str = ""
    me_links: Sequence[Act] = ()

    @property
    def company(self) -> Company | None:
        """The company one works in now."""
        return next((company for company in self.companies if company.active), None)

    @property
    def desk(self) -> Desk | None:
        """The desk one is at now."""
        return next((desk for desk in self.desks if desk.active), None)

    @property
    def bar(self) -> Sequence[Desk]:
        """The desks in the bar of a phone; the rest are under "More"."""
        return self.desks[:4]
