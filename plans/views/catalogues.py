"""The city's catalogues of prioritised areas: read by the stadsledning, and kept by it."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from plans.access import get_area, get_catalogue, get_municipality
from plans.forms import AreaForm, CatalogueForm, NewAreaForm, NewCatalogueForm
from plans.models import PriorityArea
from plans.services import catalogues as services
from samverkan.access.ask import demand, may
from samverkan.access.table import Right
from samverkan.swedish import in_order


def catalogues(request: HttpRequest, municipality: str) -> HttpResponse:
    city = get_municipality(request.user, Right.READ_CITY, municipality)
    form = NewCatalogueForm(request.POST or None)
    if request.method == "POST":
        demand(request.user, Right.KEEP_CATALOGUES, city)
        if form.is_valid():
            try:
                added = services.add_catalogue(
                    actor=request.user, municipality=city, **form.cleaned_data
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, f"{added} är upplagd. Lägg till områdena här.")
                return redirect("catalogue", city.slug, added.year)
    return render(
        request,
        "plans/catalogues.html",
        {
            "city": city,
            "catalogues": city.catalogues.annotate(
                area_count=Count("areas", distinct=True), plan_count=Count("plans", distinct=True)
            ).order_by("-year"),
            "form": form if may(request.user, Right.KEEP_CATALOGUES, city) else None,
        },
    )


def catalogue(request: HttpRequest, municipality: str, year: int) -> HttpResponse:
    found = get_catalogue(request.user, Right.READ_CITY, municipality, year)
    form = NewAreaForm(request.POST or None)
    if request.method == "POST":
        demand(request.user, Right.KEEP_CATALOGUES, found.municipality)
        if form.is_valid():
            try:
                area = services.add_area(actor=request.user, catalogue=found, **form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, f"{area} är tillagt sist i katalogen.")
                return redirect("catalogue", municipality, year)
    # Django forgets the order of a model whose rows are counted.
    areas = (
        found.areas.annotate(plan_count=Count("in_plans"))
        .order_by("position", in_order("name"))
        .prefetch_related("aliases", "successors__catalogue", "predecessors__catalogue")
    )
    return render(
        request,
        "plans/catalogue.html",
        {
            "city": found.municipality,
            "catalogue": found,
            "areas": areas,
            "has_newer": any(area.successors.all() for area in areas),
            "has_older": any(area.predecessors.all() for area in areas),
            "form": form if may(request.user, Right.KEEP_CATALOGUES, found.municipality) else None,
            "held": _held(request, areas),
        },
    )


def _held(request: HttpRequest, areas: Iterable[PriorityArea]) -> str:
    """The button that was pressed last, or the other one where the area can go no further."""
    moved = request.GET.get("flyttat", "")
    places = {str(area.pk): place for place, area in enumerate(areas)}
    if request.method == "POST" or moved not in places:
        return ""
    way = "upp" if request.GET.get("vart") == "upp" else "ner"
    if places[moved] == 0:
        way = "ner"
    elif places[moved] == len(places) - 1:
        way = "upp"
    return f"{way}-{moved}"


def change(request: HttpRequest, municipality: str, year: int) -> HttpResponse:
    found = get_catalogue(request.user, Right.KEEP_CATALOGUES, municipality, year)
    form = CatalogueForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        services.rename_catalogue(actor=request.user, catalogue=found, **form.cleaned_data)
        messages.success(request, f"Katalogen heter nu {found}.")
        return redirect("catalogue", municipality, year)
    return render(
        request,
        "plans/catalogue_change.html",
        {
            "city": found.municipality,
            "catalogue": found,
            "used": services.where_used(found),
            "area_count": found.areas.count(),
            "form": form,
        },
    )


@require_POST
def remove(request: HttpRequest, municipality: str, year: int) -> HttpResponse:
    found = get_catalogue(request.user, Right.KEEP_CATALOGUES, municipality, year)
    try:
        services.delete_catalogue(actor=request.user, catalogue=found)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("catalogue-change", municipality, year)
    messages.success(request, f"{found} är borttagen.")
    return redirect("catalogues", municipality)


def area(request: HttpRequest, municipality: str, year: int, pk: int) -> HttpResponse:
    found = get_area(request.user, Right.KEEP_CATALOGUES, municipality, year, pk)
    assert found.catalogue is not None
    form = AreaForm(request.POST or None, area=found)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_area(actor=request.user, area=found, **form.area)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"Ändringarna i {found} är sparade.")
            return redirect("catalogue", municipality, year)
    return render(
        request,
        "plans/catalogue_area.html",
        {
            "city": found.catalogue.municipality,
            "catalogue": found.catalogue,
            "area": found,
            "used": services.where_used(found),
            "form": form,
        },
    )


@require_POST
def move(request: HttpRequest, municipality: str, year: int, pk: int) -> HttpResponse:
    found = get_area(request.user, Right.KEEP_CATALOGUES, municipality, year, pk)
    services.move_area(
        actor=request.user, area=found, steps=-1 if request.POST.get("vart") == "upp" else 1
    )
    # Where the list was, with the button under the hand: one moves an area several steps.
    way = "upp" if request.POST.get("vart") == "upp" else "ner"
    return redirect(f"{reverse('catalogue', args=[municipality, year])}?flyttat={pk}&vart={way}")


@require_POST
def delete(request: HttpRequest, municipality: str, year: int, pk: int) -> HttpResponse:
    found = get_area(request.user, Right.KEEP_CATALOGUES, municipality, year, pk)
    name = found.name
    try:
        services.delete_area(actor=request.user, area=found)
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return redirect("area-change", municipality, year, pk)
    messages.success(request, f"{name} är borttaget.")
    return redirect("catalogue", municipality, year)
