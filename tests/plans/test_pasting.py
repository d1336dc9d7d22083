"""Pasted rows stand in the plan after a look at them: all, or none; and are taken back in one go."""

import pytest
from django.test import Client
from django.urls import reverse

from plans.editable import KINDS
from plans.models import Action, Cause, Plan, Problem
from plans.reading.pasted import Pasted
from plans.services import structure
from plans.services.pasting import paste
from plans.services.undoing import undo
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
    undo(actor=samordnare, plan=Plan.objects.with_heading().get(pk=plan.pk))
    assert not Problem.objects.filter(text="Torget").exists()
    assert Action.objects.count() == 2


def test_rows_without_problem_stand_under_what_they_were_pasted_in(plan, send):
    chain = a_chain(plan)
    send(text="Vandra\tMaj\nMåla\tJuni\n", under=f"cause:{chain.cause.uuid}", do="1")
    assert [action.description for action in chain.cause.actions.all()][-2:] == ["Vandra", "Måla"]


def test_a_column_can_be_called_something_else(plan, send):
    chain = a_chain(plan)
    fields = {"column-0": "responsible", "column-1": "description"}
    send(text="Polisen\tVandra\n", under=f"cause:{chain.cause.uuid}", do="1", **fields)
    assert Action.objects.get(description="Vandra").responsible == "Polisen"


def test_a_fault_in_one_row_writes_none_and_keeps_what_was_pasted(plan, send):
    chain = a_chain(plan)
    page = send(
        text="Namn\tÅtgärd\tTid\n" + "Bra\tVandra\tMaj\n" + f"{'x' * 400}\tMåla\tJuni\n",
        under=f"cause:{chain.cause.uuid}",
        do="1",
        **{"column-0": "name"},
    )
    assert page.status_code == 422
    assert "Rad 2: Texten är 400 tecken" in page.content.decode()
    assert "Vandra" in page.content.decode()
    assert Action.objects.count() == 2


def test_an_editor_takes_back_moves_and_removes_what_she_pasted_herself(plan):
    chain = a_chain(plan)
    kommunpolis = a_member(Role.EDITOR, plan.district, police_of(plan.district))
    under = (KINDS["cause"], chain.cause.uuid)
    fresh = Plan.objects.with_heading().get
    rows = [Pasted(name="Vandra", goals=("Fyra om året", "Tio frivilliga"))]

    def do(act, **what):
        return act(actor=kommunpolis, plan=fresh(pk=plan.pk), **what)

    do(paste, under=under, rows=rows)
    action = Action.objects.get(name="Vandra")
    do(structure.move, kind=KINDS["action"], row=action.uuid, under=under, first=True)
    assert chain.cause.actions.order_by("position").first() == action
    goal = action.goals.first()
    do(structure.remove, kind=KINDS["goal"], row=goal.uuid, seen=99)
    assert [goal.text for goal in action.goals.all()] == ["Tio frivilliga"]
    for _ in range(3):
        do(undo)
    assert Action.objects.count() == 2


def test_a_megabyte_is_refused_with_a_sentence(plan, send):
    page = send(text="ord\t" * 300_000, under="")
    assert "för mycket att klistra in på en gång" in page.content.decode()
