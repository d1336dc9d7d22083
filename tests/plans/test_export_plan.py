"""The command that writes a plan to a file."""

from datetime import date
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from plans.document import read_json
from plans.services.loading import to_document
from plans.vocabulary import PlanState
from samverkan.workflow.decisions import freeze
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built_fonts")]


def export(path, plan, **options):
    arguments = {"district": plan.district.slug, "year": plan.year, "format": "json"} | options
    call_command("export_plan", out=path, **arguments)
    return path.read_bytes()


@pytest.fixture
def plan():
    return factories.a_plan(factories.a_district(), 2026)


def test_json_is_the_document_of_the_plan(plan, tmp_path):
    envelope = read_json(export(tmp_path / "plan.json", plan))
    assert envelope.document == to_document(plan)
    assert envelope.decision is None


def test_pdf_is_a_pdf_of_the_plan(plan, tmp_path):
    reader = PdfReader(BytesIO(export(tmp_path / "plan.pdf", plan, format="pdf")))
    assert reader.metadata.title == f"Åtgärdsplan 2026, {plan.district.name} (utkast)"


def test_decided_gives_what_the_decision_froze(plan, tmp_path):
    frozen = to_document(plan)
    decision = freeze(
        plan,
        body="Nämnden",
        decided_on=date(2026, 1, 20),
        paragraph="§ 1",
        registry_numbers={},
        by=None,
    )
    plan.state = PlanState.DECIDED
    plan.annex_label = "Bilaga efter beslutet"
    plan.save()
    envelope = read_json(export(tmp_path / "plan.json", plan, decided=True))
    assert (envelope.document, envelope.decision.body) == (frozen, "Nämnden")
    assert export(tmp_path / "plan.pdf", plan, format="pdf", decided=True) == decision.pdf


def test_the_public_edition_says_that_it_is_a_part_and_holds_nothing_internal(plan, tmp_path):
    area = factories.an_action(plan, factories.administration_of(plan.district)).area
    area.comment, area.internal_fields = "Hemligstämplat", ["comment"]
    area.save()
    content = export(tmp_path / "plan.json", plan, edition="public")
    assert b"Hemlig" not in content
    assert read_json(content).edition == "public"
    whole = export(tmp_path / "hela.json", plan)
    assert b"Hemlig" in whole
    assert read_json(whole).edition == "internal"


def test_revision_in_force_before_a_later_draft(plan, tmp_path):
    plan.state, plan.in_force = PlanState.DECIDED, True
    plan.save()
    factories.a_plan(plan.district, 2026, revision=2)
    assert read_json(export(tmp_path / "plan.json", plan)).document.revision == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"district": "ingenstans"}, "Området ingenstans finns inte. De som finns är: norra-"),
        ({"year": 1999}, "har ingen åtgärdsplan som börjar 1999"),
        ({"edition": "public", "decided": True}, "i den interna utgåvan"),
        ({"decided": True}, "har inget beslut med en fil i formatet json"),
    ],
)
def test_what_cannot_be_exported_is_refused_in_swedish_and_nothing_is_written(
    plan, tmp_path, options, said
):
    with pytest.raises(CommandError, match=said):
        export(tmp_path / "plan.json", plan, **options)
    assert not list(tmp_path.iterdir())


def test_several_plans_that_start_in_the_year_are_listed(plan, tmp_path):
    factories.a_plan(plan.district, 2026, end=date(2026, 3, 31))
    with pytest.raises(CommandError, match="2026-01-01 – 2026-03-31; 2026-01-01 – 2026-12-31"):
        export(tmp_path / "plan.json", plan)


def test_a_place_that_cannot_be_written_to_is_said(plan, tmp_path):
    with pytest.raises(CommandError, match="kan inte skrivas"):
        export(tmp_path / "saknas" / "plan.json", plan)
