"""The plan as files to take along: made once, kept, and never the wrong one."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.editable import KINDS
from plans.models import Plan
from plans.services import files
from plans.tasks import LEFT_ALONE, make_file, prepare_files
from plans.vocabulary import Layout, PlanState
from samverkan.collaboration.editing import write
from samverkan.documents import store
from samverkan.documents.models import StoredFile
from samverkan.documents.pdf import PdfUnavailable
from samverkan.edition import Edition
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member, a_plan, administration_of, an_action
from tests.formats.samples import full
from tests.plans.storing import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = a_plan(a_district(), 2026)
    an_action(plan, administration_of(plan.district), name="Nattvandring")
    return plan


@pytest.fixture
def reader(client, plan):
    client.force_login(a_member(Role.COORDINATOR, plan.district))
    return client


@pytest.fixture
def made(monkeypatch) -> list[str]:
    """What was made, in order: the words of each plan, as if they were a PDF."""
    papers: list[str] = []

    def write_pdf(document, standing, **more):
        papers.append(" ".join(a.name for area in document.areas for a in area.actions))
        return b"%PDF-" + papers[-1].encode()

    monkeypatch.setattr("plans.services.files.write_pdf", write_pdf)
    return papers


@pytest.fixture
def nobody_at_work(settings):
    """Tasks are asked for, and nobody has come to do them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def address(plan: Plan, name: str = "plan-pdf") -> str:
    return reverse(name, args=[plan.district.slug, plan.year])


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def rename(plan: Plan, name: str) -> None:
    plan.areas.get(position=0).actions.update(name=name)


def test_a_file_is_made_once_and_then_served(reader, plan, made):
    assert body(reader.get(address(plan))) == b"%PDF-Nattvandring"
    assert body(reader.get(address(plan))) == b"%PDF-Nattvandring"
    assert made == ["Nattvandring"]


def test_a_change_in_the_plan_makes_a_new_file_and_the_old_is_thrown_away(reader, plan, made):
    reader.get(address(plan))
    rename(plan, "Belysning")
    assert body(reader.get(address(plan))) == b"%PDF-Belysning"
    assert StoredFile.objects.count() == 1


def test_whoever_has_the_file_already_is_not_sent_it_again(reader, plan, made):
    etag = reader.get(address(plan))["ETag"]
    again = reader.get(address(plan), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    rename(plan, "Belysning")
    assert reader.get(address(plan), headers={"If-None-Match": etag}).status_code == 200


def test_the_file_is_named_in_swedish(reader, plan, made):
    plan.district.name = "Hägersten-Älvsjö"
    plan.district.save()
    said = reader.get(address(plan))["Content-Disposition"]
    assert said.startswith("inline")
    assert "%C3%85tg%C3%A4rdsplan%202026%20H%C3%A4gersten-%C3%84lvsj%C3%B6.pdf" in said
    said = reader.get(address(plan, "plan-json"), {"utgava": "publik"})["Content-Disposition"]
    assert said.startswith("attachment")
    assert "%2C%20publik%20utg%C3%A5va.json" in said


def test_the_two_editions_are_two_files(reader, plan, made):
    plan.areas.get(position=0).actions.update(is_internal=True)
    assert body(reader.get(address(plan))) == b"%PDF-Nattvandring"
    assert body(reader.get(address(plan), {"utgava": "publik"})) == b"%PDF-"
    assert body(reader.get(address(plan))) == b"%PDF-Nattvandring"


def test_whoever_waits_sees_that_it_is_being_made_and_is_sent_to_it(
    reader, plan, made, nobody_at_work
):
    waiting = reader.get(address(plan))
    assert waiting.status_code == 202
    assert "Filen görs" in waiting.text
    assert made == []
    make_file.call(plan_id=plan.pk, name="atgardsplan.pdf", edition="internal")
    polled = reader.get(address(plan), headers={"HX-Request": "true"})
    assert polled["HX-Redirect"] == address(plan)
    assert body(reader.get(address(plan))) == b"%PDF-Nattvandring"


def test_a_file_that_is_downloaded_is_offered_once_it_is_made_and_asked_for_no_more(
    reader, plan, nobody_at_work
):
    """To go to it would leave the page where it is, still asking, and download it again and again."""
    assert "hx-trigger" in reader.get(address(plan, "plan-docx")).text
    make_file.call(plan_id=plan.pk, name="atgardsplan.docx", edition="internal")
    polled = reader.get(address(plan, "plan-docx"), headers={"HX-Request": "true"})
    assert "HX-Redirect" not in polled
    assert "hx-trigger" not in polled.text
    assert f'href="{address(plan, "plan-docx")}"' in polled.text


def test_two_that_ask_at_once_get_the_same_file_made_once(reader, plan, made, nobody_at_work):
    for _ in range(2):
        assert reader.get(address(plan)).status_code == 202
    for _ in range(2):
        make_file.call(plan_id=plan.pk, name="atgardsplan.pdf", edition="internal")
    assert made == ["Nattvandring"]


def test_where_no_worker_is_at_work_the_file_is_made_all_the_same(
    reader, plan, made, nobody_at_work
):
    reader.get(address(plan))
    StoredFile.objects.update(asked_at=timezone.now() - timedelta(seconds=6))
    assert body(reader.get(address(plan))) == b"%PDF-Nattvandring"


def test_what_somebody_began_and_died_from_is_made_by_another(reader, plan, made, nobody_at_work):
    reader.get(address(plan))
    begun = timezone.now()
    StoredFile.objects.update(begun_at=begun)
    make_file.call(plan_id=plan.pk, name="atgardsplan.pdf", edition="internal")
    assert made == []  # it is being made
    StoredFile.objects.update(begun_at=begun - store.GIVEN_UP - timedelta(seconds=1))
    make_file.call(plan_id=plan.pk, name="atgardsplan.pdf", edition="internal")
    assert made == ["Nattvandring"]


def no_pango(document, standing, **more):
    raise PdfUnavailable("Pango saknas.")


def test_where_no_pdf_can_be_made_the_page_says_why(client, monkeypatch):
    monkeypatch.setattr("plans.services.files.write_pdf", no_pango)
    district = a_district()
    plan = a_plan(district, 2026, state=PlanState.DECIDED)
    client.force_login(a_member(Role.READER, district))

    response = client.get(address(plan))

    assert response.status_code == 503
    assert "Pango saknas." in response.text
    assert "Hämta den senaste" not in response.text


def test_the_last_good_one_is_offered_and_another_try(reader, plan, made, monkeypatch):
    reader.get(address(plan))
    rename(plan, "Belysning")
    with monkeypatch.context() as broken:
        broken.setattr("plans.services.files.write_pdf", no_pango)
        page = reader.get(address(plan)).text
        assert reader.get(address(plan)).status_code == 503  # and is not tried for each visit
    offered = re.findall(r'href="([^"]*(?:igen|senaste)=1)"', page)
    assert len(offered) == 2
    again, last = offered
    assert body(reader.get(last)) == b"%PDF-Nattvandring"
    assert body(reader.get(again)) == b"%PDF-Belysning"


def test_what_is_broken_in_the_making_is_told_and_comes_to_the_log(reader, plan, monkeypatch):
    def broken(document, standing, **more):
        raise KeyError("something")

    monkeypatch.setattr("plans.services.files.write_pdf", broken)
    assert "Något gick fel" in reader.get(address(plan)).text


# Beforehand ---------------------------------------------------------------------------------------


def writes(plan: Plan, text: str) -> None:
    who = a_member(Role.COORDINATOR, plan.district)
    area = plan.areas.get(position=0)
    plan.refresh_from_db()
    write(
        actor=who,
        work=plan,
        kind=KINDS["area"],
        row=area.uuid,
        typed={"comment": text},
        seen=plan.version,
    )


@pytest.fixture
def asked_for(monkeypatch) -> list:
    """When each preparation is to be done."""
    times: list = []

    class Later:
        def enqueue(self, **given):
            times.append(given)

    def using(*, run_after):
        times.append(run_after)
        return Later()

    monkeypatch.setattr(type(prepare_files), "using", lambda task, **given: using(**given))
    return times


def test_a_plan_that_is_left_alone_has_its_files_made_beforehand(
    plan, made, asked_for, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        writes(plan, "Ett")
        writes(plan, "Två")
    [after, told] = asked_for  # once for all that is written in one go
    plan.refresh_from_db()
    assert told == {"plan_id": plan.pk}
    assert after > timezone.now() + LEFT_ALONE - timedelta(seconds=20)

    prepare_files.call(plan_id=plan.pk)  # somebody has written meanwhile: later, then
    assert made == []
    assert asked_for[2] == plan.changed_at + LEFT_ALONE

    Plan.objects.update(changed_at=timezone.now() - LEFT_ALONE)
    prepare_files.call(plan_id=plan.pk)
    assert len(made) == len(files.PREPARED)
    subjects = set(StoredFile.objects.values_list("subject", flat=True))
    assert {f"plan/{plan.pk}/atgardsplan.pdf/{edition}/" for edition in Edition} <= subjects


# All of them ------------------------------------------------------------------------------------

BEGINNING = {
    "pdf": b"%PDF",
    "docx": b"PK",
    "xlsx": b"PK",
    "json": b"{",
    "svg": b"<svg",
    "png": b"\x89PNG",
    "csv": b"\xef\xbb\xbf",
}


@pytest.mark.parametrize("layout", Layout)
def test_each_file_on_the_page_can_be_had_in_both_editions(client, layout, built_fonts):
    plan = Plan.objects.with_heading().get(pk=stored(full(layout)).pk)
    client.force_login(a_member(Role.COORDINATOR, plan.district))
    page = client.get(address(plan, "plan-files")).text
    offered = re.findall(r'href="(/tallbacken/[^"]*\.[a-z]+(?:\?[^"]*)?)"', page)
    assert {f"/{name}" in " ".join(offered) for name in files.KINDS} == {True}
    for url in map(unescape, offered):
        response = client.get(url)
        extension = url.partition("?")[0].rpartition(".")[2]
        assert body(response).startswith(BEGINNING[extension]), url
        assert ("utgava=publik" in url) == ("publik" in response["Content-Disposition"])


def test_a_party_that_is_not_in_the_plan_has_no_file(reader, plan):
    response = reader.get(address(plan, "plan-atagande-pdf"), {"part": "ingen"})
    assert response.status_code == 404
    assert "Parten finns inte i planen" in response.text
