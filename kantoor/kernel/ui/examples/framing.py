"""The frame of the style guide: desks, companies and a person, as the shell will give them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from kantoor.kernel.ui.frame import Company, Desk, Frame, Me, Register, Section

PAGES = (
    "parts",
    "today",
    "list",
    "empty",
    "record",
    "form",
    "lines",
    "report",
    "balance",
    "sign-in",
    "error",
)


def example_url(page: str) -> str:
    """The address of a page of the guide."""
    return reverse("ui:guide-page", args=[page])


def example_frame(page: str) -> Frame:
    """A frame with the desk of this example page active."""
    return Frame(
        desks=[
            Desk("today", _("Today"), "home", example_url("today"), page == "today", letter="t"),
            Desk(
                "sales",
                _("Sales"),
                "building-store",
                example_url("empty"),
                page == "empty",
                letter="s",
            ),
            _finance(page),
            Desk("people", _("HR"), "users", example_url("error"), letter="h"),
            Desk("ict", _("ICT"), "device-laptop", example_url("error"), letter="i", count=7),
            Desk(
                "communication",
                _("Communication"),
                "speakerphone",
                example_url("error"),
                letter="c",
            ),
            Desk("procedures", _("Procedures"), "git-branch", example_url("error"), letter="p"),
            _guide(page),
        ],
        me=Me("Fatima de Boer", "fatima@lantaarn.example", example_url("form")),
        companies=[
            Company("lantaarn", "Lantaarn BV", active=True),
            Company("lantaarn-uk", "Lantern Gifts Ltd"),
        ],
        company_url=example_url("today"),
        search_url=example_url("search"),
        notices_url=example_url("today"),
        notices_count=3,
        sign_out_url=example_url("sign-in"),
    )


def _finance(page: str) -> Desk:
    registers = [
        Register(_("Invoices"), example_url("list"), page in ("list", "record"), 286),
        Register(_("New entry"), example_url("lines"), page == "lines"),
        Register(_("Receivables"), example_url("empty")),
        Register(_("Trial balance"), example_url("report"), page == "report"),
        Register(_("Balance sheet"), example_url("balance"), page == "balance"),
    ]
    reports = Section(_("Reports"), registers[3:])
    active = any(register.active for register in registers)
    return Desk(
        "finance", _("Finance"), "calculator", example_url("list"), active,
        registers[:3], [reports], "f",
    )  # fmt: skip


def _guide(page: str) -> Desk:
    registers = [
        Register(_("Parts"), example_url("parts"), page == "parts"),
        Register(_("Form"), example_url("form"), page == "form"),
    ]
    active = any(register.active for register in registers)
    return Desk(
        "guide", _("Style guide"), "palette", example_url("parts"), active, registers, letter="u"
    )
