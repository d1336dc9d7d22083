"""The protokoll of a meeting: a link or a file, by whom, how large, and who reads it."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from plans.models import Action, FollowUp, Minutes
from plans.services import minutes as services
from plans.services.minutes import MOST_BYTES, Paper
from samverkan.journal.models import Entry
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_decision,
    a_district,
    a_member,
    a_party,
    a_plan,
    a_round,
    administration_of,
    an_action,
    police_of,
    settle,
)

TODAY = timezone.localdate()
HELD = date(2025, 3, 25)
LINK = "https://exempel.se/protokoll/3"


def a_package(**files: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return made.getvalue()


PDF = b"%PDF-1.7\n%%EOF"
DOCX = a_package(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
DOCM = a_package(
    **{
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": b"<w/>",
        "word/vbaProject.bin": b"x",
    }
)
ODT = a_package(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<o/>"})
XLSX = a_package(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"})


@pytest.fixture
def place(db):
    return a_district()


@pytest.fixture
def plan(place):
    plan = a_plan(place, 2025)
    an_action(plan, administration_of(place), police_of(place), meeting_frequency="11 ggr/år")
    an_action(plan, administration_of(place))
    settle(plan)
    a_decision(plan)
    return plan


@pytest.fixture
def round_(plan):
    return a_round(plan)


@pytest.fixture
def anna(place):
    return a_member(Role.COORDINATOR, place)


@pytest.fixture
def polis(place):
    return a_member(Role.EDITOR, place, police_of(place))


def actions(plan):
    return [one.uuid for one in Action.objects.filter(area__plan=plan).order_by("pk")]


def add(actor, round_, plan, number=0, **said):
    said = {"held_on": HELD} | (said or {"url": LINK})
    return services.add(actor=actor, plan=plan, round_=round_, action=actions(plan)[number], **said)


# What is taken ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "called", "kept"),
    [
        (PDF, "Protokoll 3.pdf", "Protokoll 3.pdf"),
        (DOCX, "C:\\Möten\\mars.docx", "mars.docx"),
        (ODT, "mars.odt", "mars.odt"),
        (PDF, "elak.html", "elak.html.pdf"),  # it is what it is, whatever it is called
        (PDF, "../../etc/passwd", "passwd.pdf"),
        (PDF, "a\x00b\nc.pdf", "a b c.pdf"),
        (PDF, "...", "Protokoll.pdf"),
    ],
)
def test_a_file_is_what_it_says_inside(anna, plan, round_, content, called, kept):
    added = add(anna, round_, plan, paper=Paper(called, content))
    assert (added.file_name, bytes(added.content)) == (kept, content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen är tom."),
        (b"<html>", "varken PDF, Word"),
        (XLSX, "varken PDF, Word"),
        (DOCX[:40], "varken PDF, Word"),
        (DOCM, "innehåller makron"),
        (b"%PDF-" + bytes(MOST_BYTES), "större än 10 MB"),
    ],
    ids=["tom", "html", "xlsx", "avhuggen", "makron", "för stor"],
)
def test_what_is_no_protokoll_is_refused_with_one_sentence(anna, plan, round_, content, sentence):
    with pytest.raises(ValidationError, match=sentence):
        add(anna, round_, plan, paper=Paper("protokoll.pdf", content))
    assert not Minutes.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://exempel.se/p",
        "mars.pdf",
    ],
)
def test_a_link_leads_to_a_page_and_nowhere_else(anna, plan, round_, url):
    with pytest.raises(ValidationError, match="börjar med https://"):
        add(anna, round_, plan, url=url)


def test_it_is_a_link_or_a_file_of_a_meeting_that_has_been(anna, plan, round_):
    with pytest.raises(ValidationError, match="eller välj en fil"):
        add(anna, round_, plan, held_on=HELD)
    with pytest.raises(ValidationError, match="inte båda"):
        add(anna, round_, plan, url=LINK, paper=Paper("p.pdf", PDF))
    with pytest.raises(ValidationError, match="inte varit än"):
        add(anna, round_, plan, url=LINK, held_on=TODAY + timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        round_.minutes.create(action=actions(plan)[0], held_on=HELD, by=anna)


# Who ----------------------------------------------------------------------------------------------


def test_a_party_adds_to_the_actions_that_it_takes_part_in(polis, plan, round_, place):
    assert add(polis, round_, plan)
    with pytest.raises(PermissionDenied, match="parter som deltar i åtgärden"):
        add(polis, round_, plan, number=1)
    for stranger in (
        a_member(Role.READER, place),
        a_member(Role.MANAGER, place, police_of(place)),
        a_member(Role.CONTRIBUTOR, place, a_party(place)),
    ):
        with pytest.raises(PermissionDenied):
            add(stranger, round_, plan)


def test_one_takes_away_ones_own_and_the_samordnare_any(anna, polis, plan, round_, place):
    hers, theirs = add(anna, round_, plan), add(polis, round_, plan)
    with pytest.raises(PermissionDenied, match="av den som lade till det"):
        services.remove(actor=polis, plan=plan, minutes=hers)
    services.remove(actor=polis, plan=plan, minutes=theirs)
    services.remove(actor=anna, plan=plan, minutes=add(polis, round_, plan))
    assert list(Minutes.objects.all()) == [hers]
    kinds = list(Entry.objects.values_list("kind", flat=True))
    assert (kinds.count("minutes-added"), kinds.count("minutes-removed")) == (3, 2)


def test_a_closed_round_takes_and_loses_nothing(anna, plan, round_):
    one = add(anna, round_, plan)
    type(round_).objects.filter(pk=round_.pk).update(closed_at=timezone.now())
    with pytest.raises(ValidationError, match="stängd"):
        add(anna, round_, plan)
    with pytest.raises(ValidationError, match="stängd"):
        services.remove(actor=anna, plan=plan, minutes=one)


# The pages ----------------------------------------------------------------------------------------


def address(name, plan, round_, *more):
    return reverse(name, args=[plan.district.slug, plan.pk, round_.pk, *more])


def test_it_is_added_on_the_page_listed_there_and_through_the_years(client, anna, plan, round_):
    action = actions(plan)[0]
    FollowUp.objects.create(
        round=round_, action=action, state="enligt_plan", meetings_held=10, written_by=anna
    )
    client.force_login(anna)
    sent = SimpleUploadedFile("mars.pdf", PDF)
    typed = {"held_on": "2025-03-25", "title": "Styrgruppen", "file": sent}
    said = client.post(address("minutes-add", plan, round_, action), typed, follow=True)
    page = said.content.decode()
    assert "25 mars 2025" in page
    assert ">Styrgruppen</a>" in page
    assert "10 av 11 möten" in page
    thread = client.get(reverse("action-thread", args=[plan.district.slug, action]))
    assert ">Styrgruppen</a>" in thread.content.decode()
    remove = address("minutes-remove", plan, round_, Minutes.objects.get().pk)
    assert remove in page
    assert "Protokollet är borttaget" in client.post(remove, follow=True).content.decode()


def test_a_file_is_downloaded_and_never_shown(client, anna, plan, round_):
    one = add(anna, round_, plan, paper=Paper("Möte åäö.pdf", PDF))
    client.force_login(anna)
    response = client.get(address("minutes-file", plan, round_, one.pk))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"
    link = add(anna, round_, plan)
    assert client.get(address("minutes-file", plan, round_, link.pk)).status_code == 404


def test_they_are_for_those_who_work_with_the_plan(client, anna, plan, round_, place):
    one = add(anna, round_, plan, paper=Paper("mars.pdf", PDF), title="Styrgruppen")
    client.force_login(a_member(Role.READER, place))
    assert client.get(address("minutes-file", plan, round_, one.pk)).status_code == 403
    assert "Styrgruppen" not in client.get(address("round", plan, round_)).content.decode()
    thread = reverse("action-thread", args=[plan.district.slug, actions(plan)[0]])
    assert "Styrgruppen" not in client.get(thread).content.decode()


def test_another_round_has_it_not(client, anna, plan, round_):
    one = add(anna, round_, plan, paper=Paper("mars.pdf", PDF))
    other = a_round(plan, name="Tertial 2", kind="T2")
    client.force_login(anna)
    assert client.get(address("minutes-file", plan, other, one.pk)).status_code == 404


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client, anna, plan, round_):
    client.force_login(anna)
    response = client.post(
        address("minutes-add", plan, round_, actions(plan)[0]),
        b"x",
        content_type="multipart/form-data; boundary=x",
        headers={"Content-Length": str(MOST_BYTES * 2)},
        CONTENT_LENGTH=str(MOST_BYTES * 2),
    )
    assert response.status_code == 413
    assert "större än 10 MB" in response.content.decode()
