"""Pasted rows stand in the plan after a look at them: all, or none; and are taken back in one go."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from plans.editable import KINDS
from plans.models import Action, Cause, Plan, Problem
from plans.reading.clipboard import read_clipboard
from plans.services.pasting import look, paste
from samverkan.collaboration import structure
from samverkan.collaboration.undoing import undo
from samverkan.organisation.vocabulary import Role
from tests.factories import a_member, police_of
from tests.plans.rows import a_chain

pytestmark = pytest.mark.django_db

BLOCK = (
    "Problem\tOrsak\tÅtgärd\tOperativa mål\tTid\n"
    "Torget\tMörkt\tBelys\tTio lampor\tMaj\n"
    "\t\tKlipp häckar\t\tJuni\n"
    "\tTomt\tVandra\t\t\n"
)


@pytest.fixture
def send(plan, samordnare):
    client = Client()
    client.force_login(samordnare)
    url = reverse("plan-paste", args=[plan.district.slug, plan.pk])

    def post(**fields):
        return client.post(url, fields)

    return post


def test_it_is_shown_before_anything_is_written(plan, send):
    chain = a_chain(plan)
    page = send(text=BLOCK, under=f"cause:{chain.cause.uuid}")
    text = page.content.decode()
    assert "Lägg in 3 åtgärder" in text, text[text.index("<main") :][:3000]
    assert Action.objects.count() == 2


def test_problems_and_orsaker_are_made_once_each_with_their_actions(plan, send, samordnare):
    chain = a_chain(plan)
    send(text=BLOCK, under=f"cause:{chain.cause.uuid}", do="1")
    problem = Problem.objects.get(text="Torget")
    assert [cause.text for cause in problem.causes.all()] == ["Mörkt", "Tomt"]
    dark = Cause.objects.get(text="Mörkt")
    assert [action.description for action in dark.actions.all()] == ["Belys", "Klipp häckar"]
    assert dark.actions.first().goals.get().text == "Tio lampor"
    undo(actor=samordnare, work=Plan.objects.with_heading().get(pk=plan.pk))
    assert not Problem.objects.filter(text="Torget").exists()
    assert Action.objects.count() == 2


def test_rows_without_problem_stand_under_what_they_were_pasted_in(plan, send):
    chain = a_chain(plan)
    send(text="Vandra\tMaj\nMåla\tJuni\n", under=f"cause:{chain.cause.uuid}", do="1")
    assert [action.description for action in chain.cause.actions.all()][-2:] == ["Vandra", "Måla"]


def test_a_column_can_be_called_something_else(plan, send):
    chain = a_chain(plan)
    fields = {"svar:column:0:0": "action.responsible", "svar:column:0:1": "action.description"}
    send(text="Polisen\tVandra\n", under=f"cause:{chain.cause.uuid}", do="1", **fields)
    assert Action.objects.get(description="Vandra").responsible == "Polisen"


def test_a_fault_in_one_text_writes_none_and_keeps_what_was_pasted(plan, send):
    chain = a_chain(plan)
    long = "ord " * 30_000
    page = send(
        text=f"Åtgärd\tTid\nVandra\tMaj\nMåla\t{long}\n",
        under=f"cause:{chain.cause.uuid}",
        do="1",
    )
    assert page.status_code == 422
    assert "”Måla”: Texten är 119" in page.content.decode()
    assert "Vandra" in page.content.decode()
    assert Action.objects.count() == 2


def test_an_editor_takes_back_moves_and_removes_what_she_pasted_herself(plan):
    chain = a_chain(plan)
    kommunpolis = a_member(Role.EDITOR, plan.district, police_of(plan.district))
    under = (KINDS["cause"], chain.cause.uuid)
    fresh = Plan.objects.with_heading().get
    source = read_clipboard("", 'Namn\tMål\nVandra\t"- Fyra om året\n- Tio frivilliga"\n')

    def do(act, **what):
        return act(actor=kommunpolis, work=fresh(pk=plan.pk), **what)

    where = {"actor": kommunpolis, "plan": fresh(pk=plan.pk), "under": under}
    paste(**where, found=look(**where, source=source))
    action = Action.objects.get(name="Vandra")
    do(structure.move, kind=KINDS["action"], row=action.uuid, under=under, first=True)
    assert chain.cause.actions.order_by("position").first() == action
    goal = action.goals.first()
    do(structure.remove, kind=KINDS["goal"], row=goal.uuid, seen=99)
    assert [goal.text for goal in action.goals.all()] == ["Tio frivilliga"]
    for _ in range(3):
        do(undo)
    assert Action.objects.count() == 2


EXCEL = (
    "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><style>.xl65{font-weight:700}"
    "</style></head><body><table><tr><td class=xl65>Problem</td><td class=xl65>Orsak</td>"
    "<td class=xl65>&Aring;tg&auml;rd</td></tr><tr><td rowspan=2>Torget</td><td rowspan=2>Tomt</td>"
    "<td>Vandra</td></tr><tr><td>M&aring;la</td></tr></table></body></html>"
)


def test_merged_cells_are_understood_where_the_dress_comes_along(plan, send):
    chain = a_chain(plan)
    text = "Problem\tOrsak\tÅtgärd\nTorget\tTomt\tVandra\n\t\tMåla\n"
    send(text=text, html=EXCEL, under=f"area:{chain.problem.area.uuid}", do="1")
    empty = Cause.objects.get(text="Tomt")
    assert [action.description for action in empty.actions.all()] == ["Vandra", "Måla"]


def test_nothing_of_the_dress_reaches_the_page(plan, send):
    chain = a_chain(plan)
    html = (
        "</textarea><script>alert(1)</script><table><tr><td onclick=x>Vandra</td><td>Maj</td></tr>"
    )
    page = send(text="Vandra\tMaj", html=html, under=f"cause:{chain.cause.uuid}").content.decode()
    assert "<script>alert" not in page
    assert "onclick=x" not in page.replace("&lt;td onclick=x&gt;", "")
    assert "Lägg in 1 åtgärd" in page


def test_a_dress_that_is_too_large_is_left_and_the_words_are_read(plan, send):
    chain = a_chain(plan)
    html = f"<table><tr><td>Annat</td></tr></table>{' ' * 1_000_000}"
    fields = {"text": "Vandra\tMaj", "html": html, "under": f"cause:{chain.cause.uuid}"}
    assert "Vandra" in send(**fields).content.decode()
    send(**fields, do="1")
    assert Action.objects.filter(description="Vandra").exists()


def test_a_problem_that_stands_there_gets_more_and_is_not_written_twice(plan, send):
    chain = a_chain(plan)
    rows = (
        "Problem\tOrsak\tÅtgärd\nOtrygghet vid torget\tFå vuxna på kvällen\tVandra\n\tTomt\tMåla\n"
    )
    fields = {"text": rows, "under": f"area:{chain.problem.area.uuid}"}
    assert "finns i planen" in send(**fields).content.decode()
    send(**fields, do="1")
    assert Problem.objects.count() == 1
    assert Action.objects.get(description="Vandra").cause == chain.cause
    assert [cause.text for cause in chain.problem.causes.all()] == ["Få vuxna på kvällen", "Tomt"]


def test_an_activity_out_of_word_comes_with_its_fields_and_the_parties_ataganden(plan, send):
    chain = a_chain(plan)
    rows = (
        "Aktivitet\tNattvandring\nMötesfrekvens\t1 gång i månaden\n"
        "Polisens åtagande\tGår med\nFinansiering\tEgen budget\n"
    )
    send(text=rows, under=f"cause:{chain.cause.uuid}", do="1")
    action = Action.objects.get(name="Nattvandring")
    assert (action.meeting_frequency, action.funding, action.cause) == (
        "1 gång i månaden",
        "Egen budget",
        chain.cause,
    )
    commitment = action.commitments.get()
    assert (commitment.party, commitment.text) == (police_of(plan.district), "Går med")


def test_an_editor_pastes_the_ataganden_of_her_own_party_and_sees_what_is_left(plan):
    chain = a_chain(plan)
    kommunpolis = a_member(Role.EDITOR, plan.district, police_of(plan.district))
    client = Client()
    client.force_login(kommunpolis)
    fields = {
        "text": "Åtgärd\tPolisens åtagande\tStadsdelsförvaltningens åtagande\nVandra\tGår\tBetalar\n",
        "under": f"cause:{chain.cause.uuid}",
    }
    url = reverse("plan-paste", args=[plan.district.slug, plan.pk])
    page = client.post(url, fields).content.decode()
    assert "Tas inte med" in page
    assert "skrivs av parten själv och av samordnaren" in page
    client.post(url, fields | {"do": "1"})
    assert [c.text for c in Action.objects.get(description="Vandra").commitments.all()] == ["Går"]


def test_what_was_seen_by_somebody_with_more_right_is_not_put_in_by_another(plan, samordnare):
    """The rights are asked for again where it is written, and not only where it is shown."""
    chain = a_chain(plan)
    kommunpolis = a_member(Role.EDITOR, plan.district, police_of(plan.district))
    now = Plan.objects.with_heading().get(pk=plan.pk)
    where = {"plan": now, "under": (KINDS["cause"], chain.cause.uuid)}
    source = read_clipboard("", "Åtgärd\tStadsdelsförvaltningens åtagande\nVandra\tBetalar\n")
    seen = look(actor=samordnare, source=source, **where)
    with pytest.raises(PermissionDenied, match="din egen part"):
        paste(actor=kommunpolis, found=seen, **where)
    assert Action.objects.count() == 2


def test_the_areas_text_is_filled_in_where_it_is_empty_and_taken_back_in_the_same_go(
    plan, send, samordnare
):
    chain = a_chain(plan)
    area = chain.problem.area
    text = "Åtgärder:\n- Vandra\n\nLägesbild\nDet är mörkt.\n"
    fields = {"text": text, "under": f"area:{area.uuid}"}
    assert "1 åtgärd och 1 text om området" in send(**fields).content.decode()
    send(**fields, do="1")
    area.refresh_from_db()
    assert area.situation == "<p>Det är mörkt.</p>"
    assert "har redan en text under" in send(**fields).content.decode()
    undo(actor=samordnare, work=Plan.objects.with_heading().get(pk=plan.pk))
    area.refresh_from_db()
    assert (area.situation, Action.objects.count()) == ("", 2)


def test_what_has_no_place_is_shown_with_a_choice_and_is_put_there(plan, send):
    chain = a_chain(plan)
    fields = {"text": "Vi ska:\n- Vandra\n", "under": f"cause:{chain.cause.uuid}"}
    page = send(**fields).content.decode()
    (name,) = re.findall(r'name="(svar:text:viska[^"]*)"', page)
    send(**fields, **{name: "area.comment"}, do="1")
    chain.problem.area.refresh_from_db()
    assert chain.problem.area.comment == "Vi ska:"


def test_an_answer_that_was_given_about_a_file_holds_for_what_is_pasted(plan, send):
    chain = a_chain(plan)
    plan.district.remembered_answers.create(question="label:zon", answer="action.working_group")
    send(text="Åtgärd\tTid\tZon\nVandra\tMaj\tGul\n", under=f"cause:{chain.cause.uuid}", do="1")
    assert Action.objects.get(description="Vandra").working_group == "Gul"


def test_a_place_that_somebody_took_away_is_told_and_the_words_stay(plan, send):
    chain = a_chain(plan)
    under = f"cause:{chain.cause.uuid}"
    chain.cause.actions.all().delete()
    chain.cause.delete()
    page = send(text="Vandra\tMaj\n", under=under, do="1")
    assert page.status_code == 422
    assert "borttagen ur planen" in page.content.decode()
    assert "Vandra" in page.content.decode()


def test_more_than_five_hundred_actions_are_a_file(plan, send):
    chain = a_chain(plan)
    page = send(text="Vandra\tMaj\n" * 501, under=f"cause:{chain.cause.uuid}")
    assert "fler än 500 åtgärder" in page.content.decode()
    assert Action.objects.count() == 2


def test_a_megabyte_is_refused_with_a_sentence(plan, send):
    page = send(text="ord\t" * 300_000, under="")
    assert "för mycket att klistra in på en gång" in page.content.decode()
