"""Something out of Excel, Word or Teams: pasted, looked at, and only then put in the plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from plans.access import get_plan
from plans.addresses import address_of
from plans.document import NotAPlan
from plans.presentation import AreaView, PlanView
from plans.reading.chain import EXTRA
from plans.reading.clipboard import read_clipboard
from plans.reading.labels import DESCRIPTION, Meaning
from plans.reading.pasted import FORM, Left, Pasted
from plans.services.pasting import look, paste
from plans.views.writing import DESK, which_of
from samverkan.access.table import Right
from samverkan.collaboration.desk import asks_for_json, seen_by
from samverkan.collaboration.editing import Gone
from samverkan.reading.outcome import Question
from samverkan.site.frame import Frame
from samverkan.text import list_of

MOST = 1_000_000  # characters
_ANSWER = "svar:"


def page(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    plan = get_plan(request.user, Right.EDIT_SHARED, district, pk)
    asked = request.POST if request.method == "POST" else request.GET
    text, html, place = asked.get("text", ""), asked.get("html", ""), asked.get("under", "")
    html = "" if len(html) > MOST else html  # then as text
    under, begins = DESK.under_of(place), Meaning.of(asked.get("begins", ""))
    found, fault = None, ""
    if len(text) > MOST:
        fault = "Det är för mycket att klistra in på en gång. Dela upp det i flera delar."
    elif under is None:
        fault = "Säg var i planen raderna ska stå."
    elif request.method == "POST" and (text or html):
        try:
            found = look(
                actor=request.user,
                plan=plan,
                under=under,
                source=read_clipboard(html, text),
                begins=begins if begins in FORM else DESCRIPTION,
                answers=_answers(asked),
            )
            if "do" in request.POST:
                press = request.POST.get("press", "")
                changes = paste(
                    actor=request.user, plan=plan, under=under, found=found, press=press
                )
                said = f"{how_much(found)} klistrades in."
                if asks_for_json(request):
                    told = DESK.news(request, plan, seen_by(request), changes)
                    return JsonResponse(told | {"said": said})
                messages.success(request, said)
                return redirect(address_of(plan, [plan], "plan-write", **which_of(plan)))
        except Gone:
            fault = "Platsen där raderna skulle stå är borttagen ur planen."
        except NotAPlan as refusal:
            fault = str(refusal)
        except ValidationError as refusal:
            fault = " ".join(refusal.messages)
    context: dict[str, Any] = {
        "frame": Frame(request, plan.district, plan.year, [plan]),
        "plan": plan,
        "text": text,
        "html": html,
        "under": place,
        "begins": begins.value if begins else "",
        "found": Shown(found) if found else None,
        "is_answered": bool(_answers(asked)),
        "fault": fault,
        "back": address_of(plan, [plan], "plan-write", **which_of(plan)),
    }
    piece = request.headers.get("X-Piece")
    template = "plans/write/paste.html" if piece else "plans/write/paste_page.html"
    return render(request, template, context, status=422 if fault and text else 200)


def _answers(typed: Mapping[str, str]) -> dict[str, str]:
    """What each column and each text is said to be: the key of a question, and what was chosen."""
    return {
        name.removeprefix(_ANSWER): said for name, said in typed.items() if name.startswith(_ANSWER)
    }


@dataclass
class LeftTogether:
    """What is left for the same reason, and can be put somewhere with the same click."""

    label: str
    why: str
    question: Question | None
    texts: list[Left] = field(default_factory=list)


class Shown:
    """What was pasted, as the page shows it before it is put in."""

    def __init__(self, found: Pasted):
        self.stands = found.stands
        self.warnings = found.warnings
        self.how_much = how_much(found)
        self.area: AreaView = PlanView(found.document).areas[0]
        together: dict[tuple[str, str, str], LeftTogether] = {}
        for left in found.left:
            key = left.question.key if left.question else ""
            one = LeftTogether(left.label, left.why, left.question)
            together.setdefault((left.label, left.why, key), one).texts.append(left)
        self.left = list(together.values())
        alone = {one.question.key for one in self.left if one.question and _is_alone(one.question)}
        self.questions = [one for one in found.questions if one.key not in alone]
        asked: set[str] = set()
        for one in self.left:  # each question once
            key = one.question.key if one.question else ""
            if key not in alone or key in asked:
                one.question = None
            asked.add(key)


def _is_alone(question: Question) -> bool:
    """Whether it is about one text, and not about a column or a label with all that it says."""
    return question.key.startswith("text:") and question.answer == EXTRA


def how_much(found: Pasted) -> str:
    """ "2 åtgärder, 1 problem och 1 orsak": what would be new in the plan."""
    area = found.area
    problems = [one for one in area.problems if one.uuid not in found.stands]
    causes = [one for p in area.problems for one in p.causes if one.uuid not in found.stands]
    texts = [one for one in (area.overall_goal, area.situation, area.comment) if one]
    counted = (
        (len(area.actions), "åtgärd", "åtgärder"),
        (len(problems), "problem", "problem"),
        (len(causes), "orsak", "orsaker"),
        (len(texts), "text om området", "texter om området"),
    )
    return list_of(
        f"{number} {one if number == 1 else more}" for number, one, more in counted if number
    )
