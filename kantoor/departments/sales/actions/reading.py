"""Check orders, quotations and returns as people write them, and make them ready to be written."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kantoor.departments.finance.public import country_code
from kantoor.departments.sales.actions.assortment import Sold, articles_by_code, ready_lines
from kantoor.departments.sales.actions.buyers import buyer_of, buyers_by_code
from kantoor.departments.sales.drafts import OrderDraft, QuotationDraft, Ready, ReturnDraft
from kantoor.departments.sales.errors import CustomerBlocked, KnownAlready, WrongLine
from kantoor.departments.sales.models import Order, Return
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.money import LARGEST
from kantoor.kernel.store.lookup import rows_by_key

LENGTHS = {"source": 200, "reference": 80, "text": 200}


def ready_documents(
    actor: Actor,
    drafts: Sequence[OrderDraft | QuotationDraft | ReturnDraft],
    days: Sequence[date | None],
    events: Sequence[str] = (),
) -> tuple[dict[str, Sold], list[Ready]]:
    """The articles these documents name, and the documents with customers and amounts found."""
    buyers = buyers_by_code(actor, {draft.customer for draft in drafts})
    articles = articles_by_code(actor, {line.article for each in drafts for line in each.lines})
    ready = []
    came_by = events or [""] * len(drafts)
    for place, (draft, day, event) in enumerate(zip(drafts, days, came_by, strict=True), 1):
        buyer = buyer_of(buyers, draft.customer, place)
        if buyer.blocked and not isinstance(draft, ReturnDraft):
            raise blocked(draft.customer, place)
        _refuse_long(draft, place)
        lines = ready_lines(actor, articles, draft.lines, place)
        net = sum([line[4] for line in lines])
        if not -LARGEST <= net <= LARGEST:
            raise WrongLine(_("The amount is beyond 64 bits."), field="lines", line=place)
        ready.append(
            Ready(
                buyer=buyer,
                on=(day or timezone.localdate()).isoformat(),
                lines=lines,
                net=net,
                country=_country(draft.country, place) if draft.country else buyer.country,
                source=getattr(draft, "source", ""),
                reference=draft.reference,
                event=event,
                text=draft.text,
            )
        )
    return articles, ready


def blocked(customer: str, place: int | None = None) -> CustomerBlocked:
    message = _("Nothing more is sold to {customer}: the account is blocked.")
    return CustomerBlocked(message.format(customer=customer), field="customer", line=place)


def refuse_known(
    actor: Actor, model: type[Order | Return], references: Sequence[tuple[str, str]]
) -> None:
    """Refuse the first reference of a front office that was taken before, or comes twice."""
    seen: set[tuple[str, str]] = set()
    for place, (source, reference) in enumerate(references, 1):
        if reference and (source, reference) in seen:
            raise _known(source, reference, place)
        seen.add((source, reference))
    table = model._meta.db_table
    for source in {source for source, _reference in references}:
        found = rows_by_key(
            f"SELECT reference, id FROM {table}"  # noqa: S608
            " WHERE company_id = %s AND source = %s AND reference IN ({})",
            [actor.company_id, source],
            [each for of, each in references if of == source and each],
        )
        for place, (of, reference) in enumerate(references, 1):
            if of == source and reference in found:
                raise _known(source, reference, place)


def _known(source: str, reference: str, place: int) -> KnownAlready:
    message = (
        _("{reference} was taken before.")
        if not source
        else _("{reference} of {source} was taken before.")
    )
    said = message.format(reference=reference, source=source)
    return KnownAlready(said, field="reference", line=place)


def _refuse_long(draft: object, place: int) -> None:
    for field, longest in LENGTHS.items():
        text = getattr(draft, field, "")
        if len(text) > longest or "\0" in text:
            message = _("This is longer than {most} characters.").format(most=longest)
            raise InvalidInput(message, field=field, line=place)


def _country(text: str, place: int) -> str:
    code = country_code(text)
    if code is None:
        message = _("There is no country “{country}”.").format(country=text[:40])
        raise InvalidInput(message, field="country", line=place)
    return code
