"""The articles of the front office's documents: found by code, made when they are new."""

from collections.abc import Sequence

from kantoor.departments.sales.actions.assortment import Sold, articles_by_code
from kantoor.departments.sales.drafts import ReadyLine
from kantoor.departments.sales.models import Article
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.store.ids import take_ids
from kantoor.kernel.store.models import insert_rows


def shop_articles(actor: Actor, documents: Sequence[Sequence[ReadyLine]]) -> dict[str, Sold]:
    """The articles of these documents' lines.

    A new one is named and priced by the first line that has a name or a price for it; one that
    has only its code for a name gets a name as soon as a line has one.
    """
    codes = {line[0] for lines in documents for line in lines}
    known = articles_by_code(actor, codes)
    fresh = codes - known.keys()
    unnamed = {code for code, article in known.items() if article.name == code}
    if fresh or unnamed:
        told = _told(documents, fresh | unnamed)
        known |= _write(actor, {code: told[code] for code in told if code in fresh})
        if names := {code: told[code][0] for code in unnamed if told[code][0] != code}:
            _name(names, known)
    return known


def _told(documents: Sequence[Sequence[ReadyLine]], codes: set[str]) -> dict[str, tuple[str, int]]:
    """What lines say of these articles: the first name that is not the code, the first price."""
    told: dict[str, tuple[str, int]] = {}
    for lines in documents:
        for code, text, _quantity, price, _net in lines:
            if code not in codes:
                continue
            name, first = told.get(code, (code, 0))
            told[code] = (text if name == code else name, first or price)
    return told


def _write(actor: Actor, fresh: dict[str, tuple[str, int]]) -> dict[str, Sold]:
    if not fresh:
        return {}
    first = take_ids(Article, len(fresh))
    written = {
        code: Sold(key, name, price, active=True)
        for key, (code, (name, price)) in enumerate(fresh.items(), first)
    }
    company = actor.company_id
    insert_rows(
        Article,
        [(each.id, company, code, each.name, each.unit_price, 1) for code, each in written.items()],
    )
    return written


def _name(names: dict[str, str], known: dict[str, Sold]) -> None:
    """Give articles of which only the code was known the name that came along."""
    rows = list(Article.objects.filter(pk__in=[known[code].id for code in names]))
    for row in rows:
        row.name = names[row.code]
        known[row.code] = known[row.code]._replace(name=row.name)
    Article.objects.bulk_update(rows, ["name"])
