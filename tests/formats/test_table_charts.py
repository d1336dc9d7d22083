"""A table drawn as columns, bars or lines: honest, and whole whatever stands in it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from samverkan.documents import fonts
from samverkan.documents.charts import (
    MOST_SERIES,
    PAPER_WIDTH,
    PHONE_WIDTH,
    Drawn,
    Series,
    Tabled,
    fault_of,
    of_table,
)
from samverkan.documents.charts.letters import lines_of, width_of
from samverkan.documents.charts.moments import Moment, moment_of
from samverkan.documents.charts.scale import scale_of
from samverkan.text import clean_line

SVG = "{http://www.w3.org/2000/svg}"
BARS, STACKED, LINES = Drawn.BARS, Drawn.STACKED, Drawn.LINES
YEARS = ("2019", "2020", "2021", "2022", "2023")
WIDTHS = (PHONE_WIDTH, PAPER_WIDTH)


def table(labels: tuple[str, ...], unit: str = "", **series: Any) -> Tabled:
    return Tabled(
        labels,
        [
            Series(name.replace("_", " "), [None if v is None else Decimal(str(v)) for v in values])
            for name, values in series.items()
        ],
        unit,
    )


STOLEN = table(YEARS, Stölder=[274, 251, 230, 190, 142])


def drawn(tabled: Tabled, how: Drawn, width: int = PAPER_WIDTH) -> ElementTree.Element:
    return ElementTree.fromstring(of_table("Vad den visar", tabled, how, width))  # noqa: S314


def with_role(chart: ElementTree.Element, role: str) -> Iterator[ElementTree.Element]:
    return (one for one in chart.iter() if role in one.get("class", "").split())


def words(chart: ElementTree.Element, role: str) -> list[str]:
    return [one.text or "" for one in with_role(chart, role)]


def number(element: ElementTree.Element, name: str) -> float:
    return float(element.get(name, "nan"))


# Bars --------------------------------------------------------------------------------------------


def test_every_column_says_its_number_over_its_year() -> None:
    chart = drawn(STOLEN, BARS)
    assert words(chart, "number") == ["274", "251", "230", "190", "142"]
    assert words(chart, "name") == list(YEARS)
    assert chart[0].text == "Vad den visar"


def test_numbers_are_swedish_and_shares_say_that_they_are_shares() -> None:
    kronor = drawn(table(("2019", "2020"), "kronor", Kostnad=["1234.5", -2]), BARS)
    assert words(kronor, "number") == ["1\xa0234,5", "\u22122"]
    assert "Kostnad, kronor" in words(kronor, "quiet")
    shares = drawn(table(("2019", "2020"), "%", Trygga=[62, "64.5"]), BARS)
    assert words(shares, "number") == ["62\xa0%", "64,5\xa0%"]
    assert "40\xa0%" in words(shares, "quiet")


def columns(chart: ElementTree.Element) -> list[tuple[float, float]]:
    """From where to where each goes, downwards."""
    return [(number(one, "y"), number(one, "y") + number(one, "height")) for one in with_role(chart, "bar")]  # fmt: skip


def test_columns_stand_on_nought_and_are_as_tall_as_their_numbers() -> None:
    chart = drawn(table(YEARS[:2], A=[100, 90]), BARS)
    (axis,) = with_role(chart, "axis")
    (top, foot), (lower, other_foot) = columns(chart)
    assert foot == other_foot == pytest.approx(number(axis, "y1"), abs=0.1)
    assert (other_foot - lower) / (foot - top) == pytest.approx(0.9, abs=0.01)


def test_what_is_below_nought_hangs_from_it() -> None:
    chart = drawn(table(YEARS[:2], A=[5, -5]), BARS)
    (axis,) = with_role(chart, "axis")
    (_, foot), (hanging_from, _) = columns(chart)
    assert foot == hanging_from == pytest.approx(number(axis, "y1"), abs=0.1)
    assert max(columns(chart)[1]) > number(axis, "y1")


def test_a_year_that_is_missing_has_its_place_and_no_column() -> None:
    chart = drawn(table(("2019", "2020", "2023"), A=[1, None, 3]), BARS)
    assert len(columns(chart)) == 2
    assert words(chart, "gap") == ["–", "–", "–"]
    named = [one.text for one in chart.iter(f"{SVG}text") if (one.text or "").startswith("20")]
    assert named == list(YEARS)
    assert "– uppgift saknas" in words(chart, "quiet")


def test_what_is_asked_every_third_year_has_no_gaps_between() -> None:
    chart = drawn(table(("2017", "2020", "2023"), "%", Trygga=[60, 62, 64]), LINES)
    assert len(list(with_role(chart, "stroke"))) == 2


def test_years_are_drawn_in_their_order_whatever_the_order_of_the_table() -> None:
    chart = drawn(table(("2023", "2022", "2021"), A=[3, 2, 1]), BARS)
    assert words(chart, "name") == ["2021", "2022", "2023"]
    assert words(chart, "number") == ["1", "2", "3"]


def test_nought_is_a_number_and_not_a_gap() -> None:
    chart = drawn(table(YEARS[:3], Rån=[0, 0, 0]), BARS)
    assert words(chart, "number") == ["0", "0", "0"]
    assert not words(chart, "gap")


def test_parts_upon_each_other_begin_at_nought_and_say_their_sum() -> None:
    chart = drawn(table(YEARS[:2], Stöld=[50, 40], Rån=[30, 20]), STACKED)
    (axis,) = with_role(chart, "axis")
    (upper, foot), (top, between), *_ = columns(chart)
    assert foot == pytest.approx(number(axis, "y1"), abs=0.1)
    assert between == pytest.approx(upper, abs=0.1)
    assert top < upper
    assert {"80", "60"} <= set(words(chart, "number"))


def test_a_sum_that_lacks_a_part_is_not_said() -> None:
    chart = drawn(table(YEARS[:2], Stöld=[50, 40], Rån=[30, None]), STACKED)
    assert "40" not in words(chart, "number")
    assert words(chart, "gap") == ["–"]


PLACES = (
    "Parkeringsplats, garage eller cykelställ vid bostaden",
    "Trapphus, soprum, tvättstuga eller källarförråd",
    "Vägen till och från bostaden på kvällen eller natten",
    "Park eller annat grönområde i närheten av bostaden",
    "Gångtunnlar och gångbroar som barn går till skolan",
    "Torg och busshållplatser där många väntar på kvällen",
    "Skogsområden och motionsspår utan belysning vintertid",
)


@pytest.mark.parametrize("width", WIDTHS)
def test_long_names_are_read_whole_beside_bars_that_lie_down(width: int) -> None:
    chart = drawn(table(PLACES, "%", Otrygga=[34, 22, 48, 29, 17, 12, 9]), BARS, width)
    assert " ".join(words(chart, "name")) == " ".join(PLACES)
    bars = list(with_role(chart, "bar"))
    assert len({bar.get("x") for bar in bars}) == 1
    assert len({bar.get("y") for bar in bars}) == len(PLACES)
    assert words(chart, "number") == ["34\xa0%", "22\xa0%", "48\xa0%", "29\xa0%", "17\xa0%", "12\xa0%", "9\xa0%"]  # fmt: skip


def test_bars_that_lie_down_begin_at_nought_too() -> None:
    chart = drawn(table(PLACES, A=[34, -22, 48, 0, None, 12, 9]), BARS)
    (axis,) = with_role(chart, "axis")
    bars = list(with_role(chart, "bar"))
    ends = [(number(bar, "x"), number(bar, "x") + number(bar, "width")) for bar in bars]
    assert len(ends) == 5
    assert all(pytest.approx(number(axis, "x1"), abs=0.1) in end for end in ends)


def test_series_are_told_apart_without_colour() -> None:
    series: dict[str, Any] = {f"Serie {n}": [n + 1] * 5 for n in range(MOST_SERIES)}
    bars = drawn(table(YEARS, **series), BARS)
    assert len({bar.get("fill") for bar in with_role(bars, "bar")}) == MOST_SERIES
    patterns = {one.get("id") for one in bars.iter(f"{SVG}pattern")}
    used = {fill[5:-1] for bar in with_role(bars, "bar") if (fill := bar.get("fill", ""))[:3] == "url"}  # fmt: skip
    assert used == patterns
    lines = drawn(table(YEARS, **series), LINES)
    looks = {(one.get("stroke-dasharray"), one.get("stroke")) for one in with_role(lines, "stroke")}
    shapes = {
        (re.sub(r"^M\S+ [\d.]+", "", one.get("d", "")), one.get("fill") == "#ffffff")
        for one in with_role(lines, "mark")
    }
    assert len(looks) == len(shapes) == MOST_SERIES


# Lines -------------------------------------------------------------------------------------------


def test_a_line_says_each_value_when_there_is_room() -> None:
    assert words(drawn(STOLEN, LINES), "number") == ["274", "251", "230", "190", "142"]


def test_where_there_is_no_room_the_ends_the_highest_and_the_lowest_are_said() -> None:
    values = [40, 42, 41, 43, 44, 129, 45, 44, 43, 42, 41, 40, 39, 38, 12, 37, 38, 39, 40, 41, 86]
    tabled = table(tuple(str(year) for year in range(2003, 2024)), Anmälda=values)
    assert words(drawn(tabled, LINES, PHONE_WIDTH), "number") == ["40", "86", "129", "12"]


def test_each_line_has_its_name_and_last_value_at_its_end() -> None:
    tabled = table(YEARS[:2], "%", Akalla=[20, 30], Husby=[31, 26], Tensta=[38, 24])
    assert words(drawn(tabled, LINES), "key") == ["30\xa0% Akalla", "26\xa0% Husby", "24\xa0% Tensta"]  # fmt: skip


def test_names_of_lines_that_end_at_the_same_height_do_not_cover_each_other() -> None:
    series: dict[str, Any] = {f"Serie {n}": [n, 0] for n in range(MOST_SERIES)}
    keys = list(with_role(drawn(table(YEARS[:2], **series), LINES), "key"))
    heights = sorted(number(key, "y") for key in keys)
    assert len(heights) == MOST_SERIES
    assert all(after - before >= 15 for before, after in pairwise(heights))


def test_a_line_is_broken_where_nothing_was_measured() -> None:
    chart = drawn(table(("2019", "2020", "2021", "2023", "2024"), A=[1, None, 3, 4, 5]), LINES)
    (stroke,) = with_role(chart, "stroke")
    before, after = list(with_role(chart, "mark"))[-2:]
    assert [number(stroke, "x1"), number(stroke, "x2")] == [
        float(re.findall(r"[\d.]+", mark.get("d", ""))[0]) for mark in (before, after)
    ]


def test_a_line_that_began_later_and_one_that_ended_are_drawn_where_they_were_measured() -> None:
    chart = drawn(table(YEARS, A=[1, 2, None, None, None], B=[None, None, 5, 4, 3]), LINES)
    assert len(list(with_role(chart, "stroke"))) == 1 + 2
    assert "Linjen är bruten där uppgift saknas." in words(chart, "quiet")


# What cannot be drawn ----------------------------------------------------------------------------

MANY: dict[str, Any] = {f"Serie {n}": [1, 2] for n in range(40)}


@pytest.mark.parametrize(
    ("tabled", "how", "sentence"),
    [
        (table(YEARS[:2], A=[None, None]), BARS, "inga värden att rita"),
        (table((), A=[]), LINES, "inga värden att rita"),
        (
            table(YEARS[:2], **MANY),
            LINES,
            "Diagrammet har 40 serier, och fler än 8 går inte att skilja åt. Dela upp i flera "
            "figurer, eller välj högst 8 serier.",
        ),
        (
            table(YEARS[:2], Kista=[1, -4], Husby=[1, 2]),
            STACKED,
            "kan inte visa värden under noll (Kista, 2020: \u22124). Välj grupperade staplar",
        ),
        (table(("Torget", "Parken"), A=[1, 2]), LINES, "”Torget” är ingen tid. Stapeldiagram"),
        (table(("2019", "VT 2020"), A=[1, 2]), LINES, "av olika slag. Stapeldiagram passar bättre"),
        (table(("2019",), A=[1]), LINES, "En enda tid ger ingen linje. Välj stapeldiagram"),
        (table(("2021", "2021"), A=[1, 2]), BARS, "”2021” står två gånger"),
        (table(("1900", "2023", "2022"), A=[1, 2, 3]), LINES, "Linjen går över 124 tider"),
        (table(tuple(f"Plats {n}" for n in range(41)), A=[1] * 41), BARS, "Dela upp i flera"),
    ],
)
def test_what_cannot_be_drawn_says_what_to_do_instead(
    tabled: Tabled, how: Drawn, sentence: str
) -> None:
    assert sentence in fault_of(tabled, how)


@pytest.mark.parametrize(
    ("tabled", "how"),
    [
        (STOLEN, BARS),
        (STOLEN, LINES),
        (table(("2023",), A=[5]), BARS),
        (table(YEARS[:2], A=[-1, -2]), BARS),
        (table(YEARS[:2], A=[0, 0]), STACKED),
        (table(YEARS[:2], A=[1, None]), LINES),
        (table(tuple(f"Plats {n}" for n in range(40)), A=[1] * 40), BARS),
        (table(tuple(str(year) for year in range(1960, 2024)), A=[1] * 64), BARS),
    ],
)
def test_what_can_be_drawn_is(tabled: Tabled, how: Drawn) -> None:
    assert fault_of(tabled, how) == ""
    for width in WIDTHS:
        drawn(tabled, how, width)


# Whatever stands in it ---------------------------------------------------------------------------

names = (
    st.text(st.characters(codec="utf-8"), max_size=60)
    | st.sampled_from(["<&>\"'", "x" * 80, "Vägen till och från bostaden"])
).map(clean_line)
years = st.lists(st.integers(2000, 2012).map(str), min_size=2, max_size=9, unique=True)
values = st.none() | st.decimals(-99_999, 999_999, places=1) | st.sampled_from([Decimal(0)])


@st.composite
def tables(draw: st.DrawFn, labels: st.SearchStrategy[list[str]]) -> Tabled:
    along = draw(labels)
    series = [
        Series(name, draw(st.tuples(*[values] * len(along))))
        for name in draw(st.lists(names, min_size=1, max_size=4))
    ]
    return Tabled(along, series, draw(st.sampled_from(["", "%", "anmälda brott"])))


@given(tables(years), st.sampled_from(WIDTHS))
def test_no_line_crosses_a_gap(tabled: Tabled, width: int) -> None:
    if not fault_of(tabled, LINES):
        chart = drawn(tabled, LINES, width)
        _is_inside(chart, width)
        _crosses_no_gap(chart, tabled)


@given(
    tables(years | st.lists(names, min_size=1, max_size=6)),
    st.sampled_from([BARS, STACKED]),
    st.sampled_from(WIDTHS),
)
def test_no_bar_starts_anywhere_but_at_nought(tabled: Tabled, how: Drawn, width: int) -> None:
    if not fault_of(tabled, how):
        chart = drawn(tabled, how, width)
        _is_inside(chart, width)
        _starts_at_nought(chart, tabled, how)


def _is_inside(chart: ElementTree.Element, width: int) -> None:
    height = number(chart, "height")
    for text in chart.iter(f"{SVG}text"):
        assert -1 <= number(text, "y") <= height
        assert -1 <= number(text, "x") <= width + 1


def _crosses_no_gap(chart: ElementTree.Element, tabled: Tabled) -> None:
    """A stroke for each time that is measured, and measured the time before; a point for each value."""
    rows = [[tabled.value(slot, at) is not None for slot in tabled.slots] for at in range(len(tabled.series))]  # fmt: skip
    strokes = list(with_role(chart, "stroke"))
    assert len(strokes) == sum(one and other for row in rows for one, other in pairwise(row))
    assert len(list(with_role(chart, "mark"))) == len(tabled.measured)
    wide = [number(one, "x2") - number(one, "x1") for one in strokes]
    assert all(long == pytest.approx(wide[0], abs=0.1) for long in wide)


def _starts_at_nought(chart: ElementTree.Element, tabled: Tabled, how: Drawn) -> None:
    bars = list(with_role(chart, "bar"))
    assert len(bars) == sum(bool(value) for value in tabled.measured)
    axes = list(with_role(chart, "axis"))
    if how == STACKED or not axes:
        return
    across, along, size = ("x", "x1", "width") if axes[0].get("x1") == axes[0].get("x2") else ("y", "y1", "height")  # fmt: skip
    nought = pytest.approx(number(axes[0], along), abs=0.1)
    assert all(nought in (number(b, across), number(b, across) + number(b, size)) for b in bars)


# What it is drawn with ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "moment"),
    [
        *(("2023", Moment(1, 2023)), ("År 2023", Moment(1, 2023)), ("2023*", Moment(1, 2023))),
        *(("2022/23", Moment(1, 2022)), ("2022–2023", Moment(1, 2022))),
        ("2023 (t.o.m. 30 november)", Moment(1, 2023)),
        *(("VT 2023", Moment(2, 4046)), ("ht2023", Moment(2, 4047)), ("2023 VT", Moment(2, 4046))),
        *(("T2 2023", Moment(3, 6070)), ("Kvartal 1 2023", Moment(4, 8092))),
        *(("maj 2023", Moment(12, 24280)), ("December 2023", Moment(12, 24287))),
        *((words, None) for words in ("", "Torget", "1234", "2019/25", "Plan 2023", "5", "20231")),
    ],
)
def test_a_label_that_is_a_time(label: str, moment: Moment | None) -> None:
    assert moment_of(label) == moment


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([274], [0, 100, 200]),
        ([48], [0, 10, 20, 30, 40]),
        ([3], [0, 1, 2, 3]),
        (["0.5"], ["0", "0.1", "0.2", "0.3", "0.4", "0.5"]),
        ([-12, 2], [-10, -5, 0]),
        ([0], [0]),
        ([], [0]),
    ],
)
def test_the_scale_has_few_and_round_numbers_and_nought_is_one(values: list, ticks: list) -> None:
    found = scale_of([Decimal(value) for value in values]).ticks
    assert found == tuple(Decimal(tick) for tick in ticks)


@given(st.lists(st.decimals(-(10**9), 10**9, places=4), min_size=1))
def test_no_scale_is_cut(values: list[Decimal]) -> None:
    scale = scale_of(values)
    assert scale.least <= 0 <= scale.most
    assert Decimal(0) in scale.ticks
    assert len(scale.ticks) <= 7
    assert all(0 <= scale.part(value) <= 1 for value in values)


def test_words_are_as_wide_as_they_are_thought_to_be() -> None:
    fonts.build()
    from django.conf import settings

    font = TTFont(settings.FONT_DIR / "SourceSans3-Regular.ttf")
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    size = 13 / font["head"].unitsPerEm
    for said in ("Rinkeby-Kista", "1 234 567,5", "Vägen till och från bostaden", "48 %", "MTR"):
        wide = sum(widths[glyphs[ord(letter)]][0] for letter in said) * size
        assert wide <= width_of(said) <= wide * 1.12


def test_a_word_that_has_no_room_is_divided() -> None:
    assert lines_of("Trapphus eller soprum", 60) == ("Trapphus", "eller", "soprum")
    lines = lines_of("Stadsövergripande", 50)
    assert "".join(lines).replace("-", "") == "Stadsövergripande"
    assert all(width_of(line) <= 56 for line in lines)
