"""Rows from Excel or Word: pasted, looked at, and only then put in the plan."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from plans.access import get_plan
from plans.addresses import address_of
from plans.reading.pasted import FORM, Column, actions, read
from plans.services.editing import Gone
from plans.services.pasting import paste
from plans.views.news import news
from plans.views.writing import asks_for_json, seen_by, under_of, which_of
from samverkan.access.table import Right
from samverkan.site.frame import Frame

MOST = 1_000_000  # characters


def page(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    plan = get_plan(request.user, Right.EDIT_SHARED, district, pk)
    asked = request.POST if request.method == "POST" else request.GET
    text, place = asked.get("text", ""), asked.get("under", "")
    under = under_of(place)
    begins = asked.get("begins", "")
    first = Column(begins) if begins in FORM else Column.ACTION
    fault = ""
    block = read("" if len(text) > MOST else text, first)
    columns = [
        Column(said) if (said := request.POST.get(f"column-{number}", column)) in Column else column
        for number, column in enumerate(block.columns)
    ]
    rows = actions(block, columns)
    if len(text) > MOST:
        fault = "Det är för mycket att klistra in på en gång. Dela upp det i flera delar."
    elif request.method == "POST" and text and not rows:
        fault = "Det finns inga rader i det som klistrades in."
    elif under is None:
        fault = "Säg var i planen raderna ska stå."
    elif "do" in request.POST:
        try:
            press = request.POST.get("press", "")
            changes = paste(actor=request.user, plan=plan, under=under, rows=rows, press=press)
        except Gone:
            fault = "Platsen där raderna skulle stå är borttagen ur planen."
        except ValidationError as refusal:
            fault = " ".join(refusal.messages)
        else:
            said = f"{sum(row.is_action for row in rows)} åtgärder klistrades in."
            if asks_for_json(request):
                found = news(request, plan, seen_by(request), changes)
                return JsonResponse(found | {"said": said})
            messages.success(request, said)
            return redirect(address_of(plan, [plan], "plan-write", **which_of(plan)))
    context: dict[str, Any] = {
        "frame": Frame(request, plan.district, plan.year, [plan]),
        "plan": plan,
        "text": text,
        "under": place,
        "begins": first.value,
        "cells": block.rows,
        "columns": list(enumerate(columns)),
        "choices": Column.choices,
        "count": sum(row.is_action for row in rows),
        "fault": fault,
        "back": address_of(plan, [plan], "plan-write", **which_of(plan)),
    }
    piece = request.headers.get("X-Piece")
    template = "plans/write/paste.html" if piece else "plans/write/paste_page.html"
    return render(request, template, context, status=422 if fault and text else 200)
