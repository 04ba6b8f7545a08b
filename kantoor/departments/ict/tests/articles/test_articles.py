"""What the desk knows: written in versions, read by whom it is for, suggested where it fits."""

import pytest
from django.test import Client

from kantoor.departments.ict.actions.articles.using import article_helped, use_article
from kantoor.departments.ict.actions.articles.writing import (
    change_article,
    publish_articles,
    withdraw_articles,
    write_article,
)
from kantoor.departments.ict.drafts_articles import ArticleDraft
from kantoor.departments.ict.errors import KnownAlready, UnknownArticle
from kantoor.departments.ict.queries.articles.articles import article, articles, suggested
from kantoor.departments.ict.queries.cases.record import case
from kantoor.departments.ict.tests.people import Desk
from kantoor.kernel.errors import InvalidInput
from tests.founded import PASSWORD


@pytest.fixture
def known(desk: Desk) -> Desk:
    """A published article for all, one for the desk, and a draft."""
    for draft in (
        ArticleDraft(title="Printer stays silent", text="Turn it off and on.", keywords="paper"),
        ArticleDraft(title="Printer of the board", text="Ask Cas.", for_all=False),
        ArticleDraft(title="Printer of tomorrow", text="To be written."),
    ):
        write_article(desk.bo, article=draft)
    publish_articles(desk.bo, codes=["printer-stays-silent", "printer-of-the-board"])
    return desk


def test_one_reads_what_is_published_for_them(known: Desk) -> None:
    assert [row.code for row in articles(known.eva).rows] == ["printer-stays-silent"]
    assert len(articles(known.bo, search="printer").rows) == 3
    for code in ("printer-of-the-board", "printer-of-tomorrow", "never"):
        with pytest.raises(UnknownArticle):
            article(known.eva, code=code)
    withdraw_articles(known.bo, codes=["printer-stays-silent"])
    assert not articles(known.eva).rows
    with pytest.raises(UnknownArticle):
        publish_articles(known.bo, codes=["never"])


def test_what_is_typed_brings_what_fits_best(known: Desk) -> None:
    found = suggested(known.bo, text="My printer is silent and has no paper")
    assert [row.code for row in found] == ["printer-stays-silent", "printer-of-the-board"]
    assert [row.code for row in suggested(known.eva, text="the PRINTER")] == [found[0].code]
    assert suggested(known.eva, text="a b turn") == [] == suggested(known.eva, text="")
    assert suggested(known.eva, text="%%%% ____ " + "x" * 10_000) == []


def test_every_text_stays_among_the_versions(known: Desk) -> None:
    code = "printer-stays-silent"
    change_article(
        known.cas, article=ArticleDraft(code=code, title="Printer", text="Pull the plug.")
    )
    change_article(known.cas, article=ArticleDraft(code=code, title="Printer", text="Pull the plug.", keywords="plug"))  # fmt: skip
    shown = article(known.bo, code=code)
    assert [(each.number, each.text) for each in shown.versions] == [
        (2, "Pull the plug."),
        (1, "Turn it off and on."),
    ]
    assert article(known.eva, code=code).versions == []
    with pytest.raises(KnownAlready):
        write_article(known.bo, article=ArticleDraft(title=code, text="Again"))
    for wrong in (ArticleDraft(title="!", text="x"), ArticleDraft(title="New", text=" ")):
        with pytest.raises(InvalidInput):
            write_article(known.bo, article=wrong)


def test_an_article_helps_each_person_once_and_is_tied_to_cases(known: Desk) -> None:
    code = "printer-stays-silent"
    for person in (known.eva, known.eva, known.bo):
        article_helped(person, article=code)
    assert article(known.eva, code=code).article.helped == 2
    with pytest.raises(UnknownArticle):
        article_helped(known.eva, article="printer-of-the-board")
    problem = known.opened(kind="problem")
    for _ in range(2):
        use_article(known.bo, article=code, numbers=[problem, known.opened()])
    assert case(known.bo, number=problem).articles == [(code, "Printer stays silent")]
    assert len(article(known.bo, code=code).cases) == 3


def test_pages_suggest_while_one_asks(known: Desk) -> None:
    eva, bo = Client(), Client()
    for name, client in (("eva", eva), ("bo", bo)):
        client.post("/sign-in", {"user": name, "password": PASSWORD})
    found = eva.get("/ict/catalogue?q=silent printer").content.decode()
    assert "Printer stays silent" in found
    assert "title=silent+printer" in found
    part = bo.get("/ict/telephone/articles?title=silent printer").content.decode()
    assert "Printer of the board" in part
    page = eva.get("/ict/articles/printer-stays-silent")
    assert page.status_code == 200 and "article-helped" in page.content.decode()
    for address in (
        "/ict/articles", "/ict/articles/printer-of-tomorrow", "/ict/telephone",
        "/ict/do/change-article?article.code=printer-of-tomorrow",
        f"/ict/cases/{known.opened()}",
    ):  # fmt: skip
        assert bo.get(address).status_code == 200
