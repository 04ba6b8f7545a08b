"""What banks write in :86:, in CSV and in OFX, and bytes that are none of it."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kantoor.departments.finance.formats.bank.information import Said, information
from kantoor.departments.finance.formats.bank.model import BankFileError, BankStatement
from kantoor.departments.finance.formats.bank.mt940 import read_mt940
from kantoor.departments.finance.formats.bank.proof import faults_of
from kantoor.departments.finance.formats.bank.reading import read_bank_file
from kantoor.departments.finance.formats.bank.table import mappings, read_mapping
from kantoor.departments.finance.queries.banking.references import (
    candidates,
    is_ogm,
    is_rf,
    ogm_of,
    rf_of,
    structured,
)
from kantoor.departments.finance.tests.banking.papers import ABN, ING, Row, camt, mt940


def said(text: str, supplement: str = "") -> Said:
    return information([text], supplement)


def test_abn_amro_writes_codes_broken_over_lines() -> None:
    found = said(
        "/TRTP/SEPA OVERBOEKING/IBAN/NL20INGB0001234567/BIC/INGBNL2A\n"
        "/NAME/MOLEN BV/REMI/FACTUUR 2011-00012/EREF/NOTPRO\nVIDED"
    )
    assert (found.iban, found.bic, found.name) == (ING, "INGBNL2A", "MOLEN BV")
    assert (found.text, found.kind) == ("FACTUUR 2011-00012", "SEPA OVERBOEKING")


def test_abn_amro_wrote_labels_before() -> None:
    found = said(
        "SEPA OVERBOEKING                 IBAN: NL20INGB0001234567\n"
        "BIC: INGBNL2A                    NAAM: MOLEN BV\n"
        "OMSCHRIJVING: FACTUUR 12         KENMERK: E-1"
    )
    assert (found.iban, found.name, found.text) == (ING, "MOLEN BV", "FACTUUR 12")
    assert found.end_to_end == "E-1"


def test_ing_writes_the_counterparty_with_slashes() -> None:
    found = said(
        "/EREF/EV12341REP1231456T1234//CNTP/NL20INGB0001234567/INGBNL2A/ING BANK"
        "///REMI/USTD//EV10001REP1000000T1000/"
    )
    assert (found.iban, found.bic, found.name) == (ING, "INGBNL2A", "ING BANK")
    assert (found.text, found.end_to_end) == ("EV10001REP1000000T1000", "EV12341REP1231456T1234")


def test_a_structured_reference_is_told_apart() -> None:
    found = said("/EREF/X//REMI/STRD/CUR/9001123412341234/")
    assert (found.text, found.creditor_reference) == ("", "9001123412341234")


def test_rabobank_names_who_is_paid() -> None:
    found = said("/BENM//NAME/JOHN DOE/REMI/Reference 201301234/ISDT/2013-01-02", "P001234567")
    assert (found.name, found.text) == ("JOHN DOE", "Reference 201301234")


def test_a_return_gives_its_reason() -> None:
    assert said("/RTRN/MS03//REMI/USTD//back/").returned == "MS03"


def test_german_subfields_run_on() -> None:
    found = said(
        "166?00GUTSCHRIFT?100399?20EREF+E-1?21SVWZ+Rechnung 4711 vom erst?22en Mai"
        "?30DEUTDEDB237?31DE93230707000621787100?32Max Muster?33mann"
    )
    assert (found.end_to_end, found.name) == ("E-1", "Max Mustermann")
    assert found.text == "Rechnung 4711 vom ersten Mai"
    assert (found.iban, found.bic, found.kind) == (
        "DE93230707000621787100", "DEUTDEDB237", "166",
    )  # fmt: skip


def test_sns_writes_account_and_name_first() -> None:
    found = said("0987654321 marechal s\n     \ndit is een test")
    assert (found.iban, found.name, found.text) == ("0987654321", "marechal s", "dit is een test")


def test_thirty_days_of_february_are_the_banks() -> None:
    content = mt940(0, Row("2011-02-28", 100)).replace(b":61:1102280228", b":61:1102300228")
    [statement] = read_mt940(content).statements
    assert statement.entries[0].valued_on == date(2011, 2, 28)
    with pytest.raises(BankFileError):
        read_mt940(content.replace(b"110230", b"110231"))


def test_the_day_of_booking_lies_near_the_value_date() -> None:
    content = mt940(0, Row("2011-12-31", 100)).replace(b":61:1112311231", b":61:1112310102")
    [statement] = read_mt940(content).statements
    assert statement.entries[0].booked_on == date(2012, 1, 2)


CSV = {
    "rabobank": (
        '"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn",'
        '"Tegenrekening IBAN/BBAN","Naam tegenpartij","Naam uiteindelijke partij",'
        '"Naam initiërende partij","BIC tegenpartij","Code","Batch ID","Transactiereferentie",'
        '"Machtigingskenmerk","Incassant ID","Betalingskenmerk","Omschrijving-1",'
        '"Omschrijving-2","Omschrijving-3","Reden retour","Oorspr bedrag","Oorspr munt","Koers"\n'
        f'"{ABN}","EUR","RABONL2U","000001","2011-03-02","2011-03-02","+50,00","+150,00",'
        f'"{ING}","Molen BV","","","INGBNL2A","cb","","E-1","","","","invoice 1","","","","","",""\n'
    ),
    "ing-balance": (
        '"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";"Bedrag (EUR)";'
        '"Mutatiesoort";"Mededelingen";"Saldo na mutatie";"Tag"\n'
        f'"20110302";"Molen BV";"{ABN}";"{ING}";"GT";"Bij";"50,00";"Online";"invoice 1";"150,00";""\n'
    ),
    "abnamro": f"{ABN}\tEUR\t20110302\t100,00\t150,00\t20110302\t50,00\tinvoice 1\n",
    "kbc": (
        "Rekeningnummer;Rubrieknaam;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;"
        "Saldo;credit;debet;rekeningnummer tegenpartij;BIC tegenpartij;Naam tegenpartij;"
        "Adres tegenpartij;gestructureerde mededeling;Vrije mededeling\n"
        f"{ABN};;Bakker;EUR;1;02/03/2011;x;02/03/2011;50,00;150,00;50,00;;{ING};INGBNL2A;Molen BV;;"
        ";invoice 1\n"
    ),
}


@pytest.mark.parametrize("name", CSV)
def test_a_banks_csv_is_found_out_and_proved_by_its_balances(name: str) -> None:
    found = read_bank_file(CSV[name].encode("cp1252"))
    assert found.form == f"csv/{name}"
    [statement] = found.statements
    assert statement.opening is not None
    assert (statement.opening.amount, statement.moved) == (10_000, 5_000)
    assert list(faults_of(statement)) == []
    assert statement.account == ABN


def test_a_csv_without_balances_can_not_be_proved() -> None:
    plain = CSV["ing-balance"].replace(';"Saldo na mutatie"', "").replace(';"150,00"', "")
    found = read_bank_file(plain.replace(";", ",").encode())
    assert found.form == "csv/ing-plain"
    assert [each.rule for each in faults_of(found.statements[0])] == ["bank.no_closing"]


def test_every_mapping_that_comes_along_is_one() -> None:
    assert len({each.name for each in mappings()}) == len(mappings()) >= 6
    with pytest.raises(BankFileError):
        read_mapping(b"name = 1")


OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>1<ACCTID>{account}
</BANKACCTFROM><BANKTRANLIST><DTSTART>20110301<DTEND>20110331
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20110302120000.000[-5:EST]<TRNAMT>50.00<FITID>1<NAME>Molen &amp; Co
</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>150.00<DTASOF>20110331</LEDGERBAL></STMTRS></STMTTRNRS>
</BANKMSGSRSV1></OFX>"""


def test_ofx_leaves_its_tags_open() -> None:
    [statement] = read_bank_file(OFX.format(account=ABN).encode()).statements
    assert statement.entries[0].parts[0].name == "Molen & Co"
    assert statement.entries[0].booked_on == date(2011, 3, 2)
    assert (statement.opening, statement.closing and statement.closing.amount) == (None, 15_000)
    assert list(faults_of(statement)) == []


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
<BkToCstmrStmt>&b;</BkToCstmrStmt></Document>"""


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        b'<Document xmlns="camt.053.001.02"><BkToCstmrStmt>' + b"<a>" * 5_000,
        b"<?xml version='1.0' encoding='none'?><Document>camt.053.001.02</Document>",
        OFX.format(account=ABN).replace("<OFX>", "<!ENTITY x 'y'><OFX>").encode(),
        b":20:X\n:86:" + b"x" * 30_000,
        b"\xff\xfe:\x002\x00",
    ],
)
def test_hostile_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(BankFileError):
        read_bank_file(content)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b":20:X\n:25:1\n", b"OFXHEADER:100\n<OFX>"]))
def test_whatever_the_bytes_only_its_own_error_is_raised(content: bytes, head: bytes) -> None:
    with suppress(BankFileError):
        read_bank_file(head + content)


ROWS = st.lists(
    st.builds(
        Row,
        on=st.dates(date(2011, 3, 1), date(2011, 3, 31)).map(date.isoformat),
        amount=st.integers(-(10**9), 10**9).filter(bool),
        text=st.text("abc 123", max_size=60),
        name=st.text("ABC def", max_size=30),
        iban=st.sampled_from(["", ABN, ING]),
        **dict.fromkeys(("reference", "end_to_end", "structured", "returned"), st.just("")),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(st.integers(-(10**9), 10**9), ROWS)
def test_what_is_written_is_read_again(opening: int, rows: list[Row]) -> None:
    for form in (mt940, camt):
        [statement] = read_bank_file(form(opening, *rows)).statements
        assert isinstance(statement, BankStatement)
        assert statement.opening is not None
        assert statement.opening.amount == opening
        assert [entry.amount for entry in statement.entries] == [row.amount for row in rows]
        assert [entry.booked_on.isoformat() for entry in statement.entries] == [r.on for r in rows]
        assert list(faults_of(statement)) == []


@given(st.from_regex(r"[A-Z0-9]{1,21}", fullmatch=True))
def test_a_made_reference_holds_by_its_digits(number: str) -> None:
    assert is_rf(rf_of(number))
    assert is_ogm(ogm_of(number))


def test_references_are_found_as_people_write_them() -> None:
    assert structured("RF18 5390 0754 7034", "") == ["RF18539007547034"]
    assert structured("", "thanks RF18 5390 0754 7034 bye") == ["RF18539007547034"]
    assert structured("", "+++090/9337/55493+++") == ["090933755493"]
    assert structured("", "+++090/9337/55494+++") == []
    assert "201100012" in set(candidates("payment of 2011-00012"))
