"""Who works for the trading company, and who of them signs in."""

from dataclasses import dataclass

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.parties.employees import EmployeeDraft, add_employees


@dataclass(frozen=True, slots=True)
class Colleague:
    """An employee: their number, name and department, and how they sign in, if they do."""

    code: str
    name: str
    department: str
    sign_in: str = ""

    @property
    def email(self) -> str:
        """Their address, made from their name."""
        first, _, last = self.name.lower().partition(" ")
        return f"{first}.{last.replace(' ', '')}@delinde.example"

    @property
    def phone(self) -> str:
        """Their own number, made from their number as an employee."""
        return f"+31 570 55 {self.code[1:]}"


COLLEAGUES = (
    Colleague("M0101", "Sanne de Wit", "Directie"),
    Colleague("M0102", "Boris Hale", "Administratie", "boris"),
    Colleague("M0103", "Carla Whitby", "Administratie", "carla"),
    Colleague("M0104", "Sam Okafor", "Verkoop", "sam"),
    Colleague("M0105", "Emma Fox", "Verkoop", "emma"),
    Colleague("M0106", "Youssef Amrani", "Verkoop"),
    Colleague("M0107", "Lotte Smits", "Verkoop"),
    Colleague("M0108", "Daan Peters", "Inkoop"),
    Colleague("M0109", "Fatma Yilmaz", "Inkoop"),
    Colleague("M0110", "Henk Jansma", "Magazijn"),
    Colleague("M0111", "Ruud van Dam", "Magazijn"),
    Colleague("M0112", "Aleksandra Nowak", "Magazijn"),
    Colleague("M0113", "Piet Kuipers", "Magazijn"),
    Colleague("M0114", "Noor Bosman", "Magazijn"),
    Colleague("M0115", "Joris Vink", "Marketing", "joris"),
    Colleague("M0116", "Esra Demir", "Marketing"),
    Colleague("M0117", "Hugo Vermeer", "ICT", "hugo"),
    Colleague("M0118", "Iris Bakker", "ICT", "iris"),
    Colleague("M0119", "Helen de Bruin", "HR", "helen"),
    Colleague("M0120", "Paul Timmer", "HR", "paul"),
)


def know_colleagues(manager: Actor) -> None:
    """Write them all down."""
    add_employees(
        manager,
        employees=[
            EmployeeDraft(
                code=each.code, name=each.name, email=each.email, phone=each.phone,
                language="nl", sign_in=each.sign_in,
            )
            for each in COLLEAGUES
        ],
    )  # fmt: skip
