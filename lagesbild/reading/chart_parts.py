"""A chart in a Word file as the figures that it is drawn from: those that Word saved with it."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lagesbild.document import SeriesDoc, TableDoc
from lagesbild.reading.tables import years
from lagesbild.vocabulary import BlockForm
from samverkan.office.ooxml import Element
from samverkan.office.word_file import qn
from samverkan.text import clean_line

MOST_POINTS = 1_000

_LINES = ("lineChart", "line3DChart", "scatterChart", "radarChart")
_BARS = ("barChart", "bar3DChart")
_AREAS = ("areaChart", "area3DChart")
_DAY_ZERO = datetime.date(1899, 12, 30)  # as Excel counts


@dataclass(frozen=True)
class ChartFigures:
    form: BlockForm
    table: TableDoc | None
    title: str = ""
    unit: str = ""  # what the axis of the values says
    rest: str = ""  # words that are neither
    doubt: str = ""


@dataclass(frozen=True)
class _Series:
    name: str
    labels: dict[int, str]
    values: dict[int, Decimal]
    is_share: bool
    count: int


def figures_of(root: Element) -> ChartFigures:
    kinds = [
        (kind.tag.rpartition("}")[2], kind)
        for area in root.iter(qn("c:plotArea"))
        for kind in area
        if kind.find(qn("c:ser")) is not None
    ]
    series = [
        _series(one, number + 1)
        for _, kind in kinds
        for number, one in enumerate(kind.findall(qn("c:ser")))
    ]
    form, doubt = _form([name for name, _ in kinds], kinds, len(series))
    labels, label_words = _labels(series)
    unit = _title(next(root.iter(qn("c:valAx")), None))
    share = any(one.is_share for one in series)
    table = None
    if labels and any(one.values for one in series):
        table = TableDoc(
            tuple(label_words),
            tuple(
                SeriesDoc(one.name, tuple(one.values.get(at) for at in labels)) for one in series
            ),
            _title(_category_axis(root)) or years(label_words),
        )
    return ChartFigures(
        form,
        table,
        title=_title(next(root.iter(qn("c:chart")), None)),
        unit=(unit or ("%" if share else ""))[:60],
        rest=unit[60:],
        doubt=doubt or ("" if table else "diagrammet har inga siffror sparade i filen"),
    )


def _form(names: list[str], kinds: list[tuple[str, Element]], count: int) -> tuple[BlockForm, str]:
    name = names[0] if names else ""
    if len(set(names)) > 1:
        return BlockForm.GROUPED, "diagrammet hade både staplar och linjer, och blir staplar"
    if name in _LINES:
        return BlockForm.LINE, ""
    if name in _AREAS:
        return BlockForm.LINE, "ytdiagrammet blir linjer"
    grouping = next(
        (one.get("val") for _, kind in kinds for one in kind.findall(qn("c:grouping"))), ""
    )
    if name in _BARS:
        if grouping in ("stacked", "percentStacked"):
            doubt = (
                "staplarna var delar av 100 procent i Word" if grouping == "percentStacked" else ""
            )
            return BlockForm.STACKED, doubt
        return (BlockForm.GROUPED if count > 1 else BlockForm.BARS), ""
    doubt = "cirkeldiagrammet blir staplar" if "pie" in name.lower() or "doughnut" in name else ""
    return BlockForm.GROUPED if count > 1 else BlockForm.BARS, doubt or (
        "" if not name else f"diagram av slaget {name} ritas som staplar"
    )


def _series(series: Element, number: int) -> _Series:
    values, categories = series.find(qn("c:val")), series.find(qn("c:cat"))
    values = series.find(qn("c:yVal")) if values is None else values
    categories = series.find(qn("c:xVal")) if categories is None else categories
    is_share = values is not None and any(
        "%" in (code.text or "") for code in values.iter(qn("c:formatCode"))
    )
    found = {}
    for at, said in _points(values).items():
        if (value := _decimal(said, 100 if is_share else 1)) is not None:
            found[at] = value
    name = clean_line(" ".join(_points(series.find(qn("c:tx"))).values())) or clean_line(
        " ".join(one.text or "" for one in series.findall(f"{qn('c:tx')}/{qn('c:v')}"))
    )
    labels = _points(categories)
    if categories is not None:
        code = " ".join(one.text or "" for one in categories.iter(qn("c:formatCode"))).lower()
        if "y" in code:
            labels = {at: _as_date(said, code) for at, said in labels.items()}
    count = max([*found, *labels], default=-1) + 1
    return _Series((name or f"Serie {number}")[:300], labels, found, is_share, count)


def _points(of: Element | None) -> dict[int, str]:
    """What was saved, by its place; of labels in several levels the outer stand before the inner."""
    found: dict[int, str] = {}
    levels = [] if of is None else list(of.iter(qn("c:lvl"))) or [of]
    for level in reversed(levels):
        outer = ""
        points = {}
        for point in level.iter(qn("c:pt")):
            at = point.get("idx") or ""
            said = clean_line(" ".join(one.text or "" for one in point.iter(qn("c:v"))))
            if at.isascii() and at.isdigit() and int(at) < MOST_POINTS:
                points[int(at)] = said
        for at in sorted({*points, *found}):
            outer = points.get(at, outer if len(levels) > 1 else "")
            found[at] = f"{found.get(at, '')} {outer}".strip()
    return found


def _labels(series: list[_Series]) -> tuple[list[int], list[str]]:
    count = max((one.count for one in series), default=0)
    places = list(range(count))
    words = [
        next((one.labels[at] for one in series if one.labels.get(at)), str(at + 1)) for at in places
    ]
    return places, [word[:300] for word in words]


def _category_axis(root: Element) -> Element | None:
    return next((axis for axis in root.iter(qn("c:catAx"), qn("c:dateAx"))), None)


def _title(of: Element | None) -> str:
    title = of.find(qn("c:title")) if of is not None else None
    if title is None:
        return ""
    lines = (
        "".join(text.text or "" for text in one.iter(qn("a:t"))) for one in title.iter(qn("a:p"))
    )
    return clean_line(" ".join(lines))


def _decimal(said: str, times: int) -> Decimal | None:
    """Ten digits before the comma and four after it, as a report has room for."""
    try:
        found = round(Decimal(said) * times, 4)
    except InvalidOperation:
        return None
    if not found.is_finite() or found.adjusted() >= 10:
        return None
    whole = found.to_integral_value()
    return Decimal(int(whole)) if found == whole else found.normalize()


def _as_date(said: str, code: str) -> str:
    if not re.fullmatch(r"\d{5}(?:\.\d+)?", said):
        return said
    day = _DAY_ZERO + datetime.timedelta(days=int(float(said)))
    if "d" in code:
        return day.isoformat()
    return f"{day:%Y-%m}" if "m" in code else f"{day.year}"
