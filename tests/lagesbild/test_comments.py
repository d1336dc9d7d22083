"""What colleagues say about a report: the same as about a plan, and it never leaves the app."""

import re
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from lagesbild.document import Envelope, sections_of
from lagesbild.editable import KINDS
from lagesbild.models import Block, Report
from lagesbild.services.files import KINDS as FILES
from lagesbild.services.files import Wanted
from lagesbild.services.loading import to_document
from lagesbild.views.comments import CONVERSATION
from lagesbild.waiting_talk import waiting_in_talk
from samverkan.collaboration import commenting
from samverkan.collaboration.comments import comments_of, people_of, threads_of
from samverkan.document import encode
from samverkan.edition import Edition
from samverkan.organisation.models import Party, User
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member, a_user
from tests.lagesbild import samples
from tests.lagesbild.storing import stored

pytestmark = pytest.mark.django_db

WORDS = "Det här stämmer inte med polisens bild."
SECRET = "Ordetsomaldrig kommer ut"
JSON = {"Accept": "application/json"}


@pytest.fixture
def report() -> Report:
    return stored(Envelope(samples.full(), images=samples.IMAGES))


@pytest.fixture
def anna(report: Report) -> User:
    return a_member(Role.COORDINATOR, report.district, user=a_user("Anna Berg"))


@pytest.fixture
def polly(report: Report) -> User:
    police = Party.objects.get(district=report.district, slug="polis")
    return a_member(Role.EDITOR, report.district, police, user=a_user("Polly Strand"))


def fresh(report: Report) -> Report:
    return Report.objects.with_heading().get(pk=report.pk)


def a_row(report: Report, kind: str) -> Any:
    """One of the report's rows of that kind."""
    if kind == "report":
        return report
    if kind == "figure":
        return Block.objects.filter(section__report=report).exclude(form="text").order_by("pk")[0]
    row = KINDS[kind]
    return row.model._default_manager.filter(**{row.to_work: report.pk}).order_by("pk")[0]


@pytest.fixture
def say(report: Report, django_capture_on_commit_callbacks):
    """Says something, and lets the background do what it should."""

    def said(by: User, text: str = WORDS, kind: str = "section", **more: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return commenting.say(
                actor=by,
                work=report,
                kind=KINDS[kind],
                row=a_row(report, kind).uuid,
                text=text,
                **more,
            )

    return said


def name_of(kind: str) -> str:
    return "block" if kind == "figure" else kind


def page_of(report: Report, kind: str) -> str:
    place = [report.district.slug, report.pk, name_of(kind), a_row(report, kind).uuid]
    return reverse("report-row-comments", args=place)


def of_all(report: Report) -> str:
    return reverse("report-comments", args=[report.district.slug, report.pk])


def read_address(report: Report) -> str:
    return reverse("report", args=[report.district.slug, report.year])


TALKED_OF = [kind for kind in KINDS if kind != "deviation"]


@pytest.mark.parametrize("kind", TALKED_OF)
def test_everything_in_a_report_can_be_talked_about_and_the_page_says_what_it_is(
    kind: str, report: Report, say, anna: User, client
) -> None:
    comment = say(anna, kind=kind)
    client.force_login(anna)
    page = client.get(page_of(report, kind))
    assert WORDS in page.text
    assert "Raden är borttagen" not in page.text
    about = re.search(r'<p class="talk-about">(.*?)</p>', page.text, re.S)
    assert about
    assert re.search(r"<b>\w", about[1])
    assert f'id="kommentar-{comment.pk}"' in client.get(of_all(report)).text


def test_a_deviation_is_talked_about_by_what_it_says(client) -> None:
    status = stored(Envelope(samples.status(), images=samples.IMAGES))
    anna = a_member(Role.COORDINATOR, status.district)
    row = a_row(status, "deviation")
    commenting.say(actor=anna, work=status, kind=KINDS["deviation"], row=row.uuid, text=WORDS)
    client.force_login(anna)
    page = client.get(of_all(status)).text
    assert "Avvikelsen" in page
    assert row.text[:30] in page


def test_a_field_is_talked_about_answered_and_settled_with_plain_forms(
    report: Report, anna: User, client
) -> None:
    client.force_login(anna)
    page = page_of(report, "block")

    def press(key: str, **typed: str) -> Any:
        html = client.get(page).text
        (form,) = re.findall(rf'<form[^>]*data-key="{key}".*?</form>', html, re.DOTALL)
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        return client.post(re.findall(r'action="([^"]+)"', form)[0], hidden | typed, follow=True)

    press("ny", text=WORDS, field="text")
    first = report.comments.get()
    press(f"svar-{first.pk}", text="Ett svar")
    answer = report.comments.get(parent=first)
    said = press(f"andra-{answer.pk}", text="Ett bättre svar").text
    assert WORDS in said
    assert "Ett bättre svar" in said
    assert "Skriv något först." in press("ny", text="").text
    settle = re.search(r'action="([^"]+/klar/)"', said)
    assert settle
    client.post(settle[1])
    first.refresh_from_db()
    assert first.resolved_by == anna
    opened = client.get(page).text
    again = re.search(r'action="([^"]+/oppna/)"', opened)
    assert again
    client.post(again[1])
    first = report.comments.get(pk=first.pk)
    assert first.resolved_by is None
    gone = re.search(rf'action="([^"]+/{first.pk}/ta-bort/)"', opened)
    assert gone
    client.post(gone[1])
    assert "Kommentaren är borttagen" in client.get(page).text


def test_whoever_is_named_is_told_by_mail_where_and_nothing_of_what(
    report: Report, say, anna: User, polly: User
) -> None:
    comment = say(anna, f"@Polly Strand {SECRET}", kind="block")
    (sent,) = mail.outbox
    assert sent.to == [polly.email]
    assert sent.subject == f"Anna Berg nämner dig: {report}"
    assert "Ordetsomaldrig" not in sent.body + sent.subject
    assert f"{page_of(report, 'block')}#kommentar-{comment.pk}" in sent.body


def test_those_who_can_be_named_are_those_who_read_the_comments(
    report: Report, anna: User, polly: User
) -> None:
    partner = Party.objects.create(
        district=report.district,
        municipality=report.district.municipality,
        name="Bostadsbolaget",
        short_name="Bostadsbolaget",
        slug="bostad",
    )
    for role, party in ((Role.CONTRIBUTOR, partner), (Role.READER, None), (Role.CITY, None)):
        a_member(role, report.district if role != Role.CITY else None, party)
    assert {person.user for person in people_of(report)} == {anna, polly}


def test_being_named_waits_on_the_start_page_until_i_answer(
    report: Report, say, anna: User, polly: User, client
) -> None:
    def waits() -> list[tuple[str, str]]:
        polly.look_again()
        return [(one.what, one.why) for one in waiting_in_talk(polly, [report.district])]

    first = say(anna, "@Polly Strand?")
    assert waits() == [("Svara där du är nämnd", "1 öppen kommentar")]
    client.force_login(polly)
    assert f'href="{of_all(report)}"' in client.get(reverse("start")).text
    say(polly, "Ja.", answers=first.pk)
    assert waits() == []
    say(anna, "@Polly Strand, säkert?", answers=first.pk)
    assert len(waits()) == 1
    commenting.resolve(actor=anna, work=report, pk=first.pk)
    assert waits() == []


def test_a_decided_report_is_commented_by_those_who_write_and_read_by_those_who_had_a_say(
    report: Report, say, anna: User, polly: User, client
) -> None:
    police = Party.objects.get(district=report.district, slug="polis")
    chef = a_member(Role.MANAGER, report.district, police)
    say(chef)
    Report.objects.filter(pk=report.pk).update(state="beslutad", in_force=True)
    report.refresh_from_db()
    say(polly)
    with pytest.raises(PermissionDenied, match="beslutad"):
        say(chef)
    client.force_login(chef)
    assert WORDS in client.get(of_all(report)).text
    client.force_login(a_member(Role.READER, report.district))
    assert client.get(of_all(report)).status_code == 403


def test_a_comment_on_a_row_that_is_gone_can_still_be_read(
    report: Report, say, anna: User, client
) -> None:
    say(anna, kind="priority")
    page = page_of(report, "priority")
    a_row(report, "priority").delete()
    client.force_login(anna)
    assert "Borttagen rad" in client.get(of_all(report)).text
    gone = client.get(page).text
    assert "Raden är borttagen" in gone
    assert "ur lägesbilden" in gone
    never = reverse(
        "report-row-comments", args=[report.district.slug, report.pk, "priority", uuid4()]
    )
    assert client.get(never).status_code == 404


# On the pages -----------------------------------------------------------------------------------------


def test_where_it_is_written_each_row_says_how_much_is_said_of_it(
    report: Report, say, anna: User, client
) -> None:
    say(anna, kind="block", field="text")
    client.force_login(anna)
    address = reverse("report-write", args=[report.district.slug, report.year])
    page = client.get(address).text
    block = a_row(report, "block")
    assert f'data-row="{block.uuid}" data-open="1" href="{page_of(report, "block")}"' in page
    assert 'id="panel"' in page
    for kind in ("section", "block", "part", "aim", "priority", "result", "source"):
        assert f'href="{page_of(report, kind)}"' in page, kind


@pytest.mark.parametrize(
    "kind", ["section", "block", "figure", "part", "aim", "result", "priority", "deviation"]
)
def test_where_it_is_read_those_who_comment_see_where_something_is_said(kind: str, client) -> None:
    is_status = kind == "deviation"
    document = samples.status() if is_status else samples.full()
    report = stored(Envelope(document, images=samples.IMAGES))
    page = "status-report" if is_status else "report"
    anna = a_member(Role.COORDINATOR, report.district)
    row = a_row(report, kind)
    said: dict[str, Any] = {"work": report, "kind": KINDS[name_of(kind)], "row": row.uuid}
    commenting.say(actor=anna, text=WORDS, **said)
    address = reverse(page, args=[report.district.slug, report.year])
    for who, sees in (
        (anna, True),
        (a_member(Role.CITY, municipality=report.district.municipality), False),
    ):
        client.force_login(who)
        said = client.get(address).text
        assert (f'<a href="{page_of(report, kind)}">1 kommentar</a>' in said) is sees
        assert WORDS not in said


def test_where_it_is_read_comments_cost_one_question_and_only_where_there_are_any(
    report: Report, say, anna: User, client
) -> None:
    client.force_login(anna)

    def asked() -> int:
        client.get(read_address(report))
        with CaptureQueriesContext(connection) as queries:
            client.get(read_address(report))
        return len(queries)

    without = asked()
    first = say(anna)
    assert asked() == without + 1
    for _ in range(5):
        say(anna, answers=first.pk)
    assert asked() == without + 1


def test_a_screen_is_told_of_what_was_said_and_of_nothing_otherwise(
    report: Report, say, anna: User, polly: User, client
) -> None:
    say(anna, kind="block", field="text")
    client.force_login(polly)
    address = reverse("report-news", args=[report.district.slug, report.pk])
    seen = {"seen": report.version, "people": "0"}
    told = client.get(address, seen | {"comments": 0}, headers=JSON).json()["comments"]
    assert told["marks"] == {str(a_row(report, "block").uuid): {"text": 1}}
    with CaptureQueriesContext(connection) as queries:
        quiet = client.get(address, seen | {"comments": told["version"]}, headers=JSON)
    assert quiet.status_code == 204
    assert len(queries) <= 6


# It stays in here -------------------------------------------------------------------------------------


def test_what_is_said_is_in_no_document_file_or_paper_of_either_edition(
    report: Report, say, anna: User, polly: User, built_fonts, client
) -> None:
    before = encode(to_document(report))
    for kind in TALKED_OF:
        say(anna, f"{SECRET} @Polly Strand", kind=kind)
    assert encode(to_document(report)) == before
    client.force_login(anna)
    for name, file in FILES.items():
        if file.of != report.kind:
            continue
        for edition in Edition:
            content = Wanted(fresh(report), file, edition).make()
            assert holds(content, "Tallbacken"), name
            assert not holds(content, "Ordetsomaldrig"), (name, edition)
    place = [report.district.slug, report.year]
    for page in (read_address(report), reverse("report-write", args=place)):
        assert "Ordetsomaldrig" not in client.get(page).text


def holds(content: bytes, word: str) -> bool:
    """Also within what is packed: a PDF's text, a Word file's parts."""
    if content.startswith(b"%PDF"):
        reader = PdfReader(BytesIO(content))
        said = "".join(page.extract_text() for page in reader.pages).encode()
        attached = b"".join(one for files in reader.attachments.values() for one in files)
        return word.encode() in said + attached
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as zipped:
            return any(word.encode() in zipped.read(name) for name in zipped.namelist())
    return word.encode() in content


def test_every_section_has_its_place_among_the_rows(report: Report) -> None:
    """What is talked about stands in the order of the report, whatever is said first."""
    anna = a_member(Role.COORDINATOR, report.district)
    sections = [section.uuid for section, _ in sections_of(to_document(report))]
    for uuid in reversed(sections):
        commenting.say(actor=anna, work=report, kind=KINDS["section"], row=uuid, text=WORDS)
    assert len(threads_of(comments_of(report))) == len(sections)
    known = [row.uuid for row in CONVERSATION.rows(report)]
    assert [uuid for uuid in known if uuid in sections] == sections
