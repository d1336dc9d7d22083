"""The administrator's lists as files: CSV that Excel in Swedish opens and saves, and what its columns
mean.

Rows are known by what people call them (addresses, short names), never by numbers of the database,
so that a list can be carried from one installation to another.
"""

import csv
import io
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString
from import_export import exceptions, resources, widgets
from import_export.fields import Field
from import_export.formats.base_formats import Format
from import_export.results import Result

from plans.models import Catalogue, PriorityArea
from samverkan.organisation.models import (
    District,
    Membership,
    Municipality,
    Party,
    PoliceArea,
    User,
)
from samverkan.organisation.vocabulary import DistrictKind, PartyKind, Role
from samverkan.text import clean, clean_line

BETWEEN = " | "  # between several values in one cell


class Csv(Format):
    """Semicolons and a byte order mark, as Excel in Swedish reads it; commas are understood too.

    A cell that Excel would take for a formula gets an apostrophe before it, and loses it again
    when the file is read back.
    """

    ACTIVE = ("=", "+", "-", "@", "\t", "\r")

    class Unreadable(Exception):
        pass

    def __init__(self, encoding: str | None = None):
        pass

    def get_title(self) -> str:
        return "csv"

    def get_extension(self) -> str:
        return "csv"

    def get_content_type(self) -> str:
        return "text/csv; charset=utf-8"

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def export_data(self, dataset: tablib.Dataset, **_: Any) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=";")
        writer.writerow(dataset.headers)
        writer.writerows([self.escaped(cell) for cell in row] for row in dataset)
        return text.getvalue().encode("utf-8-sig")

    def create_dataset(self, in_stream: bytes, **_: Any) -> tablib.Dataset:
        try:
            text = in_stream.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = in_stream.decode("cp1252", errors="replace")  # Excel's "CSV" without more words
        first_line = text.partition("\n")[0]
        delimiter = max(";,\t", key=first_line.count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        while rows and not any(cell.strip() for cell in rows[-1]):
            rows.pop()
        if len(rows) < 2:
            raise self.Unreadable("Filen har inga rader under rubrikerna.")
        headers = [clean_line(header).lower() for header in rows[0]]
        dataset = tablib.Dataset(headers=headers)
        for number, row in enumerate(rows[1:], start=2):
            if len(row) > len(headers):
                raise self.Unreadable(f"Rad {number} har fler celler än det finns rubriker.")
            cells = [self._plain(clean(cell)) for cell in row]
            dataset.append(cells + [""] * (len(headers) - len(cells)))
        return dataset

    def escaped(self, cell: Any) -> str:
        text = "" if cell is None else str(cell)
        return f"'{text}" if text.startswith((*self.ACTIVE, "'")) else text

    def _plain(self, cell: str) -> str:
        return cell[1:] if cell.startswith("'") else cell


# What a cell means --------------------------------------------------------------------------------


class Words(widgets.CharWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return clean(str(value)) if value is not None else ""


class Choice(widgets.Widget):
    """A word from a list, as it is read or as it is stored."""

    def __init__(self, choices: Any):
        super().__init__()
        self.choices = choices

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        said = clean_line(str(value)).casefold()
        for choice in self.choices:
            if said in (choice.value.casefold(), choice.label.casefold()):
                return choice.value
        known = ", ".join(choice.label for choice in self.choices)
        raise ValueError(f"”{value}” är inget av valen: {known}.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.choices(value).label if value else ""


class YesNo(widgets.Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        said = clean_line(str(value)).casefold()
        if said in ("ja", "nej"):
            return said == "ja"
        raise ValueError(f"”{value}” ska vara ja eller nej.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "ja" if value else "nej"


class Day(widgets.DateWidget):
    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            return super().clean(value, row, **kwargs)
        except ValueError:
            raise ValueError(f"”{value}” är inget datum. Skriv som 2026-01-31.") from None


class Known(widgets.ForeignKeyWidget):
    """Another row, by the name that people have for it. An empty cell is none."""

    model: type[Model]

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        said = clean_line(str(value or ""))
        if not said:
            return None
        found = self.find(said, row)
        if found is None:
            raise ValueError(f"”{said}” finns inte bland {self.model._meta.verbose_name_plural}.")
        return found

    def find(self, said: str, row: Any) -> Model | None:
        return self.model._default_manager.filter(**{self.field: said}).first()


class KnownParty(Known):
    """A party by its key: that of the row's district, or the city's own (stad/…)."""

    def find(self, said: str, row: Any) -> Model | None:
        parties = Party.objects.filter(municipality__slug=clean_line(row.get("kommun") or ""))
        slug = said.removeprefix("stad/")
        if slug != said:
            return parties.filter(district=None, slug=slug).first()
        return parties.filter(district__slug=clean_line(row.get("område") or ""), slug=slug).first()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.key if value else ""


class KnownUser(Known):
    def find(self, said: str, row: Any) -> Model | None:
        return User.objects.filter(email__iexact=said).first()


class KnownCatalogue(Known):
    """A catalogue of the row's kommun, by its year."""

    def find(self, said: str, row: Any) -> Model | None:
        if not said.isdecimal():
            return None
        city = clean_line(row.get("kommun") or "")
        return Catalogue.objects.filter(municipality__slug=city, year=said).first()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value.year) if value else ""


class SeveralKnown(widgets.ManyToManyWidget):
    """Several other rows in one cell. One that is not known is said, not passed over."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        names = [clean_line(name) for name in str(value or "").split(BETWEEN.strip())]
        found = {name: self.find(name, row) for name in names if name}
        missing = [name for name, there in found.items() if there is None]
        if missing:
            raise ValueError(
                f"”{missing[0]}” finns inte bland {self.model._meta.verbose_name_plural}."
            )
        return self.model.objects.filter(pk__in=[there.pk for there in found.values()])

    def find(self, said: str, row: Any) -> Any:
        return self.model.objects.filter(**{self.field: said}).first()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return BETWEEN.join(self.name(there) for there in value.all()) if value else ""

    def name(self, there: Any) -> str:
        return getattr(there, self.field)


class SeveralAreas(SeveralKnown):
    """Areas of the catalogues of the row's kommun, as 2024/unga-i-riskzon."""

    def find(self, said: str, row: Any) -> Any:
        year, _, slug = said.partition("/")
        if not year.isdecimal():
            return None
        return PriorityArea.objects.filter(
            catalogue__municipality__slug=clean_line(row.get("kommun") or ""),
            catalogue__year=year,
            slug=slug,
        ).first()

    def name(self, there: Any) -> str:
        return f"{there.catalogue.year}/{there.slug}"


# The lists ----------------------------------------------------------------------------------------


class Difference:
    """What the preview shows of a cell: what it becomes, and what it was."""

    def __init__(self, resource: Any, instance: Any, new: bool):
        self.before: list[str] | None = None if new else self._cells(resource, instance)
        self.after: list[str] = []

    def compare_with(self, resource: Any, instance: Any) -> None:
        self.after = self._cells(resource, instance)

    def as_html(self) -> list[SafeString]:
        return [
            format_html("{}", now)
            if was == now
            else format_html("<del>{}</del> <ins>{}</ins>", was, now)
            for was, now in zip(self.before or self.after, self.after, strict=True)
        ]

    @staticmethod
    def _cells(resource: Any, instance: Any) -> list[str]:
        return [
            str(field.export(instance)) if instance is not None else ""
            for field in resource.get_import_fields()
        ]


class Outcome(Result):
    """What came of reading a file."""

    def faults(self) -> list[tuple[int, str, Any]]:
        """What is wrong in the rows, from the top of the file: its line, the column if one, and why."""
        found = [
            (number, "", error.error) for number, errors in self.row_errors() for error in errors
        ]
        for row in self.invalid_rows:
            for column, errors in row.field_specific_errors.items():
                found += [(row.number, column, error) for error in errors]
            found += [(row.number, "", error) for error in row.non_field_specific_errors]
        # The file has a line of headings before its first row.
        return sorted(
            ((number + 1, column, why) for number, column, why in found), key=itemgetter(0)
        )


class ListResource(resources.ModelResource):
    @classmethod
    def get_result_class(cls) -> Any:
        return Outcome

    def get_diff_class(self) -> Any:
        return Difference

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        """Every column is understood, and none that is needed is missing."""
        known = {field.column_name for field in self.get_import_fields()}
        said = set(dataset.headers)
        if unknown := [header for header in dataset.headers if header not in known]:
            raise exceptions.FieldError(
                f"Kolumnen ”{unknown[0]}” känns inte igen. Listan har kolumnerna "
                f"{', '.join(field.column_name for field in self.get_import_fields())}."
            )
        if missing := [name for name in self._needed() if name not in said]:
            raise exceptions.FieldError(f"Kolumnen ”{missing[0]}” saknas i filen.")

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """What is wrong, by the column that it stands in."""
        columns = {field.attribute: field.column_name for field in self.get_import_fields()}
        try:
            super().validate_instance(instance, import_validation_errors, validate_unique)
        except ValidationError as errors:
            raise ValidationError(
                {
                    columns.get(attribute, attribute): sentences
                    for attribute, sentences in errors.message_dict.items()
                }
            ) from None

    def _needed(self) -> Iterable[str]:
        """The columns that say which row it is; without them nothing can be found."""
        names = {"municipality", *self.get_import_id_fields()} & set(self.fields)
        return [field.column_name for name, field in self.fields.items() if name in names]

    def _check_import_id_fields(self, headers: Any) -> None:
        """Said in Swedish, in before_import."""


class _Meta:
    use_transactions = True
    skip_unchanged = True
    report_skipped = True
    clean_model_instances = True


def _of_city() -> Field:
    return Field("municipality", "kommun", Known(Municipality, "slug"))


class PoliceAreaResource(ListResource):
    name = Field("name", "namn", Words())

    class Meta(_Meta):
        model = PoliceArea
        fields = import_id_fields = ("name",)


class DistrictResource(ListResource):
    municipality = _of_city()
    slug = Field("slug", "kortnamn", Words())
    name = Field("name", "namn", Words())
    kind = Field("kind", "slag", Choice(DistrictKind))
    police_areas = Field(
        "police_areas", "lokalpolisområden", SeveralKnown(PoliceArea, field="name")
    )
    predecessors = Field("predecessors", "föregångare", SeveralKnown(District, field="slug"))
    valid_from = Field("valid_from", "gäller från", Day())
    valid_to = Field("valid_to", "gäller till och med", Day())

    class Meta(_Meta):
        model = District
        import_id_fields = ("slug",)
        fields = import_order = export_order = (
            "municipality",
            "slug",
            "name",
            "kind",
            "police_areas",
            "predecessors",
            "valid_from",
            "valid_to",
        )


class PartyResource(ListResource):
    municipality = _of_city()
    district = Field("district", "område", Known(District, "slug"))
    slug = Field("slug", "kortnamn", Words())
    kind = Field("kind", "slag", Choice(PartyKind))
    name = Field("name", "namn", Words())
    short_name = Field("short_name", "namn i planen", Words())
    police_area = Field("police_area", "lokalpolisområde", Known(PoliceArea, "name"))

    class Meta(_Meta):
        model = Party
        import_id_fields = ("municipality", "district", "slug")
        fields = import_order = export_order = (
            "municipality",
            "district",
            "slug",
            "kind",
            "name",
            "short_name",
            "police_area",
        )


class MembershipResource(ListResource):
    """Users with their memberships: a row for each. Who is not known yet becomes a user."""

    user = Field("user", "e-post", KnownUser(User, "email"))
    name = Field("user__name", "namn", readonly=True)
    role = Field("role", "roll", Choice(Role))
    municipality = _of_city()
    district = Field("district", "område", Known(District, "slug"))
    party = Field("party", "part", KnownParty(Party, "slug"))
    is_active = Field("is_active", "aktiv", YesNo())

    class Meta(_Meta):
        model = Membership
        import_id_fields = ("user", "role", "municipality", "district", "party")
        fields = import_order = export_order = (
            "user",
            "name",
            "role",
            "municipality",
            "district",
            "party",
            "is_active",
        )

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        email = clean_line(row.get("e-post") or "")
        name = clean_line(row.get("namn") or "")
        if not User.objects.filter(email__iexact=email).exists():
            try:
                validate_email(email)
            except ValidationError:
                raise ValidationError(f"”{email}” är ingen e-postadress.") from None
            if not name:
                raise ValidationError(f"{email} är ny. Skriv personens namn.")
            User.objects.create_user(email=email, name=name)


class AreaResource(ListResource):
    """The areas of the city's catalogues. A district's own areas are made in its plans."""

    municipality = Field(
        "catalogue__municipality", "kommun", Known(Municipality, "slug"), readonly=True
    )
    catalogue = Field("catalogue", "katalog", KnownCatalogue(Catalogue, "year"))
    slug = Field("slug", "kortnamn", Words())
    name = Field("name", "namn", Words())
    description = Field("description", "beskrivning", Words())
    position = Field("position", "ordning", widgets.IntegerWidget())
    successors = Field("successors", "motsvaras av", SeveralAreas(PriorityArea, field="slug"))

    class Meta(_Meta):
        model = PriorityArea
        import_id_fields = ("catalogue", "slug")
        fields = import_order = export_order = (
            "municipality",
            "catalogue",
            "slug",
            "name",
            "description",
            "position",
            "successors",
        )
