"""What the administrator's lists stand on: the table of rights, the journal, and files in and out.

Django's admin asks Django's permissions; ours asks the one table of rights. What other apps would
show there (queues, log-in methods) stays out: here are our lists and nothing else.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.text import capfirst
from import_export.admin import ImportExportMixin
from import_export.forms import ImportForm
from import_export.results import RowResult

from samverkan.access.answers import Denied
from samverkan.access.ask import may_administer
from samverkan.journal.kinds import Kind, record
from samverkan.organisation.models import District
from samverkan.site.lists import Csv


class Administration(admin.AdminSite):
    site_header = "Administration"
    site_title = "Samverkan"
    index_title = "Listor"

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(may_administer(request.user))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Whoever is logged in and may not is told why, instead of being asked to log in again."""
        inner: Any = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            answer = may_administer(request.user)
            if request.user.is_authenticated and isinstance(answer, Denied):
                raise PermissionDenied(answer.reason)
            return inner(request, *args, **kwargs)

        return guarded

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        if admin_class is not None and issubclass(admin_class, ListAdmin):
            super().register(model_or_iterable, admin_class, **options)

    # There is one way to log in, one to log out and one to change a password, here as elsewhere.

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect_to_login(request.GET.get("next", "/admin/"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")


class ListAdmin(admin.ModelAdmin):
    """A list that the administrator keeps. Every change in it stands in the journal too."""

    deletable = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(may_administer(request.user))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(may_administer(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(may_administer(request.user))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(may_administer(request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.deletable and bool(may_administer(request.user))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._journal(Kind.LIST_ADDED, request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._journal(Kind.LIST_CHANGED, request, obj, what=self._changes(obj, message))
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            self._journal(
                Kind.LIST_DELETED, request, obj, of_district=not isinstance(obj, District)
            )
        return super().log_deletions(request, queryset)

    def _journal(
        self,
        kind: Kind,
        request: HttpRequest,
        obj: Any,
        of_district: bool = True,
        **data: str,
    ) -> None:
        district = obj if isinstance(obj, District) else getattr(obj, "district", None)
        record(
            kind,
            actor=request.user,
            district=district if of_district else None,
            list=str(self.opts.verbose_name_plural),
            thing=str(obj),
            **data,
        )

    def _changes(self, obj: Any, message: Any) -> str:
        """The fields that were changed; of one that is yes or no, also which."""
        if isinstance(message, str):
            return message
        labels = {capfirst(str(field.verbose_name)): field for field in self.opts.concrete_fields}
        said = []
        for part in message:
            for label in part.get("changed", {}).get("fields", []):
                field = labels.get(capfirst(label))
                value = getattr(obj, field.attname) if field else None
                answer = f" ({'ja' if value else 'nej'})" if isinstance(value, bool) else ""
                said.append(label[:1].lower() + label[1:] + answer)
        return ", ".join(dict.fromkeys(said)) or "inget"


class FileForm(ImportForm):
    """Which file to read. There is one format, so nobody is asked for it."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["import_file"].label = "Fil"
        self.fields["import_file"].widget.attrs["accept"] = ".csv,text/csv"
        self.fields["format"].widget = self.fields["format"].hidden_widget()

    @property
    def media(self) -> Any:
        return self.fields["import_file"].widget.media


class FileListAdmin(ImportExportMixin, ListAdmin):
    """A list that is also read from a file and written to one, all of it or nothing."""

    formats = [Csv]
    import_form_class = FileForm
    skip_export_form = True

    def has_import_permission(self, request: HttpRequest) -> bool:
        return bool(may_administer(request.user))

    def has_export_permission(self, request: HttpRequest) -> bool:
        return bool(may_administer(request.user))

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_import_data_kwargs(**kwargs) | {"rollback_on_validation_errors": True}

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        if isinstance(e, Csv.Unreadable):
            form.add_error("import_file", str(e))
        else:
            form.add_error(
                "import_file",
                "Filen går inte att läsa. Spara listan som CSV (UTF-8) och försök igen.",
            )

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        if result.has_errors() or result.has_validation_errors():
            messages.error(
                request, "Listan ändrades medan du granskade filen. Inget är inläst. Försök igen."
            )
            return redirect("..")
        return super().process_result(result, request)

    def add_success_message(self, result: Any, request: HttpRequest) -> None:
        new = result.totals[RowResult.IMPORT_TYPE_NEW]
        changed = result.totals[RowResult.IMPORT_TYPE_UPDATE]
        same = result.totals[RowResult.IMPORT_TYPE_SKIP]
        messages.success(request, f"Filen är inläst: {new} nya, {changed} ändrade, {same} lika.")

    def generate_log_entries(self, result: Any, request: HttpRequest) -> None:
        for row in result:
            if row.import_type == RowResult.IMPORT_TYPE_NEW:
                self.log_addition(request, row.instance, "Inläst från fil.")
            elif row.import_type == RowResult.IMPORT_TYPE_UPDATE:
                self.log_change(request, row.instance, "inläst från fil")

    def export_action(self, request: HttpRequest) -> Any:
        response = super().export_action(request)
        name = f"{capfirst(str(self.opts.verbose_name_plural))} {timezone.localdate()}.csv"
        response["Content-Disposition"] = content_disposition_header(True, name)
        record(Kind.LIST_EXPORTED, actor=request.user, list=str(self.opts.verbose_name_plural))
        return response
