"""Forms from signatures: fields by kind, both notations, errors in place, drafts, what follows."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from kantoor.kernel.actors.actor import Actor
from kantoor.kernel.pages.tests import demo
from kantoor.kernel.pages.tests.demo import Portion, Voucher

FORM = "/kernel/do/book-voucher"


def lines(*rows: dict[str, str], count: int | None = None) -> dict[str, str]:
    typed = {"lines-TOTAL_FORMS": str(count or len(rows)), "lines-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        typed |= {f"lines-{place}-{name}": value for name, value in row.items()}
    return typed


GOOD = lines(
    {"account": "4000", "debit": "1.234,50", "quantity": "2,5"},
    {"account": "", "debit": ""},
    {"account": "1600", "credit": "1,234.50"},
    {"account": "9999", "debit": "1", "DELETE": "on"},
)


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_every_parameter_has_a_field_of_its_kind(site: Client) -> None:
    page = page_of(site.get(FORM))
    assert re.search(r'<input type="date" name="voucher.date"[^>]*required', page)
    assert re.search(r'name="voucher.due_days" value="30"', page)
    assert re.search(r'type="checkbox" name="urgent"', page)
    assert re.search(r'<select name="kind"', page)
    assert re.search(r'name="lines-0-debit"[^>]*inputmode="decimal"', page)
    assert 'name="lines-0-line"' not in page
    assert 'name="lines-0-labels"' not in page
    assert "<h1>Book a voucher</h1>" in page


def test_labels_are_dutch_where_the_reader_is(site: Client) -> None:
    site.cookies["language"] = "nl"
    page = page_of(site.get(FORM))
    assert "Datum" in page
    assert "Rekening" in page


def test_what_is_typed_reaches_the_action_in_minor_units(site: Client) -> None:
    typed = {"voucher.date": "2011-06-30", "voucher.text": "Rent", "kind": "cash", **GOOD}
    answer = site.post(FORM, typed)
    assert answer["Location"] == "/demo/vouchers/7"
    voucher = Voucher(
        date=date(2011, 6, 30),
        text="Rent",
        lines=[
            Portion(account="4000", amount=123_450, quantity=Decimal("2.5"), line=1),
            Portion(account="1600", amount=-123_450, line=2),
        ],
    )
    assert demo.received == [(voucher, False, "cash")]


def test_success_is_told_once_with_what_was_made(site: Client) -> None:
    site.post(FORM, {"voucher.date": "30-6-2011", "kind": "bank", **GOOD})
    assert "Book a voucher: Voucher V-7 is done." in page_of(site.get("/demo/people"))
    assert "V-7 is done" not in page_of(site.get("/demo/people"))


def test_faults_stand_at_their_field_with_a_summary_and_what_was_typed(site: Client) -> None:
    answer = site.post(FORM, {"voucher.date": "31-2-2011", "voucher.text": "Rent", **GOOD})
    assert answer.status_code == 422
    page = page_of(answer)
    assert "2 things to put right" in page
    assert 'href="#id_voucher.date"' in page
    assert "is no date. Type it as 31-3-2011." in page
    assert 'value="Rent"' in page
    assert 'value="1.234,50"' in page
    assert demo.received == []


def test_too_many_decimals_are_refused_at_the_line(site: Client) -> None:
    typed = lines({"account": "1", "debit": "1.005"}, {"account": "2", "credit": "1"})
    page = page_of(site.post(FORM, {"voucher.date": "2011-06-30", "kind": "bank", **typed}))
    assert 'href="#id_lines-0-debit"' in page
    assert "Use at most 2 decimals." in page


def test_the_action_s_own_refusals_find_their_line_and_field(site: Client) -> None:
    typed = lines(
        {"account": "4000", "debit": "1"},
        {"account": ""},
        {"account": "rent", "credit": "0.50"},
        {"account": "till", "credit": "0.50"},
    )
    answer = site.post(FORM, {"voucher.date": "2011-06-30", "kind": "bank", **typed})
    assert answer.status_code == 422
    page = page_of(answer)
    assert 'href="#id_lines-2-account"' in page
    assert 'href="#id_lines-3-account"' in page
    assert page.count("There is no such account.") == 4  # in the summary and at both fields


def test_a_refusal_about_the_lines_stands_above_them(site: Client) -> None:
    typed = lines({"account": "1", "debit": "1"})
    page = page_of(site.post(FORM, {"voucher.date": "2011-06-30", "kind": "bank", **typed}))
    assert 'href="#lines"' in page


def test_a_nested_field_is_found_by_its_last_name(site: Client) -> None:
    typed = {"voucher.date": "2011-06-30", "voucher.text": "late", "kind": "bank", **GOOD}
    page = page_of(site.post(FORM, typed))
    assert re.search(r'href="#id_voucher.date">Date: Use a day of this year', page)


def test_lines_are_needed(site: Client) -> None:
    typed = {"voucher.date": "2011-06-30", "kind": "bank", **lines({"account": ""})}
    answer = site.post(FORM, typed)
    # No line at all adds up to nothing: this action takes it, with an empty sequence.
    assert answer.status_code == 302
    assert demo.received[0][0].lines == []  # type: ignore[index]


def test_the_address_fills_in(site: Client) -> None:
    query = (
        "voucher.text=Rent&voucher.date=2011-06-30&urgent=true&kind=cash&voucher.due_days=x"
        '&voucher.lines=[{"account":"4000","amount":-5}]'
    )
    page = page_of(site.get(f"{FORM}?{query}"))
    assert 'value="2011-06-30"' in page
    assert re.search(r'name="urgent"[^>]* checked', page)
    assert '<option value="cash" selected>' in page
    assert 'name="lines-0-credit" value="0.05"' in page
    assert 'name="voucher.due_days" value="30"' in page


def test_lines_filled_in_and_left_alone_count(site: Client) -> None:
    query = '?voucher.lines=[{"account":"4000","amount":-5}]'
    typed = lines({"account": "4000", "credit": "0.05"}, {"account": "1", "debit": "0.05"})
    typed |= {"lines-INITIAL_FORMS": "1", "voucher.date": "2011-06-30", "kind": "bank"}
    assert site.post(FORM + query, typed).status_code == 302
    assert len(demo.received[0][0].lines) == 2  # type: ignore[index]


# --- changing something


def test_present_values_are_filled_in_and_can_be_emptied(site: Client) -> None:
    url = "/kernel/do/set-limit?user=anne"
    page = page_of(site.get(url))
    assert 'value="1,234.56"' in page
    assert 'value="anne@example.test"' in page
    site.post(url, {"user": "anne", "limit_minor": "", "email": "", "roles": ["clerk", "chief"]})
    assert demo.received == [("anne", None, "", ("clerk", "chief"))]


def test_a_choice_that_is_not_offered_is_refused(site: Client) -> None:
    answer = site.post("/kernel/do/set-limit", {"user": "anne", "roles": ["king"]})
    assert answer.status_code == 422


# --- at once


def test_a_button_does_it_without_a_form(site: Client) -> None:
    given = {"user": "anne", "limit_minor": "500", "at_once": "1", "next": "/demo/people"}
    assert site.post("/kernel/do/set-limit", given)["Location"] == "/demo/people"
    assert demo.received == [("anne", 500, None, ())]


def test_what_a_button_lacks_is_asked_in_the_form(site: Client) -> None:
    answer = site.post("/kernel/do/set-limit", {"limit_minor": "500", "at_once": "1"})
    assert answer.status_code == 422
    page = page_of(answer)
    assert "Fill this in." in page
    assert 'value="5.00"' in page


def test_one_never_comes_back_to_another_site(site: Client) -> None:
    given = {"user": "anne", "limit_minor": "5", "at_once": "1", "next": "//evil.test/x"}
    assert "evil" not in site.post("/kernel/do/set-limit", given)["Location"]


# --- who may


def test_hidden_unknown_and_forbidden_actions_have_no_form(site: Client) -> None:
    assert site.get("/kernel/do/found-company").status_code == 404
    assert site.get("/kernel/do/fly").status_code == 404
    demo.acting[0] = Actor(user_id=2, name="Bram", company_id=1, permissions=frozenset({"x"}))
    assert site.get(FORM).status_code == 403
    assert site.post(FORM, {}).status_code == 403
    assert site.post(FORM, {"at_once": "1"}).status_code == 403


def test_a_secret_is_shown_once_and_not_kept(site: Client) -> None:
    answer = site.post("/kernel/do/make-key", {"user": "anne"})
    assert answer.status_code == 200
    assert "correct horse" in page_of(answer)
    assert answer["Cache-Control"] == "no-store"
    assert "correct horse" not in page_of(site.get("/demo/people"))


# --- drafts


def test_a_draft_keeps_what_was_typed_and_says_nothing_of_faults(site: Client) -> None:
    typed = {"voucher.text": "Half", "kind": "cash", "urgent": "on"}
    typed |= lines({"account": "40", "debit": "12,"}, {"account": ""})
    assert site.post(f"{FORM}?draft=1", typed).status_code == 204
    page = page_of(site.get(FORM))
    assert "This is the draft of" in page
    assert 'value="Half"' in page
    assert 'name="lines-0-debit" value="12,"' in page
    assert re.search(r'name="urgent"[^>]* checked', page)
    assert "to put right" not in page
    site.get(f"{FORM}?draft=1")
    assert "Half" not in page_of(site.get(FORM))


def test_a_draft_is_of_one_form_and_gone_when_done(site: Client) -> None:
    site.post(f"{FORM}?draft=1", {"voucher.text": "Half"})
    assert "Half" not in page_of(site.get(f"{FORM}?voucher.text=Other"))
    site.post(FORM, {"voucher.date": "2011-06-30", "kind": "bank", **GOOD})
    assert "Half" not in page_of(site.get(FORM))


def test_drafts_are_bounded(site: Client) -> None:
    assert site.post(f"{FORM}?draft=1", {"voucher.text": "x" * 70_000}).status_code == 413
    for number in range(14):
        site.post(f"{FORM}?draft=1&voucher.text={number}", {"voucher.text": "Half"})
    assert len([name for name in list(site.session.keys()) if name.startswith("draft:")]) == 10


@pytest.mark.parametrize("typed", ["1.234,5", "1234.50", "1,234.50", "1 234,50"])
def test_amounts_are_read_in_every_notation(site: Client, typed: str) -> None:
    site.post("/kernel/do/set-limit", {"user": "anne", "limit_minor": typed})
    assert demo.received[0][1] == 123_450  # type: ignore[index]
