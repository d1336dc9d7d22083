"""The plan as files to take along. Who reads the page may have the file."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from plans.access import DistrictPlans, SeveralPlans, get_district, parties_of
from plans.addresses import address_of
from plans.offers import offers
from plans.services.files import KINDS, Wanted
from plans.services.loading import current_document
from plans.tasks import make_file
from plans.views.plan import ask_which, which
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.documents import serving
from samverkan.documents.models import StoredFile
from samverkan.http import Request
from samverkan.site.frame import Frame
from samverkan.workflow import decisions


def file(request: Request, district: str, year: int, name: str) -> HttpResponseBase:
    """The file, if it is made; else how it goes with it, until it is."""
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    plans = DistrictPlans(request.user, place, lightly=True)
    try:
        plan = plans.get(Right.READ, year, **which(request))
    except SeveralPlans as several:
        return ask_which(request, Frame(request, place, year, plans.readable), several)
    wanted = Wanted(plan, KINDS[name], serving.edition_of(request), request.GET.get("part", ""))

    def enqueue() -> None:
        make_file.enqueue(
            plan_id=plan.pk, name=name, edition=wanted.edition.value, party=wanted.party
        )

    def under_way(stored: StoredFile | None) -> HttpResponse:
        frame = Frame(request, place, year, plans.readable)
        return serving.under_way(
            request, wanted, stored, of=plan, back=address_of(plan, plans.readable), frame=frame
        )

    return serving.answer(request, wanted, enqueue, under_way)


def decided_pdf(request: Request, district: str, year: int) -> HttpResponseBase:
    """The very bytes that the decision froze."""
    plans = DistrictPlans(request.user, get_district(request.user, Right.ENTER_DISTRICT, district))
    try:
        plan = plans.get(Right.READ, year, **which(request))
    except SeveralPlans as several:
        return ask_which(request, Frame(request, plans.district, year, plans.readable), several)
    content = decisions.decided_pdf(plan)
    if content is None:
        raise Http404("Det finns ingen PDF från ett beslut om planen.")
    wanted = Wanted(plan, KINDS["atgardsplan.pdf"])
    return serving.download(content, wanted.kind, wanted.file_name)


def page(request: Request, district: str, year: int) -> HttpResponse:
    """Ladda ner: every file that can be made of the plan, in both editions."""
    plans = DistrictPlans(request.user, get_district(request.user, Right.ENTER_DISTRICT, district))
    frame = Frame(request, plans.district, year, plans.readable)
    try:
        plan = plans.get(Right.READ, year, **which(request))
    except SeveralPlans as several:
        return ask_which(request, frame, several, "plan-files")
    words = {
        "frame": frame,
        "plan": plan,
        "offers": offers(plan, current_document(plan), plans.readable),
        "decided_url": address_of(plan, plans.readable, "plan-decided-pdf"),
        "plan_url": address_of(plan, plans.readable),
        "exchanges": [
            party
            for party in (parties_of(plan) if may(request.user, Right.EDIT_OWN, plan) else ())
            if may(request.user, Right.EDIT_OWN, plan, party)
        ],
    }
    return render(request, "plans/files.html", words)
