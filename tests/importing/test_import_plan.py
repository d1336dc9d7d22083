"""`manage.py import_plan`: the same as the page does, for whoever runs the installation."""

import json

import pytest
from django.core.management import CommandError, call_command
from msgspec.structs import replace

from plans.models import Plan, Upload
from plans.services import uploads
from plans.services.loading import to_document
from plans.vocabulary import PlanState
from samverkan.journal.kinds import sentence
from samverkan.journal.models import Entry
from tests.factories import a_decision, settle
from tests.formats.samples import at, full
from tests.importing.files import a_file, a_place_for
from tests.importing.readings import a_reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return a_place_for(full())


@pytest.fixture
def run(place, tmp_path, capsys):
    def run(content=None, *args, name="plan.json", year="2025"):
        file = tmp_path / name
        file.write_bytes(a_file() if content is None else content)
        call_command("import_plan", str(file), "--district", place.slug, "--year", year, *args)
        return capsys.readouterr().out

    return run


def told(out: str) -> dict:
    return json.loads(out)


def test_a_file_is_read_in_and_counted(run):
    out = told(run(None, "--json"))
    assert list(out) == [
        *("district", "year", "layout", "areas", "problems", "causes", "actions", "goals"),
        *("commitments", "follow_ups", "extras", "warnings", "dry_run"),
    ]
    document = full()
    actions = [action for area in document.areas for action in area.actions]
    assert (out["district"], out["year"], out["layout"]) == ("tallbacken", 2025, "orsakstabell")
    assert (out["areas"], out["actions"]) == (len(document.areas), len(actions))
    assert out["goals"] == sum(len(action.goals) for action in actions)
    assert out["extras"][0] == {
        "where": document.extras[0].where,
        "label": document.extras[0].label,
        "text": document.extras[0].text,
    }
    assert out["dry_run"] is False
    plan = Plan.objects.with_heading().get()
    assert to_document(plan).areas == document.areas
    assert plan.state == PlanState.DRAFT


def test_what_was_read_is_told_in_words(run):
    out = run()
    assert "tallbacken 2025, orsakstabell. Inläst." in out
    assert "Sparas som övrigt (2):" in out
    said = sentence(Entry.objects.filter(kind="plan-read-in").get())
    assert said.startswith("Systemet läste in filen plan.json")
    assert bytes(Upload.objects.get().content) == a_file()


def test_a_dry_run_says_the_same_and_stores_nothing(run):
    dry = told(run(None, "--json", "--dry-run"))
    assert dry["dry_run"] is True
    assert not Plan.objects.exists()
    assert not Upload.objects.exists()
    assert not Entry.objects.exists()
    assert told(run(None, "--json")) == dry | {"dry_run": False}


def test_the_options_win_over_what_the_file_says(run, place):
    out = told(run(None, "--json", year="2027"))
    assert out["year"] == 2027
    assert out["warnings"][0] == "Filen säger att planen gäller 2025–2026. Den läses in för 2027."
    assert Plan.objects.get().year == 2027


def test_another_district_warns(run, place):
    other = replace(full(), agreement=None)
    other = replace(other, district=replace(full().district, slug="annan", name="Annan"))
    warnings = told(run(a_file(other), "--json"))["warnings"]
    assert warnings == ["Filen säger att planen gäller Annan. Den läses in för Tallbacken."]


def test_an_agreement_that_the_district_does_not_have_is_told(run):
    """Its parties become main parties of the plan, which are those that approve it."""
    (warning,) = (w for w in told(run(None, "--json"))["warnings"] if "överenskommelse" in w)
    assert full().agreement.title in warning
    assert "huvudparter (Stadsdelsförvaltningen, Polisen)" in warning


def test_a_plan_that_is_there_is_not_touched_unless_that_is_said(run):
    run()
    before = to_document(Plan.objects.with_heading().get())
    with pytest.raises(CommandError, match="finns redan .utkast.. Ange --into draft"):
        run(a_file(at(full(), "areas", 0, comment="Nytt")))
    assert to_document(Plan.objects.with_heading().get()) == before
    assert Upload.objects.count() == 1


def test_into_the_draft_fills_in_and_leaves_what_stands(run):
    run(a_file(at(full(), "areas", 0, comment="")))
    changed = at(at(full(), "areas", 0, comment="Ny kommentar"), "areas", 1, title="Annan rubrik")
    warnings = told(run(a_file(changed), "--json", "--into", "draft"))["warnings"]
    document = to_document(Plan.objects.with_heading().get())
    assert document.areas[0].comment == "Ny kommentar"
    assert document.areas[1].title == full().areas[1].title
    assert any("planens text står kvar" in one for one in warnings)


def test_into_a_revision_of_the_decided_plan(run):
    run()
    plan = Plan.objects.get()
    a_decision(plan)
    settle(plan)
    with pytest.raises(CommandError, match="Ange --into revision"):
        run()
    with pytest.raises(CommandError, match="det finns inget utkast"):
        run(None, "--into", "draft")
    run(a_file(at(full(), "areas", 0, comment="Nytt")), "--into", "revision")
    new = Plan.objects.with_heading().latest("revision")
    assert (new.revision, new.state) == (plan.revision + 1, PlanState.DRAFT)
    assert to_document(new).areas[0].comment == "Nytt"


def test_a_revision_needs_a_decided_plan(run):
    with pytest.raises(CommandError, match="har ingen åtgärdsplan"):
        run(None, "--into", "revision")
    run()
    with pytest.raises(CommandError, match="ingen gällande beslutad plan"):
        run(None, "--into", "revision")


def test_two_sheets_with_one_area_are_refused(run, monkeypatch):
    def read(content, *, known, answers):
        return replace(a_reading(known), faults=("Två blad heter ”Torget”.",))

    monkeypatch.setattr(uploads, "read_file", read)
    with pytest.raises(CommandError, match="Två blad heter"):
        run()
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "tom.xlsx", "Filen är tom."),
        (b"{", "plan.json", "inte en plan i formatet"),
        (a_file(), "plan.docx", "heter .docx men är en JSON-fil"),
    ],
)
def test_what_cannot_be_read_fails_with_the_sentence_and_stores_nothing(
    content, name, sentence, run
):
    with pytest.raises(CommandError, match=sentence):
        run(content, name=name)
    assert not Upload.objects.exists()


def test_a_district_or_a_file_that_is_not_there(run, place, tmp_path):
    with pytest.raises(CommandError, match="kan inte läsas"):
        call_command("import_plan", str(tmp_path / "x"), "--district", place.slug, "--year", "2025")
    (tmp_path / "plan.json").write_bytes(a_file())
    with pytest.raises(CommandError, match="Området ingenstans finns inte"):
        call_command(
            "import_plan", str(tmp_path / "plan.json"), "--district", "ingenstans", "--year", "2025"
        )
