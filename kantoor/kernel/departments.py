"""What a department declares of itself: its name, its place in the menu, whom it uses.

In its `department.py`:

    declare(Department(name="sales", title=_("Sales"), icon="building-store", letter="s",
                       order=10, uses=("finance",),
                       permissions=(Permission("sales.read_orders", _("See orders")),)))
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Permission:
    """Something a role can be allowed: its code, and what it allows in the reader's language."""

    code: str
    title: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department as the shell shows it.

    `title` is its name in the reader's language (gettext_lazy), `icon` one of
    kernel/ui/icons.txt, `letter` goes to its desk after g, `order` is its place in the menu
    (sales 10, finance 20, HR 30, ICT 40, communication 50); `uses` are the departments whose
    `public.py` and `events.py` it calls; `permissions` is what its actions and queries ask.
    """

    name: str
    title: Any
    icon: str
    letter: str
    order: int
    uses: tuple[str, ...] = ()
    permissions: tuple[Permission, ...] = ()


_departments: dict[str, Department] = {}


def declare(department: Department) -> Department:
    """Make a department known; its `department.py` is loaded when the program starts."""
    _departments[department.name] = department
    return department


def departments() -> tuple[Department, ...]:
    """The departments of this installation, in the order of the menu."""
    return tuple(sorted(_departments.values(), key=lambda each: (each.order, each.name)))


def department_named(name: str) -> Department | None:
    """The department of that name, if this installation has it."""
    return _departments.get(name)
