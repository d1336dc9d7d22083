"""A report takes the same steps as a plan: approved by those behind it, decided, frozen, revised."""

import re
from io import StringIO
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from msgspec.structs import replace

from lagesbild.document import Envelope, blocks_of, decode, read_json
from lagesbild.editable import KINDS
from lagesbild.models import (
    Approval,
    Decision,
    Deviation,
    Image,
    Report,
    Section,
    SentDraft,
    Source,
    rules,
)
from lagesbild.services.loading import current_document, images_of, to_document
from lagesbild.services.revision import copy_of
from lagesbild.services.workflow import REPORTS
from plans.vocabulary import PlanState
from samverkan import triggers
from samverkan.collaboration import editing
from samverkan.collaboration import models as collaboration
from samverkan.journal.models import Entry
from samverkan.organisation.models import Party
from samverkan.organisation.vocabulary import Role
from samverkan.reading.models import SentFile
from samverkan.workflow import models as workflow
from samverkan.workflow import table
from samverkan.workflow.facts import answers_about
from tests.access.personas import EVERYBODY, OUTSIDE, Door
from tests.factories import a_member, settle
from tests.lagesbild import samples
from tests.lagesbild.storing import stored
from tests.workflow import steps
from tests.workflow.steps import in_a_week, seen
from tests.workflow.test_table import STEPS

pytestmark = pytest.mark.django_db
DRAFT, CONSULTATION, DECIDED, CLOSED = PlanState


@pytest.fixture(autouse=True)
def _quick_pdf(monkeypatch):
    """A PDF takes a second; tests/lagesbild/formats makes real ones."""
    monkeypatch.setattr(
        "lagesbild.services.workflow.write_pdf",
        lambda document, standing, images, **more: b"%PDF-" + standing.content_hash.encode(),
    )


@pytest.fixture
def door():
    door = Door(CONSULTATION)
    assert door.report
    return door


@pytest.fixture
def report():
    """One that uses everything there is."""
    return stored(Envelope(samples.full(), images=samples.IMAGES))


def take(door, step, who, **other):
    return steps.take(door, step, who, **{"plan": door.report} | other)


def approved_by_all(door):
    for who in ("chef sdf", "chef polis"):
        take(door, "approve", who)


def decided(door):
    approved_by_all(door)
    decision = take(door, "decide", "samordnare")
    door.report.refresh_from_db()
    return decision


def write(door, text="En ny rubrik", who="samordnare"):
    """Somebody writes in the report."""
    return editing.write(
        actor=door.person(who) if isinstance(who, str) else who,
        work=Report.objects.get(pk=door.report.pk),
        kind=KINDS["section"],
        row=door.report.all_sections.get(form="text").uuid,
        typed={"heading": text},
        seen=10_000,
    )


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(door) -> str:
    return reverse("report", args=[door.district.slug, door.report.year])


def address(door, page) -> str:
    return reverse(f"report-{page}", args=[door.district.slug, door.report.pk])


def words_of(response) -> str:
    return " ".join(re.sub("<[^>]+>", " ", response.text.split("<main")[1]).split())


def status(door, who) -> str:
    page = logged_in(door.person(who)).get(page_of(door)).text
    found = re.search(r'<section class="status.*?</section>', page, re.S)
    return " ".join(re.sub("<[^>]+>", " ", found.group()).split()) if found else ""


def typed(door, **words):
    now = seen(door.report)
    return {"version": now.version, "content_hash": now.content_hash} | words


# Who takes which step -----------------------------------------------------------------------------


@pytest.mark.parametrize("state", PlanState)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_from_each_state_by_each_person_as_for_plans(step, state):
    source, target, allowed = STEPS[step]
    door = Door(state)
    assert door.elsewhere
    assert door.report
    if step == "decide" and state == CONSULTATION:
        approved_by_all(door)
    for who in EVERYBODY:
        with transaction.atomic():  # each comes to the same door
            if state == source and who in allowed:
                take(door, step, who)
                assert Report.objects.get(pk=door.report.pk).state == target, who
            else:
                with pytest.raises((PermissionDenied, Http404)) as refusal:
                    take(door, step, who)
                assert isinstance(refusal.value, Http404) is (who in OUTSIDE), who
                assert str(refusal.value).endswith(".")
                assert "{" not in str(refusal.value)
                assert "plan" not in str(refusal.value).lower().replace("planernas", "")
                assert Report.objects.get(pk=door.report.pk).state == state
            transaction.set_rollback(True)


def test_it_is_decided_when_all_behind_it_have_approved(door):
    take(door, "approve", "chef sdf")
    with pytest.raises(ValidationError, match="Polisen har inte godkänt lägesbilden"):
        take(door, "decide", "samordnare")
    take(door, "approve", "chef polis")
    assert take(door, "decide", "samordnare").report == door.report


def test_a_status_report_is_called_what_it_is():
    door = Door(CONSULTATION)
    with pytest.raises(ValidationError, match="har inte godkänt statusrapporten"):
        take(door, "decide", "samordnare", plan=door.status_report)


# An approval --------------------------------------------------------------------------------------


def test_a_change_voids_it_visibly(door, django_capture_on_commit_callbacks):
    chef, coordinator = door.person("chef polis"), door.person("samordnare")
    take(door, "approve", chef)
    assert "Polisen Har godkänt lägesbilden som den står nu" in status(door, "kommunpolis")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        write(door, "Ett", "kommunpolis")
        write(door, "Två", "kommunpolis")
    report = Report.objects.get(pk=door.report.pk)
    assert not any(one.is_approved for one in answers_about(report, seen(report)))
    said = status(door, "samordnare")
    assert "Polisen Godkände, men lägesbilden har ändrats sedan dess" in said
    assert {letter.to[0] for letter in mail.outbox} == {chef.email, coordinator.email}
    assert Entry.objects.filter(kind="report-approval-voided").count() == 1
    assert page_of(door) in mail.outbox[0].body


def test_one_that_came_on_another_content_is_refused(door):
    before = seen(door.report)
    write(door)
    with pytest.raises(ValidationError, match="Lägesbilden har ändrats sedan du öppnade sidan"):
        take(door, "approve", "chef polis", seen=before)
    assert not Approval.objects.exists()


# The decision -------------------------------------------------------------------------------------


def test_it_freezes_the_document_its_hash_and_the_pdf(door):
    document = to_document(door.report)
    decision = decided(door)
    assert (door.report.state, door.report.in_force) == (DECIDED, True)
    assert decode(bytes(decision.document)) == document
    assert decision.sha256 == document.content_hash()
    assert bytes(decision.pdf) == b"%PDF-" + decision.sha256.encode()
    reader = logged_in(door.person("läsare"))
    assert b"".join(reader.get(address(door, "decided-pdf"))) == bytes(decision.pdf)
    assert "PDF som den beslutades" in reader.get(page_of(door)).text


def test_what_looks_like_personal_data_is_confirmed_first(door):
    write(door, "Ring 070-174 06 05")
    approved_by_all(door)
    (finding,) = REPORTS.findings(to_document(door.report))
    with pytest.raises(ValidationError, match="Ett ställe ser ut som en personuppgift"):
        take(door, "decide", "samordnare")
    asked = logged_in(door.person("samordnare")).get(address(door, "decide"))
    assert "Står i avsnittet ”Ring 070-174 06 05”." in words_of(asked)
    decision = take(door, "decide", "samordnare", confirmed=[finding.fingerprint])
    assert decision.confirmations.get().fingerprint == finding.fingerprint


@pytest.mark.parametrize("edition", ["internal", "public"])
def test_its_editions_come_from_what_was_decided(door, edition):
    decided(door)
    Party.objects.filter(pk=door.police.pk).update(name="Omdöpt", short_name="Omdöpt")
    client = logged_in(door.person("läsare"))
    asked = {"utgava": "publik"} if edition == "public" else {}
    where = reverse("report-json", args=[door.district.slug, door.report.year])
    envelope = read_json(b"".join(client.get(where, asked)))
    assert envelope.decision.body == "Stadsdelsnämnden"
    for said in (client.get(page_of(door)).text, str(envelope.document)):
        assert "Omdöpt" not in said


def test_the_paper_that_is_decided_says_nothing_of_earlier_drafts(door, monkeypatch):
    """Readers have it, and have not had them."""
    earlier = Report.objects.create(
        kind="lagesbild", district=door.district, year=2024, catalogue=door.plan.catalogue
    )
    area = door.plan.areas.first().area
    section = earlier.all_sections.create(heading="Område", form="omrade", area=area)
    Deviation.objects.create(section=section, direction="samre")
    asked = []

    def write_pdf(*given, earlier, **more):
        asked.append(earlier)
        return b"%PDF-"

    monkeypatch.setattr("lagesbild.services.workflow.write_pdf", write_pdf)
    decided(door)
    assert asked == [[]]


def test_what_was_decided_is_exported_as_it_was(door, tmp_path):
    which = {"district": door.district.slug, "year": 2025, "kind": "lagesbild"}
    given = which | {"decided": True, "stdout": StringIO()}
    out = tmp_path / "ut"
    with pytest.raises(CommandError, match="har inget beslut"):
        call_command("export_report", out=out, format="pdf", **given)
    decision = decided(door)
    call_command("export_report", out=out, format="pdf", **given)
    assert out.read_bytes() == bytes(decision.pdf)
    call_command("export_report", out=out, format="json", **given)
    envelope = read_json(out.read_bytes())  # holds its images against their sums
    assert envelope.document.content_hash() == decision.sha256
    assert envelope.images
    for wrong in ({"format": "docx"}, {"format": "json", "edition": "public"}):
        with pytest.raises(CommandError, match="frös lägesbilden som PDF och JSON"):
            call_command("export_report", out=out, **given | wrong)


def test_its_images_are_kept_for_ever(door):
    decided(door)
    image = Image.objects.get()
    for attempt in (
        lambda: Image.objects.filter(pk=image.pk).update(content=b""),
        lambda: Image.objects.filter(pk=image.pk)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="En bild kan inte"), transaction.atomic():
            attempt()


def test_every_decision_is_hashed_anew_and_its_images_too(door):
    decided(door)
    out = StringIO()
    call_command("verify_decisions", stdout=out)
    assert "Det enda beslutet stämmer" in out.getvalue()
    triggers.drop()
    try:
        Image.objects.update(content=b"annat")
    finally:
        triggers.create()
    with pytest.raises(CommandError, match=r"Lägesbild 2025 för Skarpnäck.*en bild i dokumentet"):
        call_command("verify_decisions", stdout=out)


# Locked -------------------------------------------------------------------------------------------


def rows_of(report):
    """A row of each kind in the report."""
    return {
        table: model.objects.filter(**{f"{to_report}": report}).first()
        for table, model, to_report in (
            (model._meta.db_table, model, _way_to_a_report(model)) for model in _parts()
        )
    }


BESIDE = (
    *(workflow.Approval, workflow.Decision, workflow.Dispatch, workflow.SentDraft),
    *(workflow.Confirmation, workflow.RegistryNumber),
    *(collaboration.Change, collaboration.Presence, collaboration.Comment),
    SentFile,  # and what has been read in from
)


def _parts():
    """Every table that hangs on a report and is neither about its way to a decision nor about who
    works in it: what is in its document."""
    return [
        model
        for model in apps.get_app_config("lagesbild").get_models(include_auto_created=True)
        if model not in (Report, Image) and not issubclass(model, BESIDE) and _hangs(model)
    ]


def _hangs(model) -> bool:
    return bool(_way_to_a_report(model))


def _way_to_a_report(model) -> str:
    for field in model._meta.concrete_fields:
        if field.related_model is Report:
            return field.name
    for field in model._meta.concrete_fields:
        other = field.related_model
        if not other or other is model or issubclass(other, BESIDE):
            continue
        if other._meta.app_label == "lagesbild":
            way = _way_to_a_report(other)
            if way:
                return f"{field.name}__{way}"
    return ""


def test_every_table_of_a_report_is_guarded(report):
    """So that a table that comes to the report is not forgotten."""
    tables = set(rows_of(report))
    assert {"lagesbild_section", "lagesbild_figurepart", "lagesbild_report_covers"} <= tables
    assert tables == set(rules.REPORT_OF)
    assert all(rows_of(report).values()), "the sample has a row of each"
    guarded = {
        trigger.table
        for trigger in triggers._triggers
        if trigger.name.endswith("_is_frozen_insert")
    }
    assert tables <= guarded


def test_all_that_the_report_itself_says_is_guarded():
    said = {field.attname for field in Report._meta.concrete_fields}
    steps_and_work = {
        *("id", "uuid", "state", "reply_by", "in_force", "version", "comments_version"),
        *("created_at", "changed_at"),
    }
    assert said - steps_and_work == set(rules.SAID_BY_THE_REPORT)


@pytest.mark.parametrize("state", [DECIDED, CLOSED])
def test_no_row_of_a_decided_report_is_added_altered_or_taken_away(report, state):
    rows = rows_of(report)
    settle(report, state)
    for row in rows.values():
        model = type(row)
        key = model._meta.pk.attname
        field = "position" if hasattr(row, "position") else "report_id"

        def add(row=row, model=model):
            row.pk = None
            if hasattr(row, "uuid"):
                row.uuid = uuid4()
            model.objects.bulk_create([row])

        def alter(row=row, model=model, field=field, key=key):
            of_row = model.objects.filter(**{key: getattr(row, key)})
            of_row.update(**{field: getattr(row, field)})

        def take_away(row=row, model=model):
            model.objects.filter(pk=row.pk)._raw_delete("default")

        for attempt in (alter, take_away, add):
            with pytest.raises(IntegrityError, match="kan inte ändras"), transaction.atomic():
                attempt()


@pytest.mark.parametrize(
    "fields",
    [
        {"state": DRAFT},
        {"title": "En annan rubrik"},
        {"described_on": None},
        {"year": 2001},
        {"revision": 7},
    ],
)
def test_the_report_itself_stays_as_it_was_decided(report, fields):
    settle(report)
    with pytest.raises(IntegrityError, match="kan inte ändras"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**{"in_force": False} | fields)


def test_a_draft_is_as_open_as_before(report):
    Source.objects.create(report=report, name="En ny källa")
    report.all_sections.all().delete()
    assert not Section.objects.filter(report=report).exists()


def test_what_was_sent_approved_and_decided_is_never_altered(door):
    take(door, "withdraw", "samordnare")
    take(door, "send", "samordnare")
    decided(door)
    for model in (Approval, Decision, SentDraft):
        with pytest.raises(IntegrityError, match="i efterhand"), transaction.atomic():
            model.objects.all()._raw_delete("default")


def test_who_writes_in_a_decided_one_is_told_so(door):
    decided(door)
    with pytest.raises(PermissionDenied, match="Lägesbilden är beslutad och kan inte ändras"):
        write(door)


# Revisions ----------------------------------------------------------------------------------------


def test_a_revision_is_the_same_report_with_the_same_rows_and_images(report):
    before = to_document(report)
    settle(report)
    new = Report.objects.with_heading().get(pk=copy_of(report, revision=3).pk)
    assert to_document(new) == replace(before, revision=3)
    assert (new.state, new.version, new.in_force) == (DRAFT, 1, False)
    named = {block.image.sha256 for block in blocks_of(before) if block.image}
    assert images_of(new, to_document(new)).keys() == named


def test_the_one_in_force_stays_so_until_the_next_is_decided(door):
    decided(door)
    first = door.report
    door.report = take(door, "revise", "samordnare")
    with pytest.raises(ValidationError, match="Revision 2 är redan på väg"):
        take(door, "revise", "samordnare", plan=first)
    write(door, "Skrivet i revisionen")
    take(door, "send", "samordnare")
    first.refresh_from_db()
    assert first.in_force
    assert "Skrivet i revisionen" not in str(current_document(first))
    page = logged_in(door.person("samordnare")).get(page_of(door))
    assert "Revision 2 är på väg: samråd." in words_of(page)
    decided(door)
    first.refresh_from_db()
    assert (first.in_force, door.report.in_force) == (False, True)
    with pytest.raises(ValidationError, match="Lägesbilden gäller inte längre"):
        take(door, "revise", "samordnare", plan=first)


def test_closing_closes_the_older_revisions_too(door):
    decided(door)
    door.report = take(door, "revise", "samordnare")
    take(door, "send", "samordnare")
    decided(door)
    take(door, "close", "samordnare")
    assert set(Report.objects.values_list("state", "in_force")) == {(CLOSED, False)}


# The pages ----------------------------------------------------------------------------------------


def test_a_report_goes_all_the_way_by_its_pages():
    door = Door(DRAFT)
    coordinator = logged_in(door.person("samordnare"))
    sending = coordinator.get(address(door, "send"))
    assert "Lägesbilden kan fortfarande ändras" in words_of(sending)
    assert "planen" not in words_of(sending).lower()
    done = coordinator.post(address(door, "send"), typed(door, reply_by=in_a_week()), follow=True)
    assert "är på samråd. Parterna får ett meddelande" in done.text
    for who in ("chef sdf", "chef polis"):
        chef = logged_in(door.person(who))
        page = chef.get(page_of(door)).text
        link = re.search(r'href="([^"]*godkann[^"]*)"', page).group(1).replace("&amp;", "&")
        asked = chef.get(link)
        assert "Du godkänner lägesbilden precis som du har läst den: 2 avsnitt" in words_of(asked)
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', asked.text))
        assert chef.post(address(door, "approve"), fields).status_code == 302
    numbers = {f"number_{door.sdf.pk}": "SKA 1", f"number_{door.police.pk}": "A 1"}
    words = {"body": "Nämnden", "decided_on": "2025-01-20", "paragraph": "§ 6"}
    done = coordinator.post(address(door, "decide"), typed(door) | words | numbers, follow=True)
    assert "lägesbildens innehåll är låst" in done.text
    assert "Beslutad 20 januari 2025 av Nämnden, § 6" in words_of(done)
    done = coordinator.post(
        address(door, "revise"), typed(door, reason="Nya siffror."), follow=True
    )
    assert done.redirect_chain[-1][0].endswith("?revision=2")
    said = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert said == [
        *("report-sent", "report-approved", "report-approved", "report-decided"),
        "report-revised",
    ]


@pytest.mark.parametrize(
    ("state", "who", "offered"),
    [
        (DRAFT, "samordnare", {"Skicka på samråd"}),
        (DRAFT, "kommunpolis", set()),
        (CONSULTATION, "samordnare", {"Ta tillbaka till utkast", "Ändra svarsdatum"}),
        (CONSULTATION, "chef polis", {"Godkänn", "Återsänd för ändring"}),
        (CONSULTATION, "stadsledning", set()),
        (DECIDED, "samordnare", {"Öppna en ny revision", "Avsluta lägesbilden"}),
        (DECIDED, "läsare", set()),
        (CLOSED, "samordnare", set()),
    ],
)
def test_what_i_can_do_now_has_a_button_and_no_button_answers_403(state, who, offered):
    door = Door(state)
    client = logged_in(door.person(who))
    page = client.get(page_of(door)).text
    buttons = re.findall(r'<a class="btn [^"]*" href="([^"]*)">([^<]*)</a>', page)
    steps_of_it = [one.action.format(the="lägesbilden") for one in table.TRANSITIONS]
    links = {label: url for url, label in buttons if label in steps_of_it}
    assert set(links) == offered
    for url in links.values():
        assert client.get(url.replace("&amp;", "&")).status_code == 200


def test_what_was_sent_is_listed_and_the_draft_can_be_had():
    door = Door(DRAFT)
    take(door, "send", "samordnare")
    client = logged_in(door.person("chef polis"))
    page = client.get(address(door, "dispatches"))
    assert "Skickad på samråd Polisen" in words_of(page)
    link = re.search(r'href="([^"]*skickat/\d+\.json)"', page.text).group(1)
    sent = read_json(client.get(link).content).document
    assert sent.content_hash() == SentDraft.objects.get().sha256
    unknown = reverse(
        "report-sent-draft",
        args=[door.district.slug, door.report.pk, SentDraft.objects.get().pk + 1],
    )
    assert client.get(unknown).status_code == 404


def test_a_draft_that_was_sent_is_had_with_its_images_whatever_is_done_to_the_report_since():
    door = Door(DRAFT)
    take(door, "send", "samordnare")
    before = current_document(door.report)
    images = images_of(door.report, before)
    take(door, "withdraw", "samordnare")
    assert images
    for section in door.report.all_sections.all():
        section.delete()
    assert not images_of(door.report, current_document(door.report))
    draft = SentDraft.objects.get()
    address = reverse("report-sent-draft", args=[door.district.slug, door.report.pk, draft.pk])
    had = read_json(logged_in(door.person("chef polis")).get(address).content)
    assert had.document == before
    assert had.images == images


def test_an_image_of_a_draft_that_was_sent_can_neither_be_removed_nor_altered():
    door = Door(DRAFT)
    take(door, "send", "samordnare")
    image = Image.objects.get()
    for attempt in (image.delete, lambda: Image.objects.filter(pk=image.pk).update(content=b"")):
        with pytest.raises(IntegrityError, match="En bild kan inte"), transaction.atomic():
            attempt()


def test_every_draft_that_was_sent_is_hashed_anew_and_its_images_too():
    door, out = Door(DRAFT), StringIO()
    take(door, "send", "samordnare")
    call_command("verify_decisions", stdout=out)
    assert "Utkasten som har skickats är som de var: 1." in out.getvalue()
    triggers.drop()
    try:
        Image.objects.update(content=b"annat")
    finally:
        triggers.create()
    with pytest.raises(CommandError, match="utkastet som skickades: en bild i dokumentet"):
        call_command("verify_decisions", stdout=out)


def test_the_mails_lead_to_the_report_and_tell_nothing_of_what_is_in_it(
    django_capture_on_commit_callbacks,
):
    door = Door(DRAFT)
    people = {who: door.person(who) for who in ("kommunpolis", "chef polis", "bidragsgivare")}
    with django_capture_on_commit_callbacks(execute=True):
        take(door, "send", "samordnare")
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert letters.keys() == {people[who].email for who in ("kommunpolis", "chef polis")}
    to_chef = letters[people["chef polis"].email].body
    assert "Läs lägesbilden, och godkänn den" in to_chef
    assert "Läs igenom lägesbilden" in letters[people["kommunpolis"].email].body
    assert page_of(door) in to_chef
    assert "\n\n\n" not in to_chef


def test_the_page_keeps_within_its_budget_while_it_is_on_its_way(report):
    """Fifteen questions, and at most two more when it has been sent."""
    district = report.district
    door = Door.__new__(Door)
    door.district, door.report = district, report
    user = a_member(Role.COORDINATOR, district)
    client = logged_in(user)

    def questions() -> int:
        client.get(page_of(door))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page_of(door)).status_code == 200
        return len(asked)

    draft = questions()
    steps.TAKE["send"](actor=user, work=report, seen=seen(report), reply_by=in_a_week())
    assert questions() <= draft + 2
    for entry in report.behind.all():
        chef = a_member(Role.MANAGER, district, entry.party)
        steps.TAKE["approve"](actor=chef, work=report, seen=seen(report), party=entry.party)
    assert questions() <= draft + 2


# The start page and the list ----------------------------------------------------------------------


def tasks(user) -> str:
    return words_of(logged_in(user).get(reverse("start")))


def test_the_start_page_says_what_can_be_done_now(door):
    coordinator, chef = door.person("samordnare"), door.person("chef polis")
    assert "Godkänn lägesbilden, eller återsänd den Skarpnäck, lägesbild 2025" in tasks(chef)
    assert "Läs igenom lägesbilden" in tasks(door.person("kommunpolis"))
    assert "Följ samrådet om lägesbilden" in tasks(coordinator)
    assert "lägesbilden" not in tasks(door.person("chef partner"))
    take(door, "return", chef)
    assert "Polisen har återsänt lägesbilden för ändring" in tasks(coordinator)
    approved_by_all(door)
    assert "Godkänn lägesbilden" not in tasks(chef)
    assert tasks(coordinator).count("Registrera beslutet: alla huvudparter har godkänt") == 1
    take(door, "decide", coordinator)
    assert "lägesbilden" not in tasks(coordinator)


def test_the_list_says_how_it_stands_with_each(door):
    decided(door)
    page = logged_in(door.person("läsare")).get(reverse("reports", args=[door.district.slug]))
    decided_on = Decision.objects.get().decided_on
    assert f"Beslutad {decided_on} Gäller" in words_of(page)
