"""What is pasted from Excel or lies in a CSV file becomes the table that was meant."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lagesbild.document import SeriesDoc, TableDoc
from lagesbild.tables import AS_IT_STANDS, NotATable, as_text, read, text_of
from samverkan.text import clean_line


def rows(table: TableDoc) -> dict[str, dict[str, str | None]]:
    """{"Stölder": {"2019": "274"}}"""
    return {
        series.name: {
            label: None if value is None else f"{value:f}"
            for label, value in zip(table.labels, series.values, strict=True)
        }
        for series in table.series
    }


def text(*lines: str) -> str:
    """A bar for each tab, so that the tables can be read here."""
    return "\n".join(line.replace("|", "\t") for line in lines)


STOLEN = {"Stölder": {"2019": "274", "2020": "142"}}


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        pytest.param(text("År|Stölder", "2019|274", "2020|142"), STOLEN, id="a row for each year"),
        pytest.param(text("|2019|2020", "Stölder|274|142"), STOLEN, id="a column for each year"),
        pytest.param(
            text("|2019|2020", "Stöld|1|2", "Rån|3|4"),
            {"Stöld": {"2019": "1", "2020": "2"}, "Rån": {"2019": "3", "2020": "4"}},
            id="years as columns, with several rows under them",
        ),
        pytest.param("År;Stölder\n2019;274\n2020;142", STOLEN, id="semicolons"),
        pytest.param("År,Stölder\n2019,274\n2020,142", STOLEN, id="commas"),
        pytest.param('År,Stölder\n2019,"274,0"\n2020,142', STOLEN, id="commas, with quotes"),
        pytest.param("sep=;\r\nÅr;Stölder\r\n2019;274\r\n2020;142", STOLEN, id="Excel's own sep="),
        pytest.param("År   Stölder\n2019   274\n2020   142", STOLEN, id="wide spaces"),
        pytest.param(
            text('År|"Stölder\n(anmälda)"', "2019|274"),
            {"Stölder (anmälda)": {"2019": "274"}},
            id="a heading on two lines",
        ),
        pytest.param(
            text("Anmälda brott", "", "År|Stölder", "2019|274", "2020|142"),
            STOLEN,
            id="a title over the table",
        ),
        pytest.param(
            text("|Anmälda|", "|Stöld|Rån", "Kista|1|2"),
            {"Stöld": {"Kista": "1"}, "Rån": {"Kista": "2"}},
            id="a heading over the headings",
        ),
        pytest.param(
            text("År|Stölder", "2019|274", "2020|142", "Källa: Brå", "* preliminärt"),
            STOLEN,
            id="source and note under the table",
        ),
        pytest.param(
            text("År|Stölder||", "2019|274||", "", "2020|142||", "||", ""),
            STOLEN,
            id="empty rows and columns",
        ),
        pytest.param(
            text("||", "|År|Stölder", "|2019|274", "|2020|142"), STOLEN, id="an empty first column"
        ),
        pytest.param(
            text("År|A|B", "2019|1", "2020|2|3"),
            {"A": {"2019": "1", "2020": "2"}, "B": {"2019": None, "2020": "3"}},
            id="a row that is too short",
        ),
        pytest.param(
            text("År|A", "2019|1|5"),
            {"A": {"2019": "1"}, "Serie 2": {"2019": "5"}},
            id="a column without a heading",
        ),
        pytest.param(
            text("2019|274", "2020|142"),
            {"Antal": {"2019": "274", "2020": "142"}},
            id="no headings at all",
        ),
        pytest.param(text("Torget|5"), {"Antal": {"Torget": "5"}}, id="a single row"),
        pytest.param(
            text("2019|2020", "274|142"),
            {"Antal": {"2019": "274", "2020": "142"}},
            id="years over numbers, and no names",
        ),
        pytest.param(
            text("År|5|8", "2019|80|81", "2020|82|79"),
            {"5": {"2019": "80", "2020": "82"}, "8": {"2019": "81", "2020": "79"}},
            id="school years as headings",
        ),
        pytest.param(
            text("År|Antal", "2 019|5", "2\u00a0020|6"),
            {"Antal": {"2019": "5", "2020": "6"}},
            id="years that Excel took for numbers",
        ),
        pytest.param(
            text("|Övrigt|Övrigt", "2019|1|2"),
            {"Övrigt": {"2019": "1"}, "Övrigt (2)": {"2019": "2"}},
            id="two headings alike",
        ),
        pytest.param(
            text("|A", "Övrigt|1", "Övrigt|2"),
            {"A": {"Övrigt": "1", "Övrigt (2)": "2"}},
            id="two rows alike",
        ),
        pytest.param(
            text("Plats|A", "|1", "Torget|2"),
            {"A": {"Rad 2": "1", "Torget": "2"}},
            id="a row without a name",
        ),
        pytest.param(
            text("Plats|2022|2023", *(f"Plats {n}|{n}|{n}" for n in range(1, 10))),
            {y: {f"Plats {n}": f"{n}" for n in range(1, 10)} for y in ("2022", "2023")},
            id="two years and more places than a chart can tell apart are not turned",
        ),
    ],
)
def test_the_table_that_was_meant(pasted: str, expected: dict) -> None:
    assert rows(read(pasted).table) == expected


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(("1 234", "1234"), ("1\u00a0234", "1234"), ("1\u2009234\u202f567", "1234567")),
        *(("1234,5", "1234.5"), ("1 234,50", "1234.5"), ("12.5", "12.5"), ("0.123", "0.123")),
        *(("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1.234.567", "1234567")),
        *(("-5", "-5"), ("\u22125", "-5"), ("–5,5", "-5.5"), ("+5", "5"), ("- 5", "-5")),
        *(("48 %", "48"), ("48%", "48"), ("48,5 procent", "48.5"), ("274*", "274")),
        *(("0,3333333333", "0.3333"), ("007", "7"), ("12 kr", "12")),
        *((mark, None) for mark in ("", "-", "–", "—", "..", ".", "…", "...", "n/a", "N/A")),
        *((mark, None) for mark in ("uppgift saknas", "Saknas", "#DIVISION/0!", "#SAKNAS!")),
    ],
)
def test_a_number_as_it_is_written(written: str, meant: str | None) -> None:
    table = read(text("År|Antal|Annat", f"2019|{written}|7")).table
    assert table.series[0].values == (None if meant is None else Decimal(meant),)


@pytest.mark.parametrize(
    ("pasted", "unit"),
    [
        (text("År|Trygga", "2019|48 %", "2020|51,5 %"), "%"),
        (text("År|Trygga", "2019|48 %", "2020|51"), "%"),
        (text("År|Andel (%)", "2019|48"), "%"),
        (text("År|Andel, procent", "2019|48"), "%"),
        (text("År|Förändring (procentenheter)", "2019|4"), ""),
        (text("År|Kostnad", "2019|12 kr", "2020|13 kronor"), "kr"),
        (text("År|Antal (tusental)", "2019|48"), ""),
    ],
)
def test_the_unit_is_what_the_cells_say(pasted: str, unit: str) -> None:
    assert read(pasted).unit == unit


def test_a_unit_in_a_heading_is_left_in_it() -> None:
    assert read(text("År|Antal (tusental)", "2019|48")).table.series[0].name == "Antal (tusental)"


def test_what_stands_about_the_table_is_not_lost() -> None:
    found = read(text("Anmälda brott i Järva", "År|Antal", "2019|5", "Källa: Brå"))
    assert (found.title, found.source) == ("Anmälda brott i Järva", "Brå")
    assert any("Källa: Brå" in note for note in found.notes)


# What is asked about -----------------------------------------------------------------------------


def asked(pasted: str, **answers: str) -> dict[str, str]:
    return {question.id: question.chosen for question in read(pasted, answers).questions}


def test_what_is_certain_is_not_asked_about() -> None:
    assert asked(text("År|Stöld|Rån", "2019|1 274|–", "2020|12,5|3")) == {}


POINT = text("År|Antal", "2019|1.234", "2020|987")


def test_a_point_that_may_stand_before_thousands_or_decimals() -> None:
    assert asked(POINT) == {"point": "tusental"}
    (question,) = read(POINT).questions
    assert question.text == "Vilket tal är ”1.234”?"
    assert [choice.label for choice in question.choices] == [
        "1\xa0234 (ett heltal)",
        "1,234 (med decimaler)",
    ]
    for answer, value in (("tusental", "1234"), ("decimaler", "1.234")):
        assert read(POINT, {"point": answer}).table.series[0].values[0] == Decimal(value)


def test_a_point_that_another_number_explains_is_not_asked_about() -> None:
    assert asked(text("År|Antal", "2019|1.234", "2020|9.5")) == {}
    assert read(text("År|A", "2019|1.234", "2020|1.234.567")).table.series[0].values[0] == 1234


def test_a_comma_stands_before_decimals_unless_somebody_says_otherwise() -> None:
    pasted = text("År|Antal", "2019|1,234")
    assert asked(pasted) == {"comma": "decimaler"}
    assert read(pasted, {"comma": "tusental"}).table.series[0].values == (Decimal(1234),)


def test_a_year_that_may_be_a_number() -> None:
    pasted = text("Antal|Värde", "2 019|5", "2 020|6")
    assert asked(pasted) == {"years": "year"}
    assert read(pasted, {"years": "number"}).table.labels == ("2 019", "2 020")


def test_years_that_may_be_headings_or_numbers() -> None:
    pasted = text("Byggnad|2019|2020", "Skolan|1987|2004")
    assert asked(pasted)["header"] == "yes"
    assert read(pasted).table.labels == ("2019", "2020")
    as_numbers = read(pasted, {"header": "no"}).table
    assert as_numbers.labels == ("Byggnad", "Skolan")


TOTALS = text("År|Stöld|Rån|Totalt", "2019|5|1|6", "2020|7|2|9", "Summa|12|3|15")


def test_numbers_that_may_be_headings() -> None:
    pasted = text("Ålder|15|16", "Torget|5|7", "Parken|6|8")
    assert asked(pasted)["header"] == "yes"
    assert read(pasted).table.labels == ("Torget", "Parken")
    assert read(pasted, {"header": "no"}).table.labels == ("Ålder", "Torget", "Parken")
    assert "header" not in asked(text("Torget|12", "Parken|15"))


def test_a_sum_is_left_out_and_said_and_can_be_taken_in() -> None:
    found = read(TOTALS)
    assert rows(found.table) == {
        "Stöld": {"2019": "5", "2020": "7"},
        "Rån": {"2019": "1", "2020": "2"},
    }
    assert any("Summa” och ”Totalt” är en summa och är inte med" in note for note in found.notes)
    taken_in = read(TOTALS, {"totals": "with"}).table
    assert [series.name for series in taken_in.series] == ["Stöld", "Rån", "Totalt"]
    assert taken_in.labels == ("2019", "2020", "Summa")


def test_a_sum_that_is_not_the_sum_is_said() -> None:
    found = read(text("Plats|Antal", "Torget|5", "Parken|6", "Samtliga|12"))
    assert any("Summan stämmer inte för Antal: tabellen säger 12, men det blir 11" in note
               for note in found.notes)  # fmt: skip
    rightly = read(text("Plats|Antal", "Torget|5", "Parken|6", "Samtliga|11"))
    assert not any("stämmer inte" in note for note in rightly.notes)
    shares = read(text("Plats|Andel", "Torget|50 %", "Parken|60 %", "Samtliga|54 %"))
    assert not any("stämmer inte" in note for note in shares.notes)


def test_a_table_of_nothing_but_sums_keeps_them() -> None:
    assert rows(read(text("År|Totalt", "2019|5")).table) == {"Totalt": {"2019": "5"}}


def test_which_way_round() -> None:
    pasted = text("Plats|Stöld|Rån", "Torget|5|1", "Parken|7|2")
    assert asked(pasted) == {"way": "rows"}
    turned = read(pasted, {"way": "columns"}).table
    assert (turned.labels, [series.name for series in turned.series]) == (
        ("Stöld", "Rån"),
        ["Torget", "Parken"],
    )
    years = text("Plats|2019|2020", "Torget|5|1", "Parken|7|2")
    assert read(years).table.labels_are == "År"
    assert read(years, {"way": "rows"}).table.labels == ("Torget", "Parken")


def test_shares_and_numbers_have_no_scale_in_common() -> None:
    pasted = text("År|Antal|Andel", "2019|5|30 %", "2020|6|31 %")
    found = read(pasted)
    assert (asked(pasted), found.unit) == ({"units": "numbers"}, "")
    assert [series.name for series in found.table.series] == ["Antal"]
    shares = read(pasted, {"units": "shares"})
    assert ([series.name for series in shares.table.series], shares.unit) == (["Andel"], "%")
    assert len(read(pasted, {"units": "all"}).table.series) == 2


def test_an_answer_that_is_none_of_the_choices_changes_nothing() -> None:
    assert read(TOTALS, {"totals": "kanske", "way": "uppåt"}) == read(TOTALS)


# What is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pasted", "sentence"),
    [
        ("", "Det finns ingen text i det som klistrades in. Kopiera tabellen igen."),
        (" \n\t\n", "Det finns ingen text i det som klistrades in. Kopiera tabellen igen."),
        ("Antal\n5\n6", "Tabellen har bara en kolumn."),
        (text("År|Antal"), "Tabellen har bara en rad med rubriker."),
        (text("År|Antal", "2019|tolv"), "Rad 2, kolumn 2: ”tolv” är inget tal."),
        (text("Titel", "", "|År|Antal", "|2019|5", "|2020|?"), "Rad 5, kolumn 3: ”?” är inget tal"),
        (text("År|Antal", "2019|12 34"), "Rad 2, kolumn 2: ”12 34” går inte att läsa som ett tal"),
        (text("År|Antal", "2019|1.2.3"), "Rad 2, kolumn 2: ”1.2.3” går inte att läsa som ett tal"),
        (text("År|A", "2019|1.234.567", "2020|1 234.567"), "”1 234.567” går inte att läsa"),
        (text("År|Antal", f"2019|{'9' * 11}"), "är ett för stort tal. Räkna i tusental"),
        (text("År|Antal", "2019|–", "2020|.."), "Tabellen har inga tal."),
        (text("År|A", "2021|5", "2021|6"), "”2021” står två gånger, i rad 2 och i rad 3."),
        (text("År|Plats|A", "2021|Torget|5", "2022|Parken|6"), "Kolumn 2 (”Plats”) har ord"),
        (text(f"År|{'x' * 301}", "2019|5"), "är längre än 300 tecken"),
        (text("|A", *(f"Rad {n}|{n}" for n in range(201))), "Tabellen har 201 rader"),
        (
            text("År|" + "|".join(f"S{n}" for n in range(41)), "2019|" + "|".join("1" * 41)),
            "Tabellen har 41 serier; en figur kan ha högst 40. Dela upp den i flera figurer.",
        ),
        ("a" * 1_000_001, "Det är för mycket på en gång."),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(pasted: str, sentence: str) -> None:
    with pytest.raises(NotATable) as refused:
        read(pasted)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("alphabet", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_a_file_in_the_alphabet_that_it_was_written_in(alphabet: str) -> None:
    content = "År;Stölder\r\n2019;274\r\n2020;142\r\n".encode(alphabet)
    assert text_of(content).startswith("År")
    assert rows(read(text_of(content)).table) == STOLEN


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"PK\x03\x04...", "Excelfil"), (b"%PDF-1.7", "PDF"), (b"\x89PNG\r\n", "bild")],
)
def test_a_file_of_another_kind_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(NotATable, match=kind):
        text_of(content)


# To text and back --------------------------------------------------------------------------------

names = (
    (
        st.text(st.characters(codec="utf-8"), max_size=12)
        | st.sampled_from(["Totalt", "2021", '"a"'])
    )
    .map(clean_line)
    .filter(bool)
)
values = st.none() | st.decimals(-9_999_999, 9_999_999, places=4)


@st.composite
def tables(draw: st.DrawFn) -> TableDoc:
    labels = draw(st.lists(names, min_size=1, max_size=5, unique=True))
    series = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    rows_of_values = [draw(st.tuples(*[values] * len(labels))) for _ in series]
    return TableDoc(
        tuple(labels),
        tuple(map(SeriesDoc, series, rows_of_values)),
        draw(st.just("") | names),
    )


@given(tables().filter(lambda t: any(v is not None for s in t.series for v in s.values)))
@example(TableDoc(('"a""b"', "x"), (SeriesDoc("2019", (None, Decimal("1.234"))),), "År"))
@example(TableDoc(("2023", "Källa: Brå"), (SeriesDoc("A", (Decimal(1), None)),)))
@example(TableDoc(("Totalt", "2 021"), (SeriesDoc("Andel %", (Decimal(-1), None)),)))
def test_a_table_as_text_is_the_same_table_again(table: TableDoc) -> None:
    assert read(as_text(table), AS_IT_STANDS).table == table


cells = st.sampled_from(
    [*"123", "2019", "2020", "2 021", "1.234", "1,234", "12,5", "48 %", "–", "", "Totalt", "Stöld"]
)


@given(st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=5))
def test_what_has_been_understood_once_is_understood_the_same_again(written: list) -> None:
    try:
        table = read("\n".join("\t".join(row) for row in written)).table
    except NotATable:
        return
    if not any(series.name[0].isalpha() for series in table.series):
        return  # headings that only whoever wrote them knows from numbers: AS_IT_STANDS
    assert read(as_text(table)).table == table


@given(st.text(st.characters(codec="utf-8"), max_size=60) | st.lists(st.lists(cells)).map(
    lambda rows: "\n".join(";".join(row) for row in rows)
))  # fmt: skip
def test_any_text_is_a_table_or_is_refused(pasted: str) -> None:
    try:
        table = read(pasted).table
    except NotATable:
        return
    assert table.labels
    assert table.series
    assert all(len(series.values) == len(table.labels) for series in table.series)
