"""The administrator's lists: who there is, where, and what the city's plans may build on.

Plans are not here: nobody changes a plan behind the backs of those who have agreed on it.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest

from plans.models import Agreement, AgreementParty, AreaAlias, Catalogue, PriorityArea
from samverkan.journal.kinds import sentence
from samverkan.journal.models import Entry
from samverkan.members.rules import in_words
from samverkan.members.tasks import send_invitation
from samverkan.organisation.models import (
    District,
    Membership,
    Municipality,
    Party,
    PoliceArea,
    User,
)
from samverkan.site import lists
from samverkan.site.administration import FileListAdmin, ListAdmin


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "email", "is_active"]
        help_texts = {
            "is_active": "Den som inte är aktiv kommer inte in, och loggas ut om hon är inne. "
            "Användare tas aldrig bort: det de har gjort står kvar."
        }


@admin.register(User)
class UserAdmin(ListAdmin):
    """Roles are memberships. Passwords are chosen by the persons themselves, by a link."""

    form = UserForm
    deletable = False
    list_display = ["name", "email", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]
    readonly_fields = ["last_login", "date_joined", "is_superuser"]
    actions = ["invite"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody closes her own account, and so locks herself out."""
        own = ["is_active"] if obj is not None and obj == request.user else []
        return [*self.readonly_fields, *own]

    @admin.action(description="Skicka inbjudan till valda användare")
    def invite(self, request: HttpRequest, queryset: Any) -> None:
        waiting = queryset.filter(is_active=True, last_login=None)
        for user in waiting:
            place = user.standing[0] if user.standing else None
            send_invitation.enqueue(
                user_id=user.pk,
                district=str(place.district or place.municipality) if place else "",
                role=in_words(place) if place else "",
                inviter=str(request.user),
                site=request.build_absolute_uri("/"),
            )
        passed_over = queryset.count() - len(waiting)
        self.message_user(request, f"Inbjudan är skickad till {len(waiting)} användare.")
        if passed_over:
            self.message_user(
                request,
                f"{passed_over} har redan loggat in eller är inte aktiva, och fick ingen.",
                messages.WARNING,
            )


@admin.register(Membership)
class MembershipAdmin(FileListAdmin):
    """Ended by being made inactive: what was done in the role stays somebody's."""

    deletable = False
    resource_classes = [lists.MembershipResource]
    list_display = ["user", "role", "party", "district", "municipality", "is_active"]
    list_filter = ["is_active", "role", "district"]
    list_select_related = ["user", "party", "district", "municipality"]
    search_fields = ["user__name", "user__email"]
    autocomplete_fields = ["user", "party"]


@admin.register(Municipality)
class MunicipalityAdmin(ListAdmin):
    deletable = False
    list_display = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(PoliceArea)
class PoliceAreaAdmin(FileListAdmin):
    resource_classes = [lists.PoliceAreaResource]
    search_fields = ["name"]


@admin.register(District)
class DistrictAdmin(FileListAdmin):
    deletable = False
    resource_classes = [lists.DistrictResource]
    list_display = ["name", "slug", "municipality", "kind", "valid_from", "valid_to"]
    list_filter = ["municipality"]
    search_fields = ["name"]
    filter_horizontal = ["police_areas", "predecessors"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("police_areas", "predecessors")


@admin.register(Party)
class PartyAdmin(FileListAdmin):
    resource_classes = [lists.PartyResource]
    list_display = ["name", "short_name", "kind", "district", "municipality"]
    list_filter = ["kind", "district"]
    list_select_related = ["district", "municipality", "police_area"]
    search_fields = ["name", "short_name"]
    prepopulated_fields = {"slug": ["short_name"]}


@admin.register(Catalogue)
class CatalogueAdmin(ListAdmin):
    list_display = ["name", "year", "municipality"]


class AliasInline(admin.TabularInline):
    model = AreaAlias
    extra = 1

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(PriorityArea)
class PriorityAreaAdmin(FileListAdmin):
    resource_classes = [lists.AreaResource]
    list_display = ["name", "catalogue", "district", "position"]
    list_filter = ["catalogue", "district"]
    list_select_related = ["catalogue", "district"]
    search_fields = ["name", "aliases__name"]
    filter_horizontal = ["successors"]
    inlines = [AliasInline]
    prepopulated_fields = {"slug": ["name"]}

    def get_export_queryset(self, request: HttpRequest) -> Any:
        areas = super().get_export_queryset(request).filter(catalogue__isnull=False)
        return areas.select_related("catalogue__municipality").prefetch_related(
            "successors__catalogue"
        )


class AgreementPartyInline(admin.TabularInline):
    model = AgreementParty
    extra = 0
    autocomplete_fields = ["party"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request) and not _has_plans(obj)

    has_add_permission = has_delete_permission = has_change_permission


def _has_plans(agreement: Agreement | None) -> bool:
    return agreement is not None and agreement.plans.exists()


@admin.register(Agreement)
class AgreementAdmin(ListAdmin):
    """Laid up here. Once a plan rests on it, it is written where the plan is: there it stands in the
    plan's history, and an approval of what it said is voided."""

    deletable = False
    list_display = ["title", "municipality", "period_start", "period_end", "next_review"]
    list_filter = ["districts"]
    search_fields = ["title", "registry_number"]
    filter_horizontal = ["districts"]
    exclude = ["level", "above", "areas"]  # what is chosen on its own page
    inlines = [AgreementPartyInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if not _has_plans(obj):
            return []
        return [field.name for field in self.opts.fields if field.editable]

    def render_change_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if _has_plans(kwargs.get("obj")):
            messages.info(
                request,
                "En plan vilar på överenskommelsen. Samordnaren ändrar den där planen skrivs; här kan "
                "den få gälla fler stadsdelsområden.",
            )
        return super().render_change_form(request, *args, **kwargs)


@admin.register(Entry)
class EntryAdmin(ListAdmin):
    """The journal is read here, whole. Nothing and nobody changes it."""

    deletable = False
    list_display = ["at", "sentence", "district"]
    list_display_links = None
    list_filter = ["district", "at"]
    list_select_related = ["actor", "district"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="händelse")
    def sentence(self, entry: Entry) -> str:
        return sentence(entry)
