"""The people of the demonstration: one for each role, all with a password that is no secret."""

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from kantoor.kernel.actors.actor import Actor, actor_for, console_actor
from kantoor.kernel.actors.models import Company, Role, User
from kantoor.kernel.actors.registers import role_name
from kantoor.kernel.actors.users import add_user, change_password
from kantoor.shell.founding import Founded
from kantoor.shell.welcome import DEMO

PASSWORD = "a quiet place to try"
SHOP = "webshop"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the demonstration; `role` is a standard role."""

    sign_in: str
    name: str
    role: str


PEOPLE = (
    Person("dora", "Dora Linden", "director"),
    Person("boris", "Boris Hale", "bookkeeper"),
    Person("carla", "Carla Whitby", "controller"),
    Person("sam", "Sam Okafor", "sales_desk"),
    Person("hugo", "Hugo Vermeer", "help_desk"),
    Person("iris", "Iris Bakker", "ict_manager"),
    Person("helen", "Helen de Bruin", "hr_officer"),
    Person("paul", "Paul Timmer", "payroll_officer"),
    Person("joris", "Joris Vink", "communication_officer"),
    Person("audrey", "Audrey Lin", "auditor"),
    Person("emma", "Emma Fox", "employee"),
)


class Staff:
    """Everybody who acts in the demonstration, by the name they sign in with."""

    def __init__(self, company: Company, first: str = "") -> None:
        self.company = company
        self.first = first

    @classmethod
    def hired(cls, company: Company, founded: Founded, language: str) -> "Staff":
        """Everybody, in a company that was founded just now."""
        self = cls(company, founded.user)
        console = console_actor(company)
        change_password(self[founded.user], current=founded.password, new=PASSWORD)
        for person in PEOPLE:
            add_user(
                console,
                sign_in=person.sign_in,
                name=person.name,
                email=f"{person.sign_in}@giftware.example",
                language=language,
                roles=[person.role],
                password=PASSWORD,
                password_is_temporary=False,
            )
        add_user(console, sign_in=SHOP, name="Web shop", kind="machine", roles=["sales_desk"])
        return self

    def __getitem__(self, sign_in: str) -> Actor:
        return actor_for(User.objects.get(sign_in=sign_in), self.company)

    def sign_ins(self) -> list[dict[str, str]]:
        """Who may sign in, with which password, as what."""
        roles = {role.code: role_name(role) for role in Role.objects.all()}
        rows = [(self.first, _("administrator of all"))]
        rows += [(person.sign_in, roles[person.role]) for person in PEOPLE]
        return [{"user": user, "password": PASSWORD, "role": role} for user, role in rows]

    def note(self) -> None:
        """Write them down in the data folder, so that `run` can say it at every start."""
        file = Path(settings.DATA) / DEMO
        file.touch(mode=0o600)
        file.write_text(json.dumps({"people": self.sign_ins()}, indent=2) + "\n")
