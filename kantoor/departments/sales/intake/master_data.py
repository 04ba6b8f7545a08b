"""Events about customers and articles: new, or changed."""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext_lazy as _

from kantoor.departments.sales.actions.articles import (
    ArticleChange,
    ArticleDraft,
    alter_articles,
    create_articles,
)
from kantoor.departments.sales.actions.assortment import articles_by_code
from kantoor.departments.sales.actions.buyers import buyers_by_code
from kantoor.departments.sales.actions.customers import (
    CustomerChange,
    CustomerDraft,
    alter_customers,
    create_customers,
)
from kantoor.departments.sales.intake.schemas import ArticleChanged, CustomerChanged
from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.errors import InvalidInput
from kantoor.kernel.intake.decoding import each_decoded
from kantoor.kernel.intake.incoming import Incoming, Outcome, takes


@takes("kantoor.sales.customer.changed")
def customers_changed(actor: Actor, documents: Sequence[Incoming]) -> list[Outcome]:
    """Add the customers that are new, and change the others."""
    return each_decoded(actor, documents, CustomerChanged, _customers)


@takes("kantoor.sales.article.changed")
def articles_changed(actor: Actor, documents: Sequence[Incoming]) -> list[Outcome]:
    """Add the articles that are new, and change the others."""
    return each_decoded(actor, documents, ArticleChanged, _articles)


def _customers(
    actor: Actor, documents: Sequence[Incoming], changed: Sequence[CustomerChanged]
) -> list[str]:
    known = set(buyers_by_code(actor, {each.code for each in changed}))
    fresh: dict[str, CustomerDraft] = {}
    for each in changed:
        if each.code not in known and each.code not in fresh:
            fresh[each.code] = _new_customer(each)
    create_customers(actor, customers=list(fresh.values()))
    # All are changed, the new ones too: their first event made them, a later one may be here.
    alter_customers(actor, changes=[_customer_change(each) for each in changed])
    buyers = buyers_by_code(actor, {each.code for each in changed})
    return [f"kernel.party/{buyers[each.code].party_id}" for each in changed]


def _new_customer(changed: CustomerChanged) -> CustomerDraft:
    if not changed.name:
        raise InvalidInput(_("A new customer needs a name."), field="name")
    if not changed.code.strip():
        raise InvalidInput(_("A customer needs a code."), field="code")
    given = {
        name: value
        for name in CustomerDraft.__struct_fields__
        if (value := getattr(changed, name)) is not None
    }
    return CustomerDraft(**given)


def _customer_change(changed: CustomerChanged) -> CustomerChange:
    return CustomerChange(
        **{name: getattr(changed, name) for name in CustomerChange.__struct_fields__}
    )


def _articles(
    actor: Actor, documents: Sequence[Incoming], changed: Sequence[ArticleChanged]
) -> list[str]:
    known = set(articles_by_code(actor, {each.code for each in changed}))
    fresh: dict[str, ArticleDraft] = {}
    later = []
    for each in changed:
        if each.code in known or each.code in fresh:
            later.append(ArticleChange(**msgspec.structs.asdict(each)))
        else:
            fresh[each.code] = _new_article(each)
    create_articles(actor, articles=list(fresh.values()))
    alter_articles(actor, changes=later)
    found = articles_by_code(actor, {each.code for each in changed})
    return [f"sales.article/{found[each.code].id}" for each in changed]


def _new_article(changed: ArticleChanged) -> ArticleDraft:
    if changed.name is None:
        raise InvalidInput(_("A new article needs a name."), field="name")
    if changed.unit_price is None:
        raise InvalidInput(_("A new article needs a price."), field="unit_price")
    return ArticleDraft(
        code=changed.code,
        name=changed.name,
        unit_price=changed.unit_price,
        active=changed.active is not False,
    )
