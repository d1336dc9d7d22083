"""Medlemmar: the pages on which a samordnare keeps the members of her district."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from plans.access import get_district
from samverkan.access.table import Right
from samverkan.members import services
from samverkan.members.forms import InvitationForm, MemberForm
from samverkan.members.rules import in_words
from samverkan.organisation.models import District, Membership
from samverkan.site.frame import district_frame
from samverkan.text import list_of


def members(request: HttpRequest, district: str) -> HttpResponse:
    place = get_district(request.user, Right.MANAGE_MEMBERS, district)
    memberships = list(place.memberships.select_related("user", "party"))
    return render(
        request,
        "organisation/members.html",
        {
            "frame": district_frame(request, place),
            "active": [m for m in memberships if m.is_active and m.user.is_active],
            "ended": [m for m in memberships if not (m.is_active and m.user.is_active)],
        },
    )


def invite(request: HttpRequest, district: str) -> HttpResponse:
    place = get_district(request.user, Right.MANAGE_MEMBERS, district)
    form = InvitationForm(request.POST or None, district=place)
    if request.method == "POST" and form.is_valid():
        try:
            member = services.invite(
                actor=request.user, district=place, site=_site(request), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _invited(member.user))
            return redirect("members", place.slug)
    return render(
        request,
        "organisation/invite.html",
        {"frame": district_frame(request, place), "form": form},
    )


def change(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    place = get_district(request.user, Right.MANAGE_MEMBERS, district)
    membership = services.get_membership(actor=request.user, district=place, pk=pk)
    form = MemberForm(
        request.POST or None,
        district=place,
        name_is_locked=not services.may_be_renamed(membership),
        initial={
            "name": membership.user.name,
            "role": membership.role,
            "party": membership.party_id,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change(actor=request.user, membership=membership, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            membership = services.get_membership(actor=request.user, district=place, pk=pk)
        else:
            messages.success(request, f"Ändringarna för {membership.user} är sparade.")
            return redirect("members", place.slug)
    return render(
        request,
        "organisation/member.html",
        {
            "frame": district_frame(request, place),
            "form": form,
            "membership": membership,
            "others": list_of(in_words(other) for other in _others(membership)),
        },
    )


@require_POST
def end(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    place = get_district(request.user, Right.MANAGE_MEMBERS, district)
    membership = services.get_membership(actor=request.user, district=place, pk=pk)
    try:
        services.end(actor=request.user, membership=membership)
    except ValidationError as refusal:
        return _refused(request, place, refusal)
    messages.success(request, f"Medlemskapet för {membership.user} är avslutat.")
    if membership.user == request.user:  # who has ended her own may have nothing left to see here
        return redirect("start")
    return redirect("members", place.slug)


@require_POST
def resume(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    place = get_district(request.user, Right.MANAGE_MEMBERS, district)
    membership = services.get_membership(actor=request.user, district=place, pk=pk)
    try:
        services.resume(actor=request.user, membership=membership)
    except ValidationError as refusal:
        return _refused(request, place, refusal)
    messages.success(request, f"{membership.user} är medlem igen.")
    return redirect("members", place.slug)


@require_POST
def remind(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    place = get_district(request.user, Right.MANAGE_MEMBERS, district)
    membership = services.get_membership(actor=request.user, district=place, pk=pk)
    try:
        services.remind(actor=request.user, membership=membership, site=_site(request))
    except ValidationError as refusal:
        return _refused(request, place, refusal)
    messages.success(request, f"En ny inbjudan är skickad till {membership.user.email}.")
    return redirect("members", place.slug)


def _others(membership: Membership) -> QuerySet[Membership]:
    """What else the person is in the same district."""
    of_person = membership.user.memberships.filter(district=membership.district_id, is_active=True)
    return of_person.exclude(pk=membership.pk).select_related("party")


def _invited(user) -> str:
    if user.last_login is None:
        return f"{user} är inbjuden. Inbjudan är skickad till {user.email}."
    return f"{user} är nu medlem, och loggar in som vanligt."


def _refused(request: HttpRequest, district: District, refusal: ValidationError) -> HttpResponse:
    for sentence in refusal.messages:
        messages.error(request, sentence)
    return redirect("members", district.slug)


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")
