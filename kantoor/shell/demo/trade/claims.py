"""What people of the trading company claimed, who applied there, and what they are certified for."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from kantoor.departments.hr.actions.expenses.categories import add_expense_categories
from kantoor.departments.hr.actions.expenses.claiming import (
    claim_expense,
    claim_expenses,
    submit_claims,
)
from kantoor.departments.hr.actions.expenses.deciding import approve_claim
from kantoor.departments.hr.actions.expenses.posting import post_claim
from kantoor.departments.hr.actions.growth.candidates import (
    add_candidate,
    move_candidates,
    plan_interview,
)
from kantoor.departments.hr.actions.growth.certificates import add_certificates
from kantoor.departments.hr.actions.growth.vacancies import open_vacancy
from kantoor.departments.hr.actions.privacy.rules import (
    RuleDraft,
    set_retention_rule,
    take_over_periods,
)
from kantoor.departments.hr.drafts_expenses import CategoryDraft, ExpenseDraft, Receipt
from kantoor.departments.hr.drafts_growth import ApplicationDraft, CertificateDraft, VacancyDraft
from kantoor.kernel.actors.actor import Actor

ZONE = ZoneInfo("Europe/Amsterdam")
RECEIPT = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 226 340]>>endobj\ntrailer<</Root 1 0 R>>\n"
CATEGORIES = (
    CategoryDraft(code="hotel", name="Hotel", account="45625", tax="P9", most_minor=17_500),
    CategoryDraft(code="ov", name="Openbaar vervoer", account="45625", tax="P9"),
    CategoryDraft(code="km", name="Eigen auto", account="40880", kind="mileage"),
    CategoryDraft(
        code="buitenland", name="Dagvergoeding buitenland", account="45625", kind="per_diem",
        rate=Decimal(65),
    ),
    CategoryDraft(code="eten", name="Eten met relaties", account="45620", most_minor=7_500),
    CategoryDraft(
        code="spullen", name="Kleine aankopen", account="45625", tax="P21",
        receipt_from_minor=2_500,
    ),
)  # fmt: skip
APPLICANTS = (
    ("Sofie van Leeuwen", "Ik werk nu drie jaar in een magazijn en rijd heftruck.", True),
    ("Mees Hoekstra", "Na mijn studie logistiek zoek ik een eerste baan.", False),
    ("Dilara Kaya", "Ik wil graag dichter bij huis werken.", True),
)


def have_claims(officer: Actor, claimant: Actor, controller: Actor, today: date) -> None:
    """Claims of one person: repaid soon, waiting for a decision, and still being written."""
    add_expense_categories(officer, categories=CATEGORIES)
    receipt = Receipt(name="hotel.pdf", content=RECEIPT)
    fair = today - timedelta(days=20)
    posted = claim_expense(
        claimant,
        title="Beurs in Antwerpen",
        expense=ExpenseDraft(
            category="hotel", date=fair, amount=14_900, text="Een nacht bij de beurs"
        ),
        receipt=receipt,
    )
    claim_expenses(
        claimant,
        claim=posted,
        expenses=[
            ExpenseDraft(category="buitenland", date=fair, quantity=Decimal(2)),
            ExpenseDraft(category="ov", date=fair, amount=4_360, text="Trein heen en terug"),
        ],
    )
    waiting = claim_expenses(
        claimant,
        title="Klantbezoeken",
        expenses=[
            ExpenseDraft(
                category="km", date=today - timedelta(days=days), quantity=Decimal(km), text=who
            )
            for days, km, who in ((9, 84, "Zwolle"), (6, 132, "Arnhem"), (3, 58, "Apeldoorn"))
        ],
    )
    submit_claims(claimant, claims=[posted, waiting])
    approve_claim(officer, claim=posted)
    post_claim(controller, claim=posted)
    lunch = ExpenseDraft(
        category="eten", date=today - timedelta(days=2), amount=6_240, text="Lunch met een inkoper"
    )
    claim_expenses(claimant, title="Deze maand", expenses=[lunch])


def have_growth(officer: Actor, today: date) -> None:
    """A vacancy with candidates in several stages, and certificates of which one expires soon."""
    code = open_vacancy(
        officer,
        vacancy=VacancyDraft(
            title="Magazijnmedewerker",
            text="Je ontvangt goederen, zet orders klaar en houdt het magazijn op orde.\n\n"
            "Wij bieden een vaste ploeg, een goed rooster en een heftruckopleiding.",
            place="Deventer",
            hours="32 tot 40 uur",
            closes_on=today + timedelta(days=30),
        ),
    )
    keys = [
        add_candidate(
            officer,
            application=ApplicationDraft(
                vacancy=code,
                name=name,
                email=f"{name.split()[0].lower()}@example.com",
                letter=letter,
                consent=consent,
            ),
        )
        for name, letter, consent in APPLICANTS
    ]
    when = datetime.combine(today + timedelta(days=4), time(10), ZONE)
    plan_interview(officer, candidate=keys[0], at=when, place="Kamer 2")
    move_candidates(officer, candidates=[keys[1]], stage="refused")
    add_certificates(
        officer,
        certificates=[
            CertificateDraft(
                employee=employee, name=name, issuer=issuer,
                obtained_on=today - timedelta(days=5 * 365 - days),
                expires_on=today + timedelta(days=days),
            )
            for employee, name, issuer, days in (
                ("M0110", "Heftruck", "TCVT", 400),
                ("M0111", "Heftruck", "TCVT", 35),
                ("M0105", "Bedrijfshulpverlening", "NIBHV", -12),
            )
        ],
    )  # fmt: skip
    certificate = RuleDraft(
        table="hr_certificate", field="obtained_on", months=120, ground="Tien jaar"
    )
    set_retention_rule(officer, rule=certificate)
    take_over_periods(officer)
