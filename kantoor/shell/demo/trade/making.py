"""Make the trading company: a year of its work, up to the day before today."""

from datetime import date, timedelta

from kantoor.departments.finance.actions.closing import close_periods
from kantoor.departments.finance.actions.paying.proposing import propose_payments
from kantoor.kernel.actors.actor import Actor, actor_for, console_actor, installation_actor
from kantoor.kernel.actors.models import Company, User
from kantoor.kernel.actors.roles import grant_role
from kantoor.shell.demo.calendar import Month, months_until
from kantoor.shell.demo.people import PEOPLE
from kantoor.shell.demo.trade import (
    absence,
    bank,
    books,
    buying,
    catalogue,
    claims,
    colleagues,
    equipment,
    group,
    growing,
    help_desk,
    helped,
    hours,
    pressing,
    relations,
    selling,
    staffing,
    steering,
    tax,
    telling,
    wages,
)
from kantoor.shell.demo.trade.office import Office
from kantoor.shell.founding import found_company

WHOLE_QUARTER = timedelta(days=100)
LEFT_TO_PAY = timedelta(days=12)
"""Suppliers' invoices due in the last days are not paid yet: a payment run is."""


def make_trade(today: date) -> str:
    """Make the trading company and its sister; gives its name.

    Its books begin with the year of a hundred days ago, so that a quarter is always over.
    """
    office = _found(relations.BUYER, "NL")
    bookkeeper, controller = office.bookkeeper, office.controller
    months = months_until(Month((today - WHOLE_QUARTER).year, 1), today - timedelta(days=1))
    books.open_books(bookkeeper, controller, months[0])
    bank.open_account(bookkeeper)
    books.know_rates(bookkeeper, months[0], today)
    relations.know_them(office, months[0])
    buying.buy(bookkeeper, months, today)
    selling.sell(bookkeeper, months, today)
    books.pay_wages(bookkeeper, months, today)
    paid = tax.file_tax(bookkeeper, controller, months, today)
    movements = bank.movements_of(
        months,
        selling.receipts(bookkeeper, today),
        buying.bills(months, today - LEFT_TO_PAY),
        today,
    )
    bank.take_in_statements(bookkeeper, months, books.OPENING_BANK, [*movements, *paid])
    books.own_things(bookkeeper, months)
    books.spread_costs(bookkeeper, months)
    books.plan_ahead(bookkeeper, controller, months[0].year)
    buying.order(bookkeeper, controller, today)
    selling.remind(bookkeeper)
    propose_payments(bookkeeper, due_until=today + timedelta(days=7))
    group.have_a_sister(office, _found(group.SISTER, "BE"), months)
    close_periods(controller, periods=[month.code for month in months[:-3]], how="soft")
    colleagues.know_colleagues(console_actor(Company.objects.get(name=relations.BUYER)))
    company = Company.objects.get(name=relations.BUYER)
    staffing.have_staff(console_actor(company), today)
    officer, claimant = _actor(company, "helen"), _actor(company, "emma")
    claims.have_claims(officer, claimant, controller, today)
    claims.have_growth(officer, today)
    growing.have_reviews(officer, claimant, today)
    growing.have_training(officer, today)
    wages.pay_people(_actor(company, "paul"), officer, office, today)
    absence.have_absence(officer, claimant, today)
    hours.have_hours(officer, claimant, _actor(company, "paul"), controller, today)
    hours.have_a_clock(officer, today)
    help_desk.have_a_help_desk(office.manager, office.agent, today)
    helped.have_been_helped(office.manager, office.agent, controller, today)
    catalogue.have_a_catalogue(office.manager, office.agent)
    equipment.have_equipment(office.manager, office.agent, today)
    telling.tell(_room(company, office), today)
    pressing.be_asked(_actor(company, telling.OFFICER))
    steering.steer(_actor(company, "dora"), controller, today)
    return relations.BUYER


def _room(company: Company, office: Office) -> telling.Room:
    return telling.Room(
        officer=_actor(company, telling.OFFICER),
        director=_actor(company, "dora"),
        manager=office.manager,
        readers=tuple(_actor(company, each) for each in ("emma", "iris", "helen", "carla")),
    )


def _found(name: str, country: str) -> Office:
    """A company where the people of the demonstration do what they do in the other."""
    found_company(installation_actor(), name=name, country=country, currency="EUR", language="nl")
    company = Company.objects.get(name=name)
    for person in PEOPLE:
        grant_role(console_actor(company), user=person.sign_in, role=person.role)
    people = ("boris", "carla", "sam", help_desk.AGENT, help_desk.MANAGER)
    return Office(*(_actor(company, sign_in) for sign_in in people))


def _actor(company: Company, sign_in: str) -> Actor:
    return actor_for(User.objects.get(sign_in=sign_in), company)
