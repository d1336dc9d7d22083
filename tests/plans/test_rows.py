"""The rows of a plan are walked once each, as it is read, and every field has a name."""

import msgspec
import pytest
from hypothesis import given

from plans.labels import label
from plans.rows import RowKind, rows, texts
from tests.formats.samples import full
from tests.strategies import documents


def test_rows_stand_in_the_order_in_which_the_plan_is_read():
    read = [(row.kind.value, row.title) for row in rows(full()) if row.area]
    assert read[:4] == [
        ("area", "Otrygga platser i centrum"),
        ("problem", "Torget upplevs som otryggt efter mörkrets inbrott"),
        ("cause", "Få människor i rörelse och svag belysning"),
        ("action", "Torgvärdar på Tallbackstorget"),
    ]


def test_a_row_knows_what_it_hangs_on():
    hangs = {row.title: row.parent.title for row in rows(full()) if row.kind == RowKind.ACTION}
    assert hangs == {
        "Torgvärdar på Tallbackstorget": "Få människor i rörelse och svag belysning",
        "Gå igenom belysningen i Stadsparken och byt ut trasiga lampor.": "Skadegörelse i Stadsparken",
        "Medborgarlöfte om närvaro": "Otrygga platser i centrum",
        "Närvaroteam på högstadiet": "Sena insatser vid tidig oro",
    }


def parts(part) -> list[msgspec.Struct]:
    found = [part]
    for field in part.__struct_fields__:
        value = getattr(part, field)
        for item in value if isinstance(value, tuple) else [value]:
            if isinstance(item, msgspec.Struct):
                found += parts(item)
    return found


NO_ROWS = {"DistrictDoc", "CatalogueDoc"}  # they are fields of what they stand in


@given(document=documents())
def test_every_part_of_the_document_is_a_row_once(document):
    walked = sorted(id(row.part) for row in rows(document))
    there = [part for part in parts(document) if type(part).__name__ not in NO_ROWS]
    assert walked == sorted(map(id, there))


def test_rich_text_is_told_as_its_words():
    area = next(row for row in rows(full()) if row.kind == RowKind.AREA)
    assert dict(texts(area.part))["situation"].splitlines()[:2] == [
        "Anmälda rån minskade från 41 till 29. Kvällstid är torget fortfarande otryggt.",
        "Torget",
    ]


@pytest.mark.parametrize("row", list(rows(full())), ids=lambda row: row.kind)
def test_every_text_has_a_label(row):
    for field, _ in texts(row.part):
        assert label(row.kind, field)


def test_a_label_is_what_the_model_calls_the_field():
    assert label(RowKind.ACTION, "follow_up_plan") == "Plan för uppföljning"
    assert label(RowKind.PLAN, "period_start") == "Från"
