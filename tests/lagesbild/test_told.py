"""What a figure shows, in words drafted from its numbers."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from lagesbild.document import BlockDoc, SeriesDoc, TableDoc
from lagesbild.told import alternative_text, told
from lagesbild.vocabulary import BlockForm

PLACES = ("Torget", "Parken", "Stationen")


def figure(labels: tuple[str, ...], unit: str = "", **series: Any) -> BlockDoc:
    return BlockDoc(
        uuid4(),
        BlockForm.LINE,
        caption="Anmälda brott i Järva",
        unit=unit,
        table=TableDoc(
            labels,
            tuple(
                SeriesDoc(
                    name.replace("_", " "),
                    tuple(None if value is None else Decimal(str(value)) for value in values),
                )
                for name, values in series.items()
            ),
        ),
    )


def years(first: int, **series: Any) -> BlockDoc:
    unit = series.pop("unit", "")
    measured = next(iter(series.values()))
    return figure(tuple(str(first + n) for n in range(len(measured))), unit, **series)


@pytest.mark.parametrize(
    ("block", "words"),
    [
        pytest.param(
            years(2019, Stölder=[274, 251, 230, 190, 142]),
            "Stölder minskar från 274 (2019) till 142 (2023), −48\xa0%.",
            id="a decrease, in per cent",
        ),
        pytest.param(
            years(2022, Rån=[40, 50]), "Rån ökar från 40 (2022) till 50 (2023), +25\xa0%.",
            id="an increase",
        ),
        pytest.param(
            years(2022, unit="%", Trygga=[62, "67.5"]),
            "Trygga ökar från 62\xa0% (2022) till 67,5\xa0% (2023), +5,5 procentenheter.",
            id="shares change in percentage points",
        ),
        pytest.param(
            years(2022, unit="procent", Trygga=[62, 61]),
            "Trygga minskar från 62\xa0% (2022) till 61\xa0% (2023), −1 procentenhet.",
            id="a single percentage point",
        ),
        pytest.param(
            years(2022, Rån=[0, 5]), "Rån ökar från 0 (2022) till 5 (2023).",
            id="from nought there is no per cent",
        ),
        pytest.param(
            years(2022, Mord=[2, 4]), "Mord ökar från 2 (2022) till 4 (2023).",
            id="of very few there is no per cent",
        ),
        pytest.param(
            years(2022, Netto=[-30, 12]), "Netto ökar från −30 (2022) till 12 (2023).",
            id="from below nought there is no per cent",
        ),
        pytest.param(
            years(2022, A=[1000, 1002]), "A ökar från 1\xa0000 (2022) till 1\xa0002 (2023), mindre än 1\xa0%.",
            id="a change that rounds to nothing is no nought",
        ),
        pytest.param(
            years(2019, A=[50, 80, 45, 60]),
            "A ökar från 50 (2019) till 60 (2022), +20\xa0%, som högst 80 (2020) och som lägst 45 (2021).",
            id="what the ends hide",
        ),
        pytest.param(
            years(2021, A=[50, 80, 50]), "A är 50 både 2021 och 2023, som högst 80 (2022).",
            id="the same at both ends is not unchanged between",
        ),
        pytest.param(
            years(2021, A=[50, 50, 50]), "A är 50 varje gång från 2021 till 2023.", id="unchanged"
        ),
        pytest.param(
            years(2020, Antal=[50, None, 60, 70]),
            "Antalet ökar från 50 (2020) till 70 (2023), +40\xa0%. Uppgift saknas för 2021.",
            id="a year when nothing was measured",
        ),
        pytest.param(
            figure(("2020", "2023"), A=[50, 70], B=[None, 5]),
            "A ökar från 50 (2020) till 70 (2023), +40\xa0%. B är 5 (2023). Uppgift saknas för B (2020).",
            id="a series that began later, every third year",
        ),
        pytest.param(
            figure(("2019", "2020", "2022"), A=[50, 60, 70]),
            "A ökar från 50 (2019) till 70 (2022), +40\xa0%. Uppgift saknas för 2021.",
            id="a year that the table does not have",
        ),
        pytest.param(
            figure(("2021", "2022", "2023 (t.o.m. november)"), Avlidna=[50, 40, 10]),
            "Avlidna minskar från 50 (2021) till 40 (2022), −20\xa0%. "
            "2023 (t.o.m. november) är inget helt år och jämförs inte: 10.",
            id="a year that is not over",
        ),
        pytest.param(
            years(2022, unit="anmälda brott", Rån=[40, 50]),
            "Rån ökar från 40 anmälda brott (2022) till 50 (2023), +25\xa0%.",
            id="the unit, once",
        ),
        pytest.param(
            figure(("2023", "2022"), Rån=[50, 40]), "Rån ökar från 40 (2022) till 50 (2023), +25\xa0%.",
            id="the newest first in the table",
        ),
        pytest.param(
            years(2022, A=[1, 2], B=[5, 3], C=[10, 40], D=[4, 4], E=[9, 9], unit="%"),
            "Av fem serier: två ökar (A och C), en minskar (B) och två är lika i slutet som i början (D och E). "
            "Mest ökar C från 10\xa0% (2022) till 40\xa0% (2023), +30 procentenheter. "
            "Mest minskar B från 5\xa0% (2022) till 3\xa0% (2023), −2 procentenheter.",
            id="many series are summed up",
        ),
        pytest.param(years(2022, A=[0, 0]), "Alla värden är 0.", id="only noughts"),
        pytest.param(years(2022, A=[None, None]), "Tabellen har inga värden.", id="nothing"),
        pytest.param(
            figure(PLACES, "%", Otrygga=[34, 48, 17]),
            "Högst värde har Parken (48\xa0%), och lägst har Stationen (17\xa0%).",
            id="places beside each other",
        ),
        pytest.param(
            figure(PLACES, Kvinnor=[3, 3, 1], Män=[1, None, 2]),
            "Kvinnor: högst värde har Torget och Parken (3), och lägst har Stationen (1). "
            "Män: högst värde har Stationen (2), och lägst har Torget (1). "
            "Uppgift saknas för Män (Parken).",
            id="places, for several",
        ),
        pytest.param(figure(PLACES, A=[3, 3, 3]), "Torget, Parken och Stationen har alla 3.", id="alike"),
        pytest.param(figure(("Torget",), A=[3]), "Torget har 3.", id="a single place"),
    ],
)  # fmt: skip
def test_what_the_numbers_say(block: BlockDoc, words: str) -> None:
    assert told(block) == words.replace("−", "\u2212")


def test_the_alternative_text_says_what_it_is_what_it_is_called_and_what_it_shows() -> None:
    block = years(2022, Rån=[40, 50])
    assert alternative_text(block) == (
        "Linjediagram. Anmälda brott i Järva. Rån ökar från 40 (2022) till 50 (2023), +25\xa0%."
    )


def test_what_somebody_has_written_stands_before_what_was_drafted() -> None:
    image = BlockDoc(uuid4(), BlockForm.IMAGE, caption="Karta", description="Sex platser i Järva.")
    assert alternative_text(image) == "Bild eller karta. Karta. Sex platser i Järva."
    assert told(image) == ""
