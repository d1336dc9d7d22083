"""A document cannot contradict itself, and a file that is no plan is told so."""

import json
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from django.core.management import call_command
from hypothesis import given, settings
from msgspec.structs import replace

from plans.document import ActionDoc, Envelope, NotAPlan, json_schema, read_json, write_json
from samverkan.document import encode
from tests.formats.samples import full
from tests.strategies import documents

FORMAT_DIR = Path(__file__).parents[2] / "docs/format"


def as_json(document) -> dict:
    return json.loads(write_json(Envelope(document)))


def test_the_schema_in_the_docs_is_the_format_of_the_code():
    """Where it is not: manage.py plan_schema > docs/format/samverkansplan-1.schema.json"""
    of_the_code = StringIO()
    call_command("plan_schema", stdout=of_the_code)
    assert (FORMAT_DIR / "samverkansplan-1.schema.json").read_text() == of_the_code.getvalue()


@settings(max_examples=25, deadline=None)
@given(document=documents())
def test_every_document_holds_the_published_schema(document):
    jsonschema.validate(as_json(document), json_schema())


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda plan: plan.update(format="samverkansplan/9"), "samverkansplan/9"),
        (lambda plan: plan["document"].update(layout="tabell"), "$.document.layout"),
        (lambda plan: plan["document"].pop("district"), "district"),
        (lambda plan: plan["document"].update(hemligt="x"), "hemligt"),
        (lambda plan: plan["document"]["areas"][0].update(title="x" * 201), "areas[0].title"),
        (lambda plan: plan["document"].update(parties=[]), "finns inte i listan över parter"),
        (lambda plan: plan["document"].update(period_end="1999-01-01"), "slutar innan"),
    ],
)
def test_a_damaged_file_is_refused_with_where_and_why(damage, said):
    plan = as_json(full())
    damage(plan)
    with pytest.raises(NotAPlan, match=said.replace("$", r"\$").replace("[", r"\[")):
        read_json(json.dumps(plan))


def test_what_is_not_json_is_refused():
    with pytest.raises(NotAPlan, match="samverkansplan/1"):
        read_json(b"%PDF-1.7 detta \xe4r n\xe5got annat")


@pytest.mark.parametrize("key", ["document", "title", "text"])
def test_a_file_that_says_something_twice_is_refused_instead_of_losing_the_first(key):
    """JSON lets a key stand twice and the last one win: what stood first would go silently."""
    file = write_json(Envelope(full())).decode()
    start = file.index(f'"{key}": ')
    value, _ = json.JSONDecoder().raw_decode(file, start + len(f'"{key}": '))
    doubled = f'{file[:start]}"{key}": {json.dumps(value)}, {file[start:]}'

    with pytest.raises(NotAPlan, match=f"”{key}” står två gånger i samma del av filen"):
        read_json(doubled)
    with pytest.raises(NotAPlan, match=f"”{key}” står två gånger i samma del av filen"):
        read_json(doubled.encode())


def test_an_action_hangs_on_a_cause_or_a_problem_but_not_both():
    document = full()
    area = next(area for area in document.areas if area.problems and area.problems[0].causes)
    problem = area.problems[0]
    action = ActionDoc(
        uuid=problem.uuid, name="Åtgärd", problem=problem.uuid, cause=problem.causes[0].uuid
    )
    with pytest.raises(ValueError, match="inte båda"):
        replace(document, areas=(replace(area, actions=(action,)),))


def test_follow_ups_do_not_change_what_was_decided():
    document = full()
    later = replace(document, rounds=document.rounds[:1])
    assert later.content_hash() == document.content_hash()
    assert encode(later) != encode(document)


def test_a_changed_word_changes_the_hash():
    document = full()
    area = document.areas[0]
    changed = replace(
        document, areas=(replace(area, comment=area.comment + "."), *document.areas[1:])
    )
    assert changed.content_hash() != document.content_hash()
