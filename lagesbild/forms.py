"""The forms of the lägesbild wing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from lagesbild.models import Report
from lagesbild.vocabulary import ReportKind
from plans.models import Catalogue
from samverkan.forms import CleanCharField, PageForm
from samverkan.organisation.models import District


def _year() -> forms.IntegerField:
    return forms.IntegerField(
        label="År",
        min_value=2000,
        max_value=2100,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Skriv ett år mellan 2000 och 2100."
        ),
    )


class UploadForm(PageForm):
    """Läs in en lägesbild: a file, and what it is to be read as."""

    action = "Läs filen"

    file = forms.FileField(
        label="Fil",
        allow_empty_file=True,  # the reader says so, in its own words
        help_text="Word (.docx), eller en fil som Samverkan har gjort: Word, PDF eller JSON. Högst 25 MB.",
        error_messages={"required": "Välj en fil.", "missing": "Välj en fil."},
    )
    kind = forms.ChoiceField(
        label="Slag", choices=ReportKind, widget=forms.RadioSelect, initial=ReportKind.PICTURE
    )
    year = _year()

    def __init__(self, *args: Any, address: str, **kwargs: Any):
        """`address` is where it is sent: a file that could not be read asks for another."""
        super().__init__(*args, **kwargs)
        self._address = address
        self.fields["year"].initial = timezone.localdate().year


class NewReportForm(PageForm):
    """Ny lägesbild: of which kind and year, and what it begins with."""

    action = "Skapa utkastet"

    kind = forms.ChoiceField(
        label="Slag", choices=ReportKind, widget=forms.RadioSelect, initial=ReportKind.PICTURE
    )
    year = _year()
    before = forms.ChoiceField(
        label="Börja med",
        required=False,
        help_text="Ur en tidigare följer text, figurer och områden med. Resultat, prioriteringar och "
        "avvikelser skrivs på nytt.",
    )
    catalogue = forms.ModelChoiceField(
        label="Stadens områden",
        queryset=Catalogue.objects.none(),
        empty_label=None,
        help_text="Varje område i katalogen får ett avsnitt. En kopia behåller den katalog som den har.",
    )
    title = CleanCharField(
        label="Rubrik",
        required=False,
        max_length=Report._meta.get_field("title").max_length,
        help_text="Lämnas den tom blir rubriken slaget och året.",
    )

    def __init__(
        self, *args: Any, district: District, earlier: Sequence[Report], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = {str(report.pk): report for report in earlier}
        catalogues = Catalogue.objects.filter(
            municipality=district.municipality_id, areas__isnull=False
        ).distinct()
        field = self.fields["catalogue"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = catalogues
        field.initial = catalogues.first()
        before = self.fields["before"]
        assert isinstance(before, forms.ChoiceField)
        before.choices = [
            ("", "De vanliga avsnitten, tomma"),
            *((pk, f"En kopia av {report}") for pk, report in self.earlier.items()),
        ]
        taken = {report.year for report in earlier if report.district == district}
        year = timezone.localdate().year
        self.fields["year"].initial = next(y for y in range(year, 2101) if y not in taken)

    @property
    def has_catalogue(self) -> bool:
        return self.fields["catalogue"].initial is not None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        before = self.earlier.get(said.get("before", ""))
        if before and said.get("kind") and before.kind != said["kind"]:
            self.add_error("before", "Välj en tidigare av samma slag, eller de vanliga avsnitten.")
        if before and said.get("year") and before.year >= said["year"]:
            self.add_error("before", "Välj en från ett tidigare år.")
        return said

    @property
    def report(self) -> dict[str, Any]:
        """What the service asks for."""
        said = self.cleaned_data
        return {
            "kind": ReportKind(said["kind"]),
            "year": said["year"],
            "catalogue": said["catalogue"],
            "title": said["title"],
            "before": self.earlier.get(said["before"]),
        }
