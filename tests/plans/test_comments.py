"""What colleagues say about the rows of a plan: who may, who is told, and that it stays in here."""

import re
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.editable import KINDS
from plans.models import Comment, Plan
from plans.services.loading import to_document
from plans.services.removal import empty_drafts
from plans.vocabulary import PlanState
from plans.waiting import Task, plans_in, waiting_for
from samverkan.collaboration import commenting
from samverkan.collaboration.comments import Talk, comments_of, mentioned, people_of, threads_of
from samverkan.collaboration.editing import Gone
from samverkan.document import encode
from samverkan.organisation.models import Membership
from samverkan.organisation.vocabulary import Role
from tests.factories import (
    a_district,
    a_member,
    a_party,
    a_plan,
    a_user,
    an_action,
    an_agreement,
    police_of,
    settle,
)
from tests.plans.rows import a_chain

pytestmark = pytest.mark.django_db

WORDS = "Det här räcker inte på kvällarna."


@pytest.fixture
def district():
    return a_district("Järva", "jarva")


@pytest.fixture
def plan(district):
    return a_plan(district, 2026, agreement=an_agreement(district))


@pytest.fixture
def anna(district):
    return a_member(Role.COORDINATOR, district, user=a_user("Anna Berg"))


@pytest.fixture
def polly(district):
    return a_member(Role.EDITOR, district, police_of(district), user=a_user("Polly Strand"))


@pytest.fixture
def say(plan, chain, django_capture_on_commit_callbacks):
    """Says something about the action, and lets the background do what it should."""

    def said(by, text=WORDS, row=None, **more):
        with django_capture_on_commit_callbacks(execute=True):
            return commenting.say(
                actor=by,
                work=plan,
                kind=more.pop("kind", KINDS["action"]),
                row=(row or chain.action).uuid,
                text=text,
                **more,
            )

    return said


def threads(plan):
    return threads_of(comments_of(plan))


def marks(user, plan):
    return Talk(user, Plan.objects.get(pk=plan.pk)).marks


# To say, answer and settle ----------------------------------------------------------------------------


def test_a_comment_and_its_answers_are_a_thread_about_the_field(plan, chain, say, anna, polly):
    first = say(anna, field="timing")
    say(polly, "Instämmer.", answers=first.pk)
    (thread,) = threads(plan)
    assert [comment.text for comment in thread.comments] == [WORDS, "Instämmer."]
    assert thread.field_label == "Tid"
    assert marks(anna, plan) == {str(chain.action.uuid): {"timing": 1}}


def test_an_answer_to_an_answer_stands_in_the_same_thread(plan, say, anna, polly):
    second = say(polly, answers=say(anna).pk)
    say(anna, answers=second.pk)
    (thread,) = threads(plan)
    assert len(thread.comments) == 3


def test_a_thread_that_is_settled_is_not_counted_and_one_more_word_opens_it(plan, say, anna, polly):
    first = say(anna)
    commenting.resolve(actor=polly, work=plan, pk=first.pk)
    assert marks(anna, plan) == {}
    assert threads(plan)[0].first.resolved_by == polly
    commenting.reopen(actor=anna, work=plan, pk=first.pk)
    assert len(marks(anna, plan)) == 1
    commenting.resolve(actor=polly, work=plan, pk=first.pk)
    say(anna, "Ändå inte.", answers=first.pk)
    assert len(marks(anna, plan)) == 1


def test_the_same_button_pressed_twice_says_it_once(plan, say, anna):
    uuid = uuid4()
    assert say(anna, uuid=uuid) == say(anna, uuid=uuid)
    assert plan.comments.count() == 1


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 5001])
def test_nothing_and_a_whole_book_are_no_comments(text, plan, say, anna):
    with pytest.raises(ValidationError):
        say(anna, text)
    assert not plan.comments.exists()


def test_nothing_is_said_of_what_is_not_in_the_plan(plan, chain, say, anna):
    other = a_chain(a_plan(a_district(), 2026))
    with pytest.raises(Gone):
        say(anna, row=other.action)
    with pytest.raises(Http404):
        say(anna, field="position")
    elsewhere = Comment.objects.create(
        plan=other.action.area.plan, kind="action", row=other.action.uuid, text="Där.", by=anna
    )
    with pytest.raises(Http404):
        commenting.resolve(actor=anna, work=plan, pk=elsewhere.pk)


# One's own --------------------------------------------------------------------------------------------


def test_i_change_what_i_have_said_until_somebody_has_answered(plan, say, anna, polly):
    first = say(anna)
    commenting.change(actor=anna, work=plan, pk=first.pk, text="Det räcker.")
    first.refresh_from_db()
    assert (first.text, bool(first.edited_at)) == ("Det räcker.", True)
    say(polly, answers=first.pk)
    with pytest.raises(ValidationError, match="har svarat"):
        commenting.change(actor=anna, work=plan, pk=first.pk, text="Nej.")


@pytest.mark.parametrize("act", ["change", "take_back"])
def test_nobody_touches_what_another_has_said(act, plan, say, anna, polly):
    first = say(polly)
    text = {"text": "Jag håller med."} if act == "change" else {}
    with pytest.raises(PermissionDenied, match="själv har skrivit"):
        getattr(commenting, act)(actor=anna, work=plan, pk=first.pk, **text)
    first.refresh_from_db()
    assert first.text == WORDS


def test_what_is_taken_back_leaves_no_words_but_its_place(plan, chain, say, anna, polly, client):
    first = say(anna, f"{WORDS} @Polly Strand")
    say(polly, "Varför det?", answers=first.pk)
    commenting.take_back(actor=anna, work=plan, pk=first.pk)
    first.refresh_from_db()
    assert first.text == ""
    assert not first.mentions.exists()
    client.force_login(polly)
    page = client.get(reverse("row-comments", args=["jarva", plan.pk, "action", chain.action.uuid]))
    assert "Kommentaren är borttagen" in page.text
    assert "Varför det?" in page.text
    assert WORDS not in page.text


def test_a_thread_in_which_all_is_taken_back_is_no_more(plan, say, anna):
    first = say(anna)
    commenting.take_back(actor=anna, work=plan, pk=first.pk)
    assert threads(plan) == []
    assert marks(anna, plan) == {}


def test_a_decided_plan_is_commented_by_those_who_follow_it_up_and_read_by_those_who_had_a_say(
    plan, chain, say, anna, polly, district
):
    chef = a_member(Role.MANAGER, district, police_of(district))
    say(chef)
    settle(plan)
    say(polly)
    with pytest.raises(PermissionDenied, match="beslutad"):
        say(chef)
    assert len(marks(chef, plan)[str(chain.action.uuid)]) == 1


# To name somebody -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "@Polly Strand kan du titta?",
        "Kanske @polly  strand.",
        "Rad ett\n(@Polly\nStrand)",
        "@Polly Strand @Polly Strand",
    ],
)
def test_whoever_is_named_is_told_once_by_mail_and_nothing_of_the_plan_is_in_it(
    text, plan, chain, say, anna, polly
):
    comment = say(anna, f"{text} Hemligheten om Nattvandring.")
    (sent,) = mail.outbox
    assert sent.to == [polly.email]
    assert sent.subject == f"Anna Berg nämner dig: {plan}"
    for secret in ("Hemligheten", "Nattvandring", "titta"):
        assert secret not in sent.body + sent.subject
    path = reverse("row-comments", args=["jarva", plan.pk, "action", chain.action.uuid])
    assert f"{path}#kommentar-{comment.pk}" in sent.body


@pytest.mark.parametrize(
    "text", ["Polly Strand", "@Polly Strandberg", "post@Polly Strand", "@Polly", "@Anna Berg"]
)
def test_nobody_is_told_who_is_not_named_and_i_am_not_told_of_myself(text, say, anna, polly):
    say(anna, text)
    assert mail.outbox == []


def test_a_longer_name_is_not_taken_for_a_shorter_one(plan, district, anna):
    long = a_member(Role.EDITOR, district, police_of(district), user=a_user("Anna Berg Lund"))
    assert mentioned("@Anna Berg Lund", people_of(plan)) == [long]


def test_two_of_one_name_are_told_apart_by_their_party(plan, district, anna):
    other = a_member(Role.EDITOR, district, police_of(district), user=a_user("Anna Berg"))
    people = people_of(plan)
    assert [person.handle for person in people] == [
        "Anna Berg (Polisen)",
        "Anna Berg (Stadsdelsförvaltningen)",
    ]
    assert mentioned("@Anna Berg (Polisen), hej", people) == [other]
    assert set(mentioned("@Anna Berg, hej", people)) == {anna, other}


def test_a_change_tells_only_those_who_were_not_named_before(
    plan, say, anna, polly, district, django_capture_on_commit_callbacks
):
    a_member(Role.MANAGER, district, police_of(district), user=a_user("Carl Ek"))
    comment = say(anna, "@Polly Strand")
    with django_capture_on_commit_callbacks(execute=True):
        commenting.change(actor=anna, work=plan, pk=comment.pk, text="@Polly Strand och @Carl Ek")
    assert [len(sent.to) for sent in mail.outbox] == [1, 1]
    assert len({sent.to[0] for sent in mail.outbox}) == 2


def test_those_who_can_be_named_are_those_who_read_the_comments(plan, chain, district, anna, polly):
    partner = a_party(district, name="Bostadsbolaget")
    an_action(plan, partner)
    hers = a_member(Role.CONTRIBUTOR, district, partner, user=a_user("Bo Stad"))
    a_member(Role.CONTRIBUTOR, district, user=a_user("Idla Lös"))
    a_member(Role.READER, district, user=a_user("Läs Are"))
    a_member(Role.CITY, user=a_user("Stina Led"))
    a_member(Role.COORDINATOR, district, user=a_user("Ulla Slut"), is_active=False)
    a_member(Role.COORDINATOR, a_district(), user=a_user("Annan Stans"))
    assert {person.user for person in people_of(plan)} == {anna, polly, hers}


def test_the_list_of_names_asks_no_more_for_many(plan, district, anna):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            people_of(plan)
        return len(queries)

    few = asked()
    for _ in range(10):
        a_member(Role.EDITOR, district, police_of(district))
    assert asked() == few


def test_whoever_has_left_meanwhile_is_not_told(
    plan, chain, anna, polly, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as told:
        commenting.say(
            actor=anna,
            work=plan,
            kind=KINDS["action"],
            row=chain.action.uuid,
            text="@Polly Strand",
        )
    Membership.objects.filter(user=polly).update(is_active=False)
    for tell in told:
        tell()
    assert len(told) == 1
    assert mail.outbox == []


# What waits -------------------------------------------------------------------------------------------


def waits(user) -> list[tuple[str, str]]:
    user.look_again()
    plans = plans_in(user, [m.district for m in user.standing if m.district])
    return [
        (task.what, task.why)
        for task in waiting_for(user, plans)
        if isinstance(task, Task) and task.page == "plan-comments"
    ]


NAMED = "Svara där du är nämnd"
OURS = "Läs vad som sägs om era åtgärder"
ONE = "1 öppen kommentar"


def test_being_named_waits_until_i_answer_or_it_is_settled(plan, say, anna, polly):
    first = say(anna, "@Polly Strand?")
    assert waits(polly) == [(NAMED, ONE)]
    assert waits(anna) == []
    say(polly, "Ja.", answers=first.pk)
    assert waits(polly) == []
    say(anna, "@Polly Strand, säkert?", answers=first.pk)
    assert waits(polly) == [(NAMED, ONE)]
    commenting.resolve(actor=anna, work=plan, pk=first.pk)
    assert waits(polly) == []


def test_a_word_about_what_my_party_has_undertaken_waits_for_us_and_not_for_others(
    plan, district, say, anna, polly
):
    colleague = a_member(Role.EDITOR, district, police_of(district))
    action = an_action(plan, police_of(district))
    first = say(anna, row=action)
    say(anna, row=action.commitments.get(), kind=KINDS["commitment"])
    assert waits(polly) == waits(colleague) == [(OURS, "2 öppna kommentarer")]
    assert waits(anna) == []
    say(colleague, "Vi ser över det.", answers=first.pk)
    assert waits(polly) == [(OURS, ONE)]  # somebody of us has answered the first


def test_what_waits_leads_to_the_comments(plan, say, anna, polly, client):
    say(anna, "@Polly Strand?")
    client.force_login(polly)
    page = client.get(reverse("start"))
    address = reverse("plan-comments", args=["jarva", plan.pk])
    assert f'href="{address}"' in page.text
    assert "@Polly Strand" in client.get(address).text


def test_the_start_page_asks_no_more_for_many_comments(plan, district, say, anna, polly, client):
    action = an_action(plan, police_of(district))
    client.force_login(polly)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("start"))
        return len(queries)

    say(anna, "@Polly Strand", row=action)
    asked()
    few = asked()
    for _ in range(5):
        say(anna, "@Polly Strand", row=action)
        say(anna)
    assert asked() == few


# On the pages -----------------------------------------------------------------------------------------


def test_without_a_script_it_is_said_answered_changed_and_settled_with_plain_forms(
    plan, chain, anna, client
):
    client.force_login(anna)
    page = reverse("row-comments", args=["jarva", plan.pk, "action", chain.action.uuid])

    def press(key: str, **typed: str):
        """Fill in the form and send it, with all that it hides."""
        html = client.get(page).text
        (form,) = re.findall(rf'<form[^>]*data-key="{key}".*?</form>', html, re.DOTALL)
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        return client.post(re.findall(r'action="([^"]+)"', form)[0], hidden | typed, follow=True)

    press("ny", text=WORDS, field="timing")
    first = plan.comments.get()
    press(f"svar-{first.pk}", text="Ett svar")
    answer = plan.comments.get(parent=first)
    said = press(f"andra-{answer.pk}", text="Ett bättre svar").text
    assert WORDS in said
    assert "Ett bättre svar" in said
    refused = press("ny", text="")
    assert "Skriv något först." in refused.text
    client.post(reverse("comment-resolve", args=["jarva", plan.pk, first.pk]))
    first.refresh_from_db()
    assert first.resolved_by == anna


def test_a_text_that_is_refused_stands_in_its_form_again(plan, chain, anna, client):
    client.force_login(anna)
    page = reverse("row-comments", args=["jarva", plan.pk, "action", chain.action.uuid])
    answer = client.post(page, {"text": "lång " * 1200})
    assert answer.status_code == 422
    assert "lång lång" in answer.text


def test_what_is_said_is_words_and_never_markup(plan, chain, say, anna, polly, client):
    say(anna, "<b>@Polly Strand</b> & <script>alert(1)</script>")
    client.force_login(polly)
    page = client.get(reverse("plan-comments", args=["jarva", plan.pk])).text
    assert '&lt;b&gt;<b class="mention">@Polly Strand</b>&lt;/b&gt; &amp; &lt;script&gt;' in page
    assert "<script>alert" not in page


def test_a_comment_on_a_row_that_is_gone_can_still_be_read_and_settled(
    plan, chain, say, anna, client
):
    say(anna)
    chain.action.delete()
    client.force_login(anna)
    page = client.get(reverse("plan-comments", args=["jarva", plan.pk]))
    assert WORDS in page.text
    assert "Borttagen rad" in page.text
    row = reverse("row-comments", args=["jarva", plan.pk, "action", chain.action.uuid])
    assert "Raden är borttagen" in client.get(row).text
    never = reverse("row-comments", args=["jarva", plan.pk, "action", uuid4()])
    assert client.get(never).status_code == 404


def test_where_the_plan_is_read_those_who_comment_see_how_much_is_said(
    plan, chain, say, anna, polly, district, client
):
    first = say(anna)
    say(polly, answers=first.pk)
    say(polly, row=chain.goal, kind=KINDS["goal"])
    address = reverse("row-comments", args=["jarva", plan.pk, "action", chain.action.uuid])
    for who, sees in ((anna, True), (a_member(Role.CITY), False)):
        client.force_login(who)
        page = client.get(reverse("plan", args=["jarva", 2026])).text
        assert (f'<a href="{address}">3 kommentarer</a>' in page) is sees


def test_where_the_plan_is_read_comments_cost_one_question_and_only_where_there_are_any(
    plan, chain, say, anna, client
):
    client.force_login(anna)

    def asked():
        client.get(reverse("plan", args=["jarva", 2026]))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("plan", args=["jarva", 2026]))
        return len(queries)

    without = asked()
    first = say(anna)
    assert asked() == without + 1
    for _ in range(5):
        say(anna, answers=first.pk)
    assert asked() == without + 1


# What a screen is told --------------------------------------------------------------------------------

JSON = {"Accept": "application/json"}


def poll(client, plan, **said):
    plan.refresh_from_db()
    seen = {"seen": plan.version, "people": "0"} | said
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse("plan-news", args=["jarva", plan.pk]), seen, headers=JSON)
    return answer, len(queries)


def test_a_poll_tells_of_what_was_said_and_is_silent_and_cheap_otherwise(
    plan, chain, say, anna, polly, client
):
    client.force_login(polly)
    say(anna, field="timing")
    answer, _ = poll(client, plan, comments=0)
    told = answer.json()["comments"]
    assert told["marks"] == {str(chain.action.uuid): {"timing": 1}}
    answer, asked = poll(client, plan, comments=told["version"])
    assert answer.status_code == 204
    assert asked <= 5


def test_whoever_does_not_hear_the_comments_is_told_nothing_of_them(
    plan, chain, say, anna, district, client
):
    partner = a_party(district)
    an_action(plan, partner)
    say(anna)
    client.force_login(a_member(Role.EDITOR, district, partner))
    answer, _ = poll(client, plan, comments=0)
    assert answer.status_code == 204
    page = b"".join(client.get(reverse("plan-write", args=["jarva", 2026])).streaming_content)
    assert b"row-talk" not in page
    assert b'data-do="panel">Kommentarer' not in page


# It stays in here ---------------------------------------------------------------------------------------


def test_comments_leave_by_no_door(plan, chain, say, anna, polly, client):
    before = encode(to_document(plan))
    say(anna, "Ordetsomaldrig kommer ut @Polly Strand")
    say(polly, "Ordetsomaldrig", row=chain.goal, kind=KINDS["goal"], field="text")
    assert encode(to_document(plan)) == before
    client.force_login(anna)
    for name in ("plan", "plan-summary", "plan-json"):
        answer = client.get(reverse(name, args=["jarva", 2026]))
        assert b"Ordetsomaldrig" not in b"".join(answer)
    news = client.get(reverse("plan-news", args=["jarva", plan.pk]), {"comments": 0}, headers=JSON)
    assert "Ordetsomaldrig" not in news.text


def test_comments_are_not_on_paper(plan, chain, say, anna, built_fonts):
    from io import BytesIO

    from pypdf import PdfReader

    from plans.services.files import KINDS, Wanted

    say(anna, "Ordetsomaldrig kommer ut")
    pages = PdfReader(BytesIO(Wanted(plan, KINDS["atgardsplan.pdf"]).make())).pages
    text = "".join(page.extract_text() for page in pages)
    assert "Nattvandring" in text
    assert "Ordetsomaldrig" not in text


def test_a_revision_begins_without_the_comments_of_the_one_before(plan, chain, say, anna):
    from plans.services.revision import copy_of

    say(anna)
    new = copy_of(plan, revision=2)
    assert not new.comments.exists()
    assert new.comments_version == 0


def test_a_draft_in_which_somebody_has_said_something_is_not_empty(district, anna):
    empty = a_plan(district, 2027)
    assert list(empty_drafts([empty])) == [empty]
    area = empty.areas.first()
    commenting.say(actor=anna, work=empty, kind=KINDS["area"], row=area.uuid, text=WORDS)
    assert not empty_drafts([empty]).exists()


def test_a_plan_that_is_closed_takes_no_more(plan, chain, say, anna):
    settle(plan, PlanState.CLOSED)
    with pytest.raises(PermissionDenied, match="avslutad"):
        say(anna)
