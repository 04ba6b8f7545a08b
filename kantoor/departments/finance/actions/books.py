"""Set up a company's books from a chart of accounts, and add journals to them."""

from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.actions.periods import lock_company
from kantoor.departments.finance.codes import journal_code, required_name
from kantoor.departments.finance.drafts_books import BooksSetUp, JournalKind
from kantoor.departments.finance.models import Account, Dimension, Journal
from kantoor.departments.finance.reference import charts
from kantoor.kernel.actions.runner import action
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import Conflict, InvalidInput
from kantoor.kernel.queries import scoped

DIMENSIONS = (("cost_centre", "Cost centre", "Kostenplaats"), ("project", "Project", "Project"))
"""What every company can sort its lines by from the beginning."""


@action(permission="finance.manage_books", title=_("Set up the books"))
def set_up_books(actor: Actor, /, *, chart: str = "") -> BooksSetUp:
    """Install a chart's accounts and journals in the company; once.

    `chart` is one of those that come with Kantoor (`nl`, `be`, `uk`, `plain`); the company's
    country decides when it is empty. Raises InvalidInput for another, Conflict when there are
    accounts already.
    """
    key = chart or charts.for_country(actor.country)
    if key not in charts.available():
        message = _("There is no chart of accounts “{chart}”; there are: {known}.")
        known = ", ".join(charts.available())
        raise InvalidInput(message.format(chart=key, known=known), field="chart")
    lock_company(actor.company_id)
    if scoped(actor, Account).exists():
        raise Conflict(_("This company has a chart of accounts already."), field="chart")
    template = charts.load(key)
    accounts = Account.objects.bulk_create(
        Account(
            company_id=actor.company_id,
            code=each.code,
            name_en=each.name.en,
            name_nl=each.name.nl,
            kind=each.kind.value,
            group=each.group,
            rgs=each.rgs,
            role=each.role.value if each.role else "",
        )
        for each in template.accounts
    )
    journals = Journal.objects.bulk_create(
        Journal(
            company_id=actor.company_id,
            code=each.code,
            name_en=each.name.en,
            name_nl=each.name.nl,
            kind=each.kind.value,
        )
        for each in template.journals
    )
    dimensions = Dimension.objects.bulk_create(
        Dimension(company_id=actor.company_id, code=code, name_en=english, name_nl=dutch)
        for code, english, dutch in DIMENSIONS
    )
    return BooksSetUp(key, len(accounts), len(journals), len(dimensions))


@action(permission="finance.manage_books", title=_("Add a journal"))
def add_journal(
    actor: Actor, /, *, code: str, name_en: str, kind: JournalKind, name_nl: str = ""
) -> str:
    """Add a journal; its code is the first part of the numbers of its entries.

    Raises InvalidInput for a code that isn't one, Conflict when there is such a journal.
    """
    journal_code(code)
    name = required_name(name_en, "name_en")
    lock_company(actor.company_id)
    if scoped(actor, Journal).filter(code=code).exists():
        raise Conflict(_("There is a journal “{code}” already.").format(code=code), field="code")
    Journal.objects.create(
        company_id=actor.company_id,
        code=code,
        name_en=name,
        name_nl=name_nl.strip() or name,
        kind=kind,
    )
    return code
