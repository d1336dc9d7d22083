"""A figure as a chart: what it is drawn as, with what words, and why it cannot be."""

from decimal import Decimal
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from lagesbild.charts import fault_of, on_screen, svg_of
from lagesbild.document import BlockDoc, SeriesDoc, TableDoc
from lagesbild.vocabulary import BlockForm

TABLE = TableDoc(
    ("2022", "2023"),
    (
        SeriesDoc("Stöld", (Decimal(40), Decimal(50))),
        SeriesDoc("Rån", (Decimal(8), Decimal(4))),
    ),
    "År",
)
CHARTS = (BlockForm.LINE, BlockForm.BARS, BlockForm.GROUPED, BlockForm.STACKED)


def figure(form: BlockForm, table: TableDoc | None = TABLE, **more: object) -> BlockDoc:
    return BlockDoc(uuid4(), form, caption="Brott <i> Järva", table=table, **more)  # type: ignore[arg-type]


def parsed(block: BlockDoc, **more: object) -> ElementTree.Element:
    return ElementTree.fromstring(svg_of(block, **more))  # type: ignore[arg-type]  # noqa: S314


def of_role(chart: ElementTree.Element, role: str) -> list[ElementTree.Element]:
    return [one for one in chart.iter() if role in one.get("class", "").split()]


@pytest.mark.parametrize("form", CHARTS)
@pytest.mark.parametrize("width", [320, 640])
def test_a_figure_is_drawn_and_told_in_words(form: BlockForm, width: int) -> None:
    chart = parsed(figure(form), width=width)
    assert chart.get("width") == str(width)
    assert chart[0].text == (
        f"{form.label}. Brott <i> Järva. Stöld ökar från 40 (2022) till 50 (2023), +25\xa0%. "
        "Rån minskar från 8 (2022) till 4 (2023)."
    )


def test_what_it_is_drawn_as() -> None:
    assert of_role(parsed(figure(BlockForm.LINE)), "stroke")
    assert len(of_role(parsed(figure(BlockForm.BARS)), "bar")) == 4
    lefts = {bar.get("x") for bar in of_role(parsed(figure(BlockForm.STACKED)), "bar")}
    assert len(lefts) == 2


@pytest.mark.parametrize("form", [BlockForm.TEXT, BlockForm.TABLE, BlockForm.IMAGE])
def test_what_is_no_chart_is_not_drawn_and_has_no_fault(form: BlockForm) -> None:
    assert svg_of(figure(form)) == fault_of(figure(form)) == ""


def test_a_chart_that_cannot_be_drawn_says_why() -> None:
    nothing = figure(BlockForm.LINE, None)
    assert fault_of(nothing) == "Diagrammet har ingen tabell. Klistra in den, eller skriv den."
    places = figure(BlockForm.LINE, replace(TABLE, labels=("Torget", "Parken")))
    assert "Stapeldiagram passar bättre" in fault_of(places)
    assert svg_of(nothing) == svg_of(places) == ""


def test_the_fault_of_a_part_says_which() -> None:
    whole = figure(
        BlockForm.BARS, None, parts=(figure(BlockForm.BARS), figure(BlockForm.LINE, None))
    )
    assert fault_of(whole) == "Del b: Diagrammet har ingen tabell. Klistra in den, eller skriv den."
    assert svg_of(whole) == ""
    assert svg_of(whole.parts[0])


def test_parts_of_one_figure_have_one_scale() -> None:
    less = replace(TABLE, series=(SeriesDoc("Stöld", (Decimal(4), Decimal(5))),))
    small, large = figure(BlockForm.BARS, less), figure(BlockForm.BARS)
    shares = figure(BlockForm.BARS, less, unit="%")
    whole = figure(BlockForm.BARS, None, parts=(small, large, shares))

    def tallest(block: BlockDoc, whole: BlockDoc | None) -> float:
        return max(
            float(bar.get("height", "")) for bar in of_role(parsed(block, whole=whole), "bar")
        )

    assert tallest(small, whole) == pytest.approx(tallest(large, whole) / 10, abs=0.1)
    assert tallest(shares, whole) == tallest(small, None)


def test_a_page_has_it_for_a_phone_too_with_patterns_of_its_own() -> None:
    series = tuple(SeriesDoc(f"S{n}", (Decimal(1), Decimal(2))) for n in range(4))
    block = figure(BlockForm.BARS, replace(TABLE, series=series))
    page = ElementTree.fromstring(on_screen(block))  # noqa: S314
    drawings = [one for one in page.iter() if one.tag.endswith("}svg")]
    assert [one.get("width") for one in drawings] == ["640", "320"]
    patterns = [one.get("id") for one in page.iter() if one.tag.endswith("}pattern")]
    assert len(patterns) == len(set(patterns)) == 2
    assert on_screen(figure(BlockForm.TABLE)) == ""


def test_the_same_figure_is_the_same_drawing() -> None:
    block = figure(BlockForm.GROUPED)
    assert svg_of(block) == svg_of(block)
