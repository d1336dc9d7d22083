"""Personal data is seen while somebody writes, and ordinary words and figures are left in peace."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.personal_data import Finding, Kind, find


def kinds(text: str) -> list[Kind]:
    return [finding.kind for finding in find(text)]


@pytest.mark.parametrize(
    "written",
    [
        "850709-9805",
        "19850709-9805",
        "198507099805",
        "8507099805",
        "850709 9805",
        "19850709 9805",
        "850709 - 9805",
        "850709+9805",
        "1985-07-09-9805",
        "850709\u20119805",  # the hyphen that Word does not break at
        "850709–9805",
        "850709\u00a09805",
        "000229-0005",  # 29 February of a leap year
    ],
)
def test_a_personnummer_is_found_however_it_is_written(written):
    text = f"Pojken ({written}) ska kontaktas."
    assert find(text) == [Finding(Kind.PERSONAL_NUMBER, 8, 8 + len(written), written)]


def test_a_samordningsnummer_has_sixty_added_to_the_day():
    assert kinds("Mannen har 701063-2391.") == [Kind.COORDINATION_NUMBER]
    assert kinds("Mannen har 19701063-2391.") == [Kind.COORDINATION_NUMBER]


@pytest.mark.parametrize(
    "written",
    [
        "850709-9806",  # the check digit is wrong
        "851309-9807",  # no thirteenth month
        "850230-9803",  # no thirtieth of February
        "19010229-0004",  # no leap year
        "212000-0142",  # the city's organisationsnummer
        "850709-98055",
        "1850709-9805",
        "2024-08-50709-9805",
        "SDN 850709-9805/2024",
        "2024-05-12 1234",
    ],
)
def test_what_is_no_personnummer_is_left_in_peace(written):
    assert find(f"Se {written}.") == []


@pytest.mark.parametrize(
    "written",
    [
        "070-123 45 67",
        "0701234567",
        "070 123 45 67",
        "070-1234567",
        "073-012 34 56",
        "+46 70 123 45 67",
        "+46701234567",
        "+46 (0)70-123 45 67",
        "0046 70 123 45 67",
        "08-123 45 67",
        "08-12 34 56",
        "08 123 456 78",
        "(08) 123 45 67",
        "+46 8 123 45 67",
        "031-12 34 56",
        "0480-123 45",
        "0920-12 34 56",
        "08\u2011123\u00a045\u00a067",
    ],
)
def test_a_telephone_number_is_found_however_it_is_written(written):
    assert [(one.kind, one.text) for one in find(f"Nås på {written}, även kvällar.")] == [
        (Kind.TELEPHONE, written)
    ]


def test_a_landline_number_in_one_piece_is_found_where_it_is_called_one():
    assert kinds("Tel: 081234567") == [Kind.TELEPHONE]
    assert kinds("Serienummer 081234567") == []


def test_two_numbers_after_one_another_are_two():
    found = find("070-123 45 67 070-123 45 68")
    assert [finding.text for finding in found] == ["070-123 45 67", "070-123 45 68"]


@pytest.mark.parametrize(
    "written",
    [
        "2020-2022",
        "2020–2022",
        "1 234 567",
        "0,123 456 789",
        "08.00-16.00",
        "08 30-16 30",
        "0830-1630",
        "08-09-2024",
        "08-11-2024",
        "0121-1231",
        "0480-9876",
        "08-012 34 56",
        "070-123 45 678",
        "0771123456",
        "08092024",
        "2024-01-15",
        "2025-01-01 – 2025-12-31",
        "2025-01-01–2025-12-31",
        "SDN 2024/123",
        "A123.456/2024",
        "A012.345/2024",
        "Dnr 1.2.1-0123/2024",
        "dnr 0701-123456/2024",
        "TAL 2023/871",
        "FSK 2024-0812345",
        "FSK 2024-0701234567",
        "41 29 08 12",
        "från 412 till 389 anmälda brott",
        "114 14",
        "112",
        "010-123 45 67",
        "020-12 34 56",
        "0771-12 34 56",
        "08-508 00 000",
        "0-6 år",
        "årskurs 7–9",
        "18 kap. 1 § OSL",
        "bankgiro 123-4567",
        "plusgiro 12 34 56-7",
        "https://exempel.se/0701234567",
        "1 850 709 9805",
        "SFS 2023:196",
        "kl. 18–21, 08–12",
        "09–12 och 13–16",
    ],
)
def test_figures_dates_and_diarienummer_are_left_in_peace(written):
    assert find(f"Enligt {written} i planen.") == []


@pytest.mark.parametrize(
    "address",
    [
        "anna.andersson@gmail.com",
        "anna@hotmail.se",
        "anna@outlook.com",
        "anna@live.se",
        "anna@icloud.com",
        "anna@yahoo.co.uk",
        "anna@telia.com",
        "anna@comhem.se",
        "anna@bredband.net",
        "Anna.Andersson@GMAIL.COM",
        "anna+plan@gmail.com",
    ],
)
def test_a_private_address_is_found(address):
    assert find(f"Skriv till {address}.") == [Finding(Kind.EMAIL, 11, 11 + len(address), address)]


@pytest.mark.parametrize(
    "address",
    [
        "trygghet.skarpnack@stockholm.se",
        "registrator.stockholm@polisen.se",
        "info@svenskabostader.se",
        "forening@gmail.stockholm.se",
        "info@live.stockholm.se",
        "gmail.com",
        "@gmail.com",
    ],
)
def test_the_address_of_a_function_is_ordinary(address):
    assert find(f"Skriv till {address}.") == []


def test_the_sentence_says_what_it_looks_like():
    assert [finding.sentence for finding in find("070-123 45 67, anna@gmail.com")] == [
        "”070-123 45 67” ser ut som ett telefonnummer.",
        "”anna@gmail.com” ser ut som en privat e-postadress.",
    ]


def test_a_mobile_number_that_could_be_a_personnummer_is_one_thing():
    """070812-3450 adds up, and 2007-08-12 is a date."""
    assert kinds("0708123450") == [Kind.PERSONAL_NUMBER]
    assert kinds("Mobil: 0708123450") == [Kind.TELEPHONE]


def check_digit(nine: str) -> str:
    doubled = "".join(str(int(digit) * (2, 1)[place % 2]) for place, digit in enumerate(nine))
    return str(-sum(map(int, doubled)) % 10)


born = st.dates(date(1900, 1, 1), date(2030, 12, 31))


@given(day=born, number=st.integers(0, 999), coordination=st.booleans(), between=st.text("-+ "))
def test_every_number_that_adds_up_is_found(day, number, coordination, between):
    nine = f"{day:%y%m}{day.day + 60 * coordination:02}{number:03}"
    between = between[:1]
    written = f"{nine[:6]}{between or '-'}{nine[6:]}{check_digit(nine)}"
    kind = Kind.COORDINATION_NUMBER if coordination else Kind.PERSONAL_NUMBER
    for text in (written, f"{day.year // 100}{written}"):
        assert find(f"({text})") == [Finding(kind, 1, 1 + len(text), text)]


@given(day=born, number=st.integers(0, 999), wrong=st.integers(1, 9))
def test_no_number_with_a_wrong_check_digit_is_found(day, number, wrong):
    nine = f"{day:%y%m%d}{number:03}"
    last = (int(check_digit(nine)) + wrong) % 10
    # It may still look like a mobile number: 070123-4567.
    assert set(kinds(f"({nine[:6]}-{nine[6:]}{last})")) <= {Kind.TELEPHONE}


@given(text=st.text("0123456789 -+@.,/:()abåSDN\n\u00a0", max_size=60))
def test_what_is_found_stands_in_the_text_and_apart(text):
    found = find(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= next_.start for one, next_ in zip(found, found[1:], strict=False))


@given(numbers=st.lists(st.integers(1, 9_999_999).map(lambda n: f"{n:,}".replace(",", " "))))
def test_counts_are_no_telephone_numbers(numbers):
    assert Kind.TELEPHONE not in kinds("; ".join(numbers))
