"""What the help desk of the trading company offers and writes often, and what was asked of it."""

from kantoor.departments.ict.actions.articles.writing import publish_articles, write_article
from kantoor.departments.ict.actions.canned.keeping import keep_canned_answer, keep_case_template
from kantoor.departments.ict.actions.catalogue.arranging import add_catalogue_item
from kantoor.departments.ict.actions.catalogue.asking import request_items
from kantoor.departments.ict.drafts_articles import ArticleDraft
from kantoor.departments.ict.drafts_canned import AnswerDraft, TemplateDraft
from kantoor.departments.ict.drafts_catalogue import FieldDraft, ItemDraft, RequestDraft
from kantoor.kernel.actors.actor import Actor

WHY = FieldDraft(label="Waarvoor", kind="long", hint="In een paar woorden.")
ITEMS = (
    ItemDraft(
        code="laptop", name="Laptop", section="Werkplek", service="werkplek", queue="balie",
        text="Een laptop met dockingstation, klaar voor gebruik. Levertijd: vijf werkdagen.",
        approval="role", role="ict_manager", tasks="Uit voorraad halen\nInstalleren\nUitgeven",
        fields=(
            FieldDraft(label="Voor wie", kind="person", required=True),
            FieldDraft(label="Formaat", kind="choice", choices="13 inch; 15 inch", required=True),
            FieldDraft(label="Nodig op", kind="date", least=5, most=120),
            FieldDraft(label="Vervangt", kind="device"),
            WHY,
        ),
    ),
    ItemDraft(
        code="scherm", name="Extra beeldscherm", section="Werkplek", service="werkplek",
        queue="balie", text="Een tweede scherm van 27 inch voor op je bureau.",
        tasks="Uit voorraad halen\nAansluiten", fields=(
            FieldDraft(label="Aantal", kind="number", least=1, most=2, required=True),
            FieldDraft(label="Kamer", required=True, most=40),
        ),
    ),
    ItemDraft(
        code="mobiel", name="Mobiele telefoon", section="Werkplek", service="telefonie",
        queue="balie", text="Toestel met abonnement, voor wie onderweg bereikbaar moet zijn.",
        approval="manager", tasks="Nummer aanvragen\nToestel uitgeven",
        fields=(FieldDraft(label="Met data voor buiten de EU", kind="choice",
                           choices="Ja; Nee", required=True), WHY),
    ),
    ItemDraft(
        code="map", name="Toegang tot een map", section="Toegang", service="werkplek",
        queue="balie", text="Lezen of schrijven in een gedeelde map.", approval="owner",
        fields=(
            FieldDraft(label="Welke map", required=True, most=200),
            FieldDraft(label="Wat mag je", kind="choice", choices="Lezen; Lezen en schrijven",
                       required=True),
            FieldDraft(label="Tot en met", kind="date", least=0, hint="Leeg is zonder eind."),
        ),
    ),
    ItemDraft(
        code="vpn", name="Thuis werken (VPN)", section="Toegang", service="netwerk",
        queue="netwerk", text="Veilig bij de systemen van kantoor, vanaf je eigen plek.",
        approval="manager", fields=(WHY,),
    ),
)  # fmt: skip
ASKED = (
    RequestDraft(item="laptop", requester="M0107", answers={
        "voor-wie": "M0107", "formaat": "15 inch", "waarvoor": "De oude haalt de lunch niet."}),
    RequestDraft(item="scherm", requester="M0103", answers={"aantal": "1", "kamer": "1.12"}),
    RequestDraft(item="map", requester="M0110", answers={
        "welke-map": "Inkoop/Contracten", "wat-mag-je": "Lezen"}),
)  # fmt: skip


ANSWERS = (
    AnswerDraft(
        code="opnieuw",
        name="Opnieuw opstarten",
        text_nl="Dag {first_name},\n\nWil je je laptop helemaal uitzetten en opnieuw starten? "
        "Laat in {number} weten of het daarna werkt.\n\nGroet, {me}",
        text_en="Hello {first_name},\n\nCould you shut your laptop down and start it again? "
        "Tell us in {number} whether it works then.\n\nRegards, {me}",
    ),
    AnswerDraft(
        code="bezig",
        name="We zijn ermee bezig",
        text_nl="Dag {first_name},\n\nWe kijken naar “{title}”. Je hoort vandaag nog van ons."
        "\n\nGroet, {me}",
        text_en="Hello {first_name},\n\nWe are looking at “{title}”. You hear from us today."
        "\n\nRegards, {me}",
    ),
    AnswerDraft(
        code="wachtwoord",
        name="Wachtwoord opnieuw gezet",
        text_nl="Dag {first_name},\n\nJe wachtwoord is opnieuw gezet; je kiest bij het aanmelden "
        "een nieuw.\n\nGroet, {me}",
        text_en="Hello {first_name},\n\nYour password was reset; choose a new one when you sign "
        "in.\n\nRegards, {me}",
    ),
)
TEMPLATES = (
    TemplateDraft(
        code="wachtwoord",
        name="Wachtwoord vergeten",
        title_nl="Wachtwoord vergeten",
        title_en="Password forgotten",
        service="werkplek",
        queue="balie",
        impact=3,
        urgency=2,
    ),
    TemplateDraft(
        code="scanner",
        name="Scanner in het magazijn",
        title_nl="Scanner in het magazijn werkt niet",
        title_en="Scanner in the warehouse does not work",
        text_nl="Nummer van de scanner:\nWelke hal:",
        text_en="Number of the scanner:\nWhich hall:",
        service="magazijn",
        queue="balie",
        impact=2,
        urgency=1,
    ),
)


ARTICLES = (
    ArticleDraft(
        title="Wachtwoord zelf opnieuw instellen",
        keywords="wachtwoord aanmelden vergeten",
        text="Kies bij het aanmelden “Wachtwoord vergeten”.\n\nJe krijgt binnen een minuut een "
        "bericht op je telefoon.\n\nKies een zin van minstens vier woorden.",
    ),
    ArticleDraft(
        title="Tweede beeldscherm wordt niet herkend",
        keywords="scherm monitor docking kabel",
        text="Trek de stekker van het dockingstation eruit en tel tot tien.\n\nSluit eerst het "
        "scherm aan en daarna je laptop.",
    ),
    ArticleDraft(
        title="Wifi in de kantine valt weg",
        kind="error",
        keywords="wifi kantine verbinding",
        text="Het toegangspunt in de kantine raakt vol rond lunchtijd.\n\nTot het vervangen is: "
        "kies het netwerk De Linde Gast.",
        service="netwerk",
    ),
)


def have_a_catalogue(manager: Actor, agent: Actor) -> None:
    """Offer a handful of things, and let colleagues ask for three of them by the desk."""
    for item in ITEMS:
        add_catalogue_item(manager, item=item)
    request_items(agent, requests=ASKED)
    for answer in ANSWERS:
        keep_canned_answer(manager, answer=answer)
    publish_articles(agent, codes=[write_article(agent, article=each) for each in ARTICLES])
    for template in TEMPLATES:
        keep_case_template(manager, template=template)
