"""Historik: who changed what, what stood there before, and the way back to it."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.editable import KINDS
from plans.models import Action, Change, Plan, Problem
from plans.services.loading import to_document
from plans.vocabulary import PlanState
from samverkan.collaboration import structure
from samverkan.collaboration.editing import write
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member, a_user, police_of
from tests.plans.rows import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(plan):
    return a_member(Role.COORDINATOR, plan.district, user=a_user("Anna Berg"))


@pytest.fixture
def kim(plan):
    return a_member(Role.EDITOR, plan.district, police_of(plan.district), user=a_user("Kim Polis"))


def put(actor, plan, row, kind="action", **typed):
    plan = fresh(plan)
    written = write(
        actor=actor, work=plan, kind=KINDS[kind], row=row.uuid, typed=typed, seen=plan.version
    )
    assert written.changes
    return written


def take_away(actor, plan, row, kind="action"):
    plan = fresh(plan)
    structure.remove(actor=actor, work=plan, kind=KINDS[kind], row=row.uuid, seen=plan.version)


def words_of(response) -> str:
    body = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def look(client, user, plan, name="plan-history", args=(), **asked):
    client.force_login(user)
    response = client.get(reverse(name, args=[plan.district.slug, plan.pk, *args]), asked)
    assert response.status_code == 200
    return response


def history_of(client, user, plan, row, kind="action"):
    return look(client, user, plan, "row-history", [kind, row.uuid])


def test_it_says_who_changed_which_field_of_what_and_marks_the_words(plan, chain, anna, client):
    put(anna, plan, chain.action, timing="T1 och VB")
    page = look(client, anna, plan)
    assert "Anna Berg ändrade Tid i ”Nattvandring”:" in words_of(page)
    body = page.content.decode()
    assert re.search(r"<del>.*T2.*</del>", body)
    assert re.search(r"<ins>.*VB.*</ins>", body)
    assert "borttaget: T2" in words_of(page)  # said, not only coloured
    assert "tillagt: VB" in words_of(page)


def test_what_was_added_moved_and_removed_is_told_in_words(plan, chain, anna, client):
    structure.add(
        actor=anna,
        work=fresh(plan),
        kind=KINDS["goal"],
        under=(KINDS["action"], chain.other.uuid),
        typed={"text": "Tio nya lampor"},
    )
    structure.move(
        actor=anna,
        work=fresh(plan),
        kind=KINDS["action"],
        row=chain.other.uuid,
        under=(KINDS["problem"], chain.problem.uuid),
    )
    take_away(anna, plan, chain.action)
    words = words_of(look(client, anna, plan))
    assert "lade till målet ”Tio nya lampor” i åtgärden ”Bättre belysning”" in words
    assert "flyttade åtgärden ”Bättre belysning” till problemet ”Otrygghet vid torget”" in words
    assert "tog bort åtgärden ”Nattvandring” i området ”Unga i riskzon”" in words
    # The latest first.
    assert words.index("tog bort") < words.index("flyttade") < words.index("lade till")


def test_changes_stand_under_the_day_they_were_made(plan, chain, anna, client):
    plan.changes.create(
        number=2,
        turn=2,
        at=timezone.now() - timedelta(days=1),
        by=anna,
        op=Change.Op.SET,
        kind="action",
        row=chain.action.uuid,
        field="timing",
        before="Våren",
        after="T1 och T2",
    )
    Plan.objects.filter(pk=plan.pk).update(version=2)
    put(anna, plan, chain.action, timing="Maj")
    body = look(client, anna, plan).content.decode()
    today, yesterday = re.findall(r'<h2 id="dag-\d">(.*?)</h2>', body)
    assert body.index(today) < body.index("Maj") < body.index(yesterday) < body.index("Våren")


def test_the_history_of_one_person_or_one_area(plan, chain, anna, kim, client):
    other = plan.areas.get(position=1)
    put(anna, plan, chain.action, timing="Hela året")
    put(kim, plan, other, "area", comment="Torget byggs om")
    assert "Hela året" not in words_of(look(client, anna, plan, vem=kim.pk))
    assert "Torget byggs om" in words_of(look(client, anna, plan, vem=kim.pk))
    first = plan.areas.get(position=0)
    of_first = words_of(look(client, anna, plan, omrade=str(first.uuid)))
    assert "Hela året" in of_first
    assert "Torget byggs om" not in of_first


def test_what_was_taken_away_is_still_of_its_area(plan, chain, anna, client):
    put(anna, plan, chain.goal, "goal", text="Minst tolv vandringar")
    take_away(anna, plan, chain.problem, "problem")
    area = plan.areas.get(position=0)
    words = words_of(look(client, anna, plan, omrade=str(area.uuid)))
    assert "tolv" in words
    assert "tog bort problemet ”Otrygghet vid torget”" in words


def test_a_long_history_comes_page_by_page_and_keeps_what_was_chosen(plan, chain, anna, client):
    for number in range(35):
        put(anna, plan, chain.action, timing=f"Vecka{number}.")
    page = look(client, anna, plan, vem=anna.pk)
    assert "Vecka34" in words_of(page)
    assert "Vecka2." not in words_of(page)
    assert f"?vem={anna.pk}&amp;sida=2" in page.content.decode()
    assert "Vecka2." in words_of(look(client, anna, plan, vem=anna.pk, sida=2))


def test_every_earlier_text_of_a_field_with_who_wrote_it(plan, chain, anna, kim, client):
    put(anna, plan, chain.action, timing="Hela året")
    put(kim, plan, chain.action, timing="Maj")
    words = words_of(history_of(client, anna, plan, chain.action))
    assert "Så står det nu Maj Kim Polis" in words
    assert re.search(r"borttaget: Hela året .*Anna Berg.*Ändrades av Kim Polis", words)
    assert re.search(r"T1 och T2 .*Stod där från början", words)


def restore(client, user, plan, row, text, seen=None):
    client.force_login(user)
    return client.post(
        reverse("row-history-restore", args=[plan.district.slug, plan.pk, "action", row.uuid]),
        {"text": text, "seen": fresh(plan).version if seen is None else seen},
        follow=True,
    )


def test_an_earlier_text_is_restored_as_a_new_change(plan, chain, anna, kim, client):
    put(anna, plan, chain.action, timing="Hela året")
    answer = restore(client, kim, plan, chain.action, "2-fore")
    assert "Texten är återställd." in words_of(answer)
    assert Action.objects.get(pk=chain.action.pk).timing == "T1 och T2"
    last = plan.changes.last()
    assert (last.by, last.before, last.after) == (kim, "Hela året", "T1 och T2")


def test_nothing_is_restored_over_what_another_wrote_meanwhile(plan, chain, anna, kim, client):
    put(anna, plan, chain.action, timing="Hela året")
    seen = fresh(plan).version
    put(anna, plan, chain.action, timing="Nyss skrivet")
    answer = restore(client, kim, plan, chain.action, "2-fore", seen)
    assert "Texten är inte återställd: Anna Berg ändrade Tid" in words_of(answer)
    assert Action.objects.get(pk=chain.action.pk).timing == "Nyss skrivet"


def test_who_may_not_write_there_reads_but_is_offered_no_button(plan, chain, anna, client):
    put(anna, plan, chain.action, timing="Hela året")
    city = a_member(Role.CITY)
    page = history_of(client, city, plan, chain.action)
    assert "T1 och T2" in words_of(page)
    assert "Återställ" not in words_of(page)
    assert restore(client, city, plan, chain.action, "2-fore").status_code == 403
    assert "Återställ" in words_of(history_of(client, anna, plan, chain.action))


def test_a_decided_plan_keeps_its_history_but_nothing_is_restored(plan, chain, anna, client):
    put(anna, plan, chain.action, timing="Hela året")
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.DECIDED)
    page = history_of(client, anna, plan, chain.action)
    assert "T1 och T2" in words_of(page)
    assert "Återställ" not in words_of(page)
    assert restore(client, anna, plan, chain.action, "2-fore").status_code == 403


def put_back(client, user, plan, turn):
    client.force_login(user)
    address = reverse("row-restore", args=[plan.district.slug, plan.pk, turn])
    return client.post(address, follow=True)


def test_the_samordnare_puts_back_what_was_taken_away_with_all_that_hung_on_it(
    plan, chain, anna, client
):
    before = to_document(plan)
    take_away(anna, plan, chain.problem, "problem")
    assert not Problem.objects.exists()
    turn = plan.changes.last().turn
    assert "Lägg tillbaka" in words_of(look(client, anna, plan))
    assert "Raderna är tillbaka" in words_of(put_back(client, anna, plan, turn))
    assert to_document(fresh(plan)).areas == before.areas
    # It is there again: there is nothing more to put back.
    assert "Lägg tillbaka" not in words_of(look(client, anna, plan))
    assert "Raden står där redan." in words_of(put_back(client, anna, plan, turn))


def test_only_the_samordnare_puts_back_what_another_took_away(plan, chain, anna, kim, client):
    take_away(anna, plan, chain.goal, "goal")
    turn = plan.changes.last().turn
    page = look(client, kim, plan)
    assert "tog bort målet" in words_of(page)
    assert "Lägg tillbaka" not in words_of(page)
    assert put_back(client, kim, plan, turn).status_code == 403


def test_the_history_of_a_row_that_is_gone_is_still_there(plan, chain, anna, client):
    put(anna, plan, chain.goal, "goal", text="Minst tolv vandringar")
    take_away(anna, plan, chain.action)
    words = words_of(history_of(client, anna, plan, chain.goal, "goal"))
    assert "Raden är borttagen ur planen." in words
    assert "Minst tio vandringar" in words.replace("borttaget: ", "").replace(
        " , slut på borttaget", ""
    )


def test_a_row_that_was_never_in_the_plan_has_no_history(plan, chain, anna, client):
    client.force_login(anna)
    args = [plan.district.slug, plan.pk, "goal", chain.action.uuid]
    assert client.get(reverse("row-history", args=args)).status_code == 404
