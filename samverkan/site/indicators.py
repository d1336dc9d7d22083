"""Indikatorer: the pages on which a district keeps its series from year to year."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST

from lagesbild.access import DistrictReports
from lagesbild.charts import on_screen
from lagesbild.document import BlockDoc, SeriesDoc, TableDoc
from lagesbild.tables import NotATable, text_of
from lagesbild.told import told
from lagesbild.vocabulary import BlockForm
from plans.access import DistrictPlans, get_district
from samverkan.access.ask import may
from samverkan.access.table import Right
from samverkan.documents import charts
from samverkan.documents.charts.moments import Moment
from samverkan.indicators import services
from samverkan.indicators.forms import IndicatorForm, NewIndicatorForm, ValueForm
from samverkan.indicators.models import Indicator
from samverkan.indicators.register import (
    districts_before,
    get_indicator,
    indicators_of,
    kept,
    latest_reading,
    register,
    registers_before,
)
from samverkan.indicators.series import Coming, Kept
from samverkan.organisation.models import District
from samverkan.site.frame import Frame
from samverkan.site.lists import Csv
from samverkan.site.pasted_indicators import LEFT_OUT, NEW, Preview, look
from samverkan.site.ties import uses
from samverkan.text import clean_line

MOST_TIMES = 8  # beside each other; the rest stand on the indicator's own page
MOST_READINGS = 10
MOST_BYTES = 1_000_000
_AROUND = 100_000  # bytes of a form beside its file
_PER = {1: "Per år", 2: "Per termin", 3: "Per tertial", 4: "Per kvartal", 12: "Per månad"}


class _Place:
    """A district as its indicators are looked at: its reports and plans are where they are used."""

    def __init__(self, request: HttpRequest, right: Right, district: str):
        self.district = get_district(request.user, right, district)
        self.reports = DistrictReports(request.user, self.district)
        self.plans = DistrictPlans(request.user, self.district)
        self.frame = Frame(
            request, self.district, plans=self.plans.readable, reports=self.reports.readable
        )
        self.may_keep = may(request.user, Right.KEEP_INDICATORS, self.district)

    @property
    def uses(self) -> Mapping[UUID, Any]:
        """In what the user may read."""
        return uses(self.reports.readable, self.plans.readable)

    @property
    def in_use(self) -> set[UUID]:
        """Also where she may not."""
        return set(uses(self.reports.all, self.plans.all))


@dataclass(frozen=True)
class Group:
    """The indicators that are measured as often, in one table."""

    title: str
    times: Sequence[str]
    rows: Sequence["Row"]
    left_out: int


@dataclass(frozen=True)
class Row:
    kept: Kept
    cells: Sequence[str]
    spark: SafeString
    uses: Sequence[Any]


def page(request: HttpRequest, district: str) -> HttpResponse:
    place = _Place(request, Right.ENTER_DISTRICT, district)
    rows = register(request.user, place.district)
    used = place.uses if rows else {}
    readings = _readings(place.district) if place.may_keep else []
    return render(
        request,
        "indicators/page.html",
        {
            "frame": place.frame,
            "groups": list(_groups(rows, used)),
            "before": registers_before(request.user, place.district),
            "readings": readings,
            "may_keep": place.may_keep,
        },
    )


def as_csv(request: HttpRequest, district: str) -> HttpResponse:
    """A row for each time and a column for each indicator: as it can be pasted in again."""
    place = get_district(request.user, Right.ENTER_DISTRICT, district)
    rows = register(request.user, place)
    moments = {one.moment: (one.begins, -one.moment.parts) for row in rows for one in row.measured}
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["Tid", *(Csv().escaped(row.name) for row in rows)])
    for moment in sorted(moments, key=lambda one: moments[one]):
        found = [row.at.get(moment) for row in rows]
        writer.writerow([moment, *("" if one is None else _number(one.value) for one in found)])
    answer = HttpResponse(
        text.getvalue().encode("utf-8-sig"), content_type=Csv().get_content_type()
    )
    name = f"indikatorer-{place.slug}.csv"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}".replace(".", ",")


def _groups(rows: Iterable[Kept], used: Mapping[UUID, Any]) -> Iterable[Group]:
    by_parts: dict[int, list[Kept]] = {}
    for row in rows:
        by_parts.setdefault(_parts_of(row), []).append(row)
    for parts in sorted(by_parts):
        own = by_parts[parts]
        moments = sorted(
            {one.moment.number for row in own for one in row.measured if one.moment.parts == parts}
        )
        shown = [Moment(parts, number) for number in moments[-MOST_TIMES:]]
        yield Group(
            _PER[parts],
            [str(moment) for moment in shown],
            [
                Row(row, _cells(row, shown), _spark(row, parts), used.get(row.uuid, ()))
                for row in own
            ],
            len(moments) - len(shown),
        )


def _parts_of(row: Kept) -> int:
    """How often it is measured; each year, until something else is known."""
    times = [one.moment.parts for one in row.measured]
    return max(set(times), key=lambda parts: (times.count(parts), -parts)) if times else 1


def _cells(row: Kept, moments: Iterable[Moment]) -> list[str]:
    found = [row.at.get(moment) for moment in moments]
    return [row.said(one.value) if one and one.value is not None else "" for one in found]


def _spark(row: Kept, parts: int) -> SafeString:
    """Only where there is a way from one value to another."""
    numbers = {one.moment.number: one.value for one in row.measured if one.moment.parts == parts}
    if len(numbers) < 2:
        return SafeString("")
    whole = range(min(numbers), max(numbers) + 1)
    description = f"{row.name}: {told(_drawn(row))}"
    return mark_safe(charts.spark(description, [numbers.get(number) for number in whole]))  # noqa: S308


def _drawn(row: Kept) -> BlockDoc:
    """The indicator as a figure of its own."""
    table = TableDoc(
        tuple(one.label for one in row.values),
        (SeriesDoc(row.name, tuple(one.value for one in row.values)),),
    )
    return BlockDoc(uuid4(), BlockForm.LINE, unit=row.unit, table=table)


def _readings(district: District) -> list[dict[str, Any]]:
    found = district.readings.filter(undoes=None).select_related("by", "undone_by__by")
    shown = []
    for reading in found.prefetch_related("changes")[:MOST_READINGS]:
        names = sorted({change.name for change in reading.changes.all()})
        shown.append({"reading": reading, "names": names, "number": len(reading.changes.all())})
    return shown


def one(request: HttpRequest, district: str, uuid: UUID) -> HttpResponse:
    """One indicator: drawn, its values, where it is used, and what has been changed in it."""
    place = _Place(request, Right.ENTER_DISTRICT, district)
    try:
        row = get_indicator(request.user, Right.ENTER_DISTRICT, place.district, uuid)
    except Http404:
        for before in districts_before(request.user, place.district):
            if indicators_of(request.user, before).filter(uuid=uuid).exists():
                return redirect("indicator", before.slug, uuid)
        raise
    return _one(request, place, row, ValueForm())


def _one(
    request: HttpRequest, place: _Place, row: Indicator, form: ValueForm, status: int = 200
) -> HttpResponse:
    whole = kept(row, row.values.all())
    earlier = registers_before(request.user, place.district, row.name)
    words = {
        "frame": place.frame,
        "indicator": row,
        "own": _shown(whole),
        "before": [(before, [_shown(one) for one in found]) for before, found in earlier],
        "uses": place.uses.get(row.uuid, ()),
        "changes": row.changes.select_related("reading__by").order_by("-pk")[:50],
        "may_keep": place.may_keep,
        "may_remove": place.may_keep and not whole.measured and row.uuid not in place.in_use,
        "form": form,
    }
    return render(request, "indicators/one.html", words, status=status)


def _shown(whole: Kept) -> dict[str, Any]:
    figure = _drawn(whole)
    return {
        "kept": whole,
        "values": list(reversed(whole.values)),
        "chart": on_screen(figure) if len(whole.measured) > 1 else "",
        "told": told(figure) if whole.measured else "",
    }


@require_POST
def put_value(request: HttpRequest, district: str, uuid: UUID) -> HttpResponse:
    """A single value, by hand: new, put right, or taken back (nothing was measured)."""
    place = _Place(request, Right.KEEP_INDICATORS, district)
    row = get_indicator(request.user, Right.KEEP_INDICATORS, place.district, uuid)
    form = ValueForm(request.POST)
    if form.is_valid():
        coming = Coming(row.name, [form.measured], row.uuid)
        services.take_in(actor=request.user, district=place.district, coming=[coming])
        messages.success(request, f"{row} för {form.measured.label} är sparat.")
        return redirect("indicator", place.district.slug, uuid)
    return _one(request, place, row, form, status=422)


def create(request: HttpRequest, district: str) -> HttpResponse:
    place = _Place(request, Right.KEEP_INDICATORS, district)
    form = NewIndicatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        try:
            row = services.create(actor=request.user, district=place.district, **said)
        except ValidationError as refusal:
            form.add_error("name", refusal)
        else:
            messages.success(request, f"Indikatorn {row} är upplagd. Den har inga värden än.")
            return redirect("indicator", place.district.slug, row.uuid)
    words = {"frame": place.frame, "form": form}
    return render(request, "indicators/create.html", words)


def change(request: HttpRequest, district: str, uuid: UUID) -> HttpResponse:
    place = _Place(request, Right.KEEP_INDICATORS, district)
    row = get_indicator(request.user, Right.KEEP_INDICATORS, place.district, uuid)
    said = ("name", "unit", "source", "description", "is_internal")
    initial = {name: getattr(row, name) for name in said} | {"seen": row.version}
    form = IndicatorForm(request.POST or None, initial=initial)
    form.action = "Spara ändringarna"
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        seen = data.pop("seen") or 0
        try:
            services.describe(actor=request.user, indicator=row, seen=seen, **data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Ändringarna är sparade.")
            return redirect("indicator", place.district.slug, uuid)
    words = {"frame": place.frame, "form": form, "indicator": row}
    return render(request, "indicators/change.html", words)


@require_POST
def remove(request: HttpRequest, district: str, uuid: UUID) -> HttpResponse:
    place = _Place(request, Right.KEEP_INDICATORS, district)
    row = get_indicator(request.user, Right.KEEP_INDICATORS, place.district, uuid)
    try:
        services.remove(actor=request.user, indicator=row, in_use=uuid in place.in_use)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("indicator", place.district.slug, uuid)
    messages.success(request, f"Indikatorn {row} är borttagen.")
    return redirect("indicators", place.district.slug)


def paste(request: HttpRequest, district: str) -> HttpResponse:
    """New values, pasted or in a CSV file: looked at, asked about, and then taken in at one press."""
    place = _Place(request, Right.KEEP_INDICATORS, district)
    if request.method != "POST":
        return _pasting(request, place, "")
    text = request.POST.get("text", "")
    try:
        if file := request.FILES.get("file"):
            text = text_of(file.read())
        rows = register(request.user, place.district)
        preview = look(text, request.POST, rows, clean_line(request.POST.get("kalla", "")))
    except NotATable as fault:
        return _pasting(request, place, text, fault=str(fault), status=422)
    if "las-in" not in request.POST or not preview.is_ready:
        return _pasting(request, place, text, preview)
    asked = request.POST.get("sedd", "")
    try:
        reading = services.take_in(
            actor=request.user,
            district=place.district,
            coming=preview.coming,
            seen=int(asked) if asked.isdecimal() and len(asked) < 19 else None,
        )
    except ValidationError as refusal:
        why = " ".join(refusal.messages)
        return _pasting(request, place, text, preview, fault=why, status=409)
    if reading is None:
        messages.info(request, "Registret hade redan alla värdena.")
    else:
        messages.success(request, f"{preview.counted.capitalize()} är inlästa.")
    return redirect("indicators", place.district.slug)


def _pasting(
    request: HttpRequest,
    place: _Place,
    text: str,
    preview: Preview | None = None,
    *,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    words = {
        "frame": place.frame,
        "text": text,
        "source": request.POST.get("kalla", ""),
        "preview": preview,
        "fault": fault or (preview.fault if preview else ""),
        "seen": latest_reading(place.district),
        "indicators": indicators_of(request.user, place.district),
        "new": NEW,
        "left_out": LEFT_OUT,
    }
    return render(request, "indicators/paste.html", words, status=status)


def _ask_first(request: HttpRequest, district: str) -> HttpResponse | None:
    """Who may send a file is asked, and how large it is, before a byte of it is read."""
    place = _Place(request, Right.KEEP_INDICATORS, district)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > MOST_BYTES + _AROUND:
        fault = "Filen är för stor. Spara bara de rader och kolumner som ska läsas in som CSV."
        return _refused_unread(request, place, fault)
    return None


paste.ask_first = _ask_first  # type: ignore[attr-defined]


def _refused_unread(request: HttpRequest, place: _Place, fault: str) -> HttpResponse:
    words = {"frame": place.frame, "fault": fault, "text": ""}
    return render(request, "indicators/paste.html", words, status=413)


@require_POST
def take_back(request: HttpRequest, district: str, pk: int) -> HttpResponse:
    place = _Place(request, Right.KEEP_INDICATORS, district)
    try:
        services.take_back(
            actor=request.user, district=place.district, reading=pk, in_use=place.in_use
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, "Inläsningen är ångrad. Värdena är som de var före den.")
    return redirect("indicators", place.district.slug)
