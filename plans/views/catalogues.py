"""The city's catalogues of prioritised areas: read by the stadsledning, and kept by it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from plans.access import get_area, get_catalogue, get_municipality
from plans.forms import AreaForm, NewAreaForm, NewCatalogueForm
from plans.services import catalogues as services
from samverkan.access.ask import demand, may
from samverkan.access.table import Right


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
            ),
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
    areas = found.areas.annotate(plan_count=Count("in_plans")).prefetch_related(
        "aliases", "successors__catalogue", "predecessors__catalogue"
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
        },
    )


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
            "plan_count": found.in_plans.count(),
            "form": form,
        },
    )


@require_POST
def move(request: HttpRequest, municipality: str, year: int, pk: int) -> HttpResponse:
    found = get_area(request.user, Right.KEEP_CATALOGUES, municipality, year, pk)
    services.move_area(
        actor=request.user, area=found, steps=-1 if request.POST.get("vart") == "upp" else 1
    )
    return redirect("catalogue", municipality, year)


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
