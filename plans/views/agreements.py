"""Samverkansöverenskommelser: those of a district and of the city, each to read, write and take along."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from plans.access import (
    DistrictPlans,
    agreements_in,
    agreements_of_city,
    get_agreement,
    get_district,
    get_municipality,
    may_edit_agreement,
    may_read_agreement,
)
from plans.agreement_forms import AgreementForms
from plans.models import Agreement
from plans.services.agreement_files import KINDS, Wanted
from plans.services.agreements import (
    AlreadyAgreed,
    Changed,
    agreement_document,
    change_agreement,
    create_agreement,
    seen_of,
)
from plans.services.reviews import review_of
from plans.tasks import make_agreement_file
from samverkan.access.ask import may, memberships_in
from samverkan.access.table import Right
from samverkan.documents import serving
from samverkan.documents.models import StoredFile
from samverkan.http import Request
from samverkan.organisation.models import District, Municipality
from samverkan.site.frame import Frame


def of_district(request: HttpRequest, district: str) -> HttpResponse:
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    words = {
        "frame": _frame(request, place),
        "agreements": agreements_in(request.user, place),
        "may_create": may(request.user, Right.EDIT_AGREEMENT, place),
    }
    return render(request, "plans/agreement/list.html", words)


def of_city(request: HttpRequest, municipality: str) -> HttpResponse:
    city = get_municipality(request.user, Right.READ_CITY, municipality)
    words = {
        "city": city,
        "agreements": agreements_of_city(request.user, city),
        "may_create": may(request.user, Right.KEEP_CITY_AGREEMENTS, city),
    }
    return render(request, "plans/agreement/city.html", words)


def create(request: HttpRequest, district: str) -> HttpResponse:
    place = get_district(request.user, Right.EDIT_AGREEMENT, district)
    filled = AgreementForms(
        request.POST or None,
        city=place.municipality,
        districts=[place],
        suggested=_suggested(request),
    )
    return _created(request, place, filled) or _form(request, filled, _frame(request, place))


def create_in_city(request: HttpRequest, municipality: str) -> HttpResponse:
    city = get_municipality(request.user, Right.KEEP_CITY_AGREEMENTS, municipality)
    filled = AgreementForms(request.POST or None, city=city, districts=[])
    return _created(request, city, filled) or _form(request, filled, Frame(request))


def page(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = get_agreement(request.user, pk)
    document = agreement_document(agreement)
    words = {
        "frame": _frame_of(request, agreement),
        "agreement": agreement,
        "document": document,
        "may_edit": may_edit_agreement(request.user, agreement),
        "below": [one for one in agreement.below.all() if may_read_agreement(request.user, one)],
        "reads_above": agreement.above and may_read_agreement(request.user, agreement.above),
        "reads_city": may(request.user, Right.READ_CITY, agreement.municipality),
        "review": review_of(agreement, timezone.localdate()),
        "forms": KINDS,
    }
    return render(request, "plans/agreement/page.html", words)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = get_agreement(request.user, pk, to_edit=True)
    document = agreement_document(agreement)
    filled = AgreementForms(
        request.POST or None,
        city=agreement.municipality,
        districts=list(agreement.districts.all()),
        agreement=agreement,
        document=document,
        suggested=_suggested(request),
    )
    seen = request.POST.get("seen", "")
    if request.method == "POST" and filled.is_valid():
        try:
            change_agreement(actor=request.user, agreement=agreement, said=filled.said, seen=seen)
        except Changed as refusal:
            filled.main.add_error(None, refusal)
            seen = seen_of(agreement)  # she has been told: the next time it is hers that stands
        except ValidationError as refusal:
            filled.main.add_error(None, refusal)
        else:
            if "mer" in request.POST:
                messages.success(request, "Sparat.")
                return redirect("agreement-edit", agreement.pk)
            return _read(request, agreement, "är sparad.")
    frame = _frame_of(request, agreement)
    return _form(request, filled, frame, seen=seen or document.content_hash())


def file(request: Request, pk: int, name: str) -> HttpResponseBase:
    agreement = get_agreement(request.user, pk)
    if name not in KINDS:
        raise Http404("Det finns ingen sådan fil.")
    wanted = Wanted(agreement, KINDS[name])

    def enqueue() -> None:
        make_agreement_file.enqueue(agreement_id=agreement.pk, name=name)

    def under_way(stored: StoredFile | None) -> HttpResponse:
        frame, back = _frame_of(request, agreement), reverse("agreement", args=[agreement.pk])
        return serving.under_way(request, wanted, stored, of=agreement, back=back, frame=frame)

    return serving.answer(request, wanted, enqueue, under_way)


def _created(
    request: HttpRequest, place: District | Municipality, filled: AgreementForms
) -> HttpResponse | None:
    """On to the one that was made, or had been by an earlier press of the same button."""
    if request.method != "POST" or not filled.is_valid():
        return None
    try:
        made = create_agreement(actor=request.user, place=place, said=filled.said)
    except AlreadyAgreed as refusal:
        return _read(request, refusal.agreement, "finns redan, och säger just det som du skrev.")
    except ValidationError as refusal:
        filled.main.add_error(None, refusal)
        return None
    return _read(request, made, "är skapad.")


def _form(
    request: HttpRequest, filled: AgreementForms, frame: Frame, *, seen: str = ""
) -> HttpResponse:
    words = {"frame": frame, "filled": filled, "agreement": filled.agreement, "seen": seen}
    words["report_district"] = filled.districts[0] if filled.districts else None
    return render(request, "plans/agreement/edit.html", words)


def _read(request: HttpRequest, agreement: Agreement, what: str) -> HttpResponse:
    messages.success(request, f"”{Agreement.objects.get(pk=agreement.pk).title}” {what}")
    return redirect("agreement", agreement.pk)


def _suggested(request: HttpRequest) -> list[int]:
    """The areas that a link proposes: those of a lägesbild that need measures."""
    return [int(pk) for pk in request.GET.getlist("omrade") if pk.isdecimal() and len(pk) < 10]


def _frame_of(request: HttpRequest, agreement: Agreement) -> Frame:
    """In the district of it that one is in oneself."""
    for district in agreement.districts.all():
        if memberships_in(request.user, district):
            return _frame(request, district)
    return Frame(request)


def _frame(request: HttpRequest, place: District) -> Frame:
    return Frame(request, place, plans=DistrictPlans(request.user, place, lightly=True).readable)
