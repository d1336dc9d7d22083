"""Charts that Word draws itself: sharp on screen and paper, and their numbers can be copied.

As in the charts of page and paper bars begin at 0, each says its number, the series are told apart
in grey, and where nothing was measured there is a gap.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from html import escape

from samverkan.documents.charts import INK, PALE, PAPER, TINT, Group
from samverkan.documents.wordml import writable

_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_INK, _TINT, _PALE, _PAPER = (
    colour.removeprefix("#").upper() for colour in (INK, TINT, PALE, PAPER)
)
_FILLS = (
    f'<a:solidFill><a:srgbClr val="{_INK}"/></a:solidFill>',
    f'<a:solidFill><a:srgbClr val="{_TINT}"/></a:solidFill>',
    f'<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="{_INK}"/></a:fgClr>'
    f'<a:bgClr><a:srgbClr val="{_PAPER}"/></a:bgClr></a:pattFill>',
)
_TEXT = (
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900" b="0">'
    '<a:solidFill><a:srgbClr val="1B1F23"/></a:solidFill><a:latin typeface="Arial"/>'
    '</a:defRPr></a:pPr><a:endParaRPr lang="sv-SE"/></a:p></c:txPr>'
)


def height(series: Sequence[str], groups: Sequence[Group]) -> float:
    """In millimetres: as much as the bars need."""
    return 10 + 8 * (len(series) > 1) + len(groups) * (5 + 4.5 * len(series))


def bars(series: Sequence[str], groups: Sequence[Group]) -> bytes:
    """The part of the file that the chart is."""
    drawn = "".join(_series(place, name, groups) for place, name in enumerate(series))
    legend = (
        f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{_TEXT}</c:legend>'
        if len(series) > 1
        else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace {_NAMESPACES}><c:roundedCorners val="0"/><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{drawn}'
        '<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="1B1F23"/></a:solidFill></a:ln></c:spPr>{_TEXT}'
        '<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        '<c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="0" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx></c:plotArea>'
        f'{legend}<c:plotVisOnly val="1"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>"
    ).encode()


def _series(place: int, name: str, groups: Sequence[Group]) -> str:
    labels = "".join(
        f'<c:pt idx="{at}"><c:v>{_words(group.label)}</c:v></c:pt>'
        for at, group in enumerate(groups)
    )
    values = "".join(
        f'<c:pt idx="{at}"><c:v>{group.values[place]}</c:v></c:pt>'
        for at, group in enumerate(groups)
    )
    count = f'<c:ptCount val="{len(groups)}"/>'
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:v>{_words(name)}</c:v></c:tx>'
        f'<c:spPr>{_FILLS[place % len(_FILLS)]}<a:ln w="6350"><a:solidFill><a:srgbClr val="{_INK}"/>'
        '</a:solidFill></a:ln></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls><c:spPr><a:noFill/></c:spPr>{_TEXT}<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/>'
        '<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strLit>{count}{labels}</c:strLit></c:cat>"
        f"<c:val><c:numLit><c:formatCode>0</c:formatCode>{count}{values}</c:numLit></c:val></c:ser>"
    )


# Columns and lines over labels, years most often ----------------------------------------------------


class Kind(StrEnum):
    LINES = "lines"
    COLUMNS = "columns"
    STACKED = "stacked"


MOST_TOLD = 24  # numbers that there is room to say; with more there is a scale instead
_DASHES, _SHAPES = (
    ("solid", "sysDash", "dash", "sysDot"),
    ("circle", "square", "triangle", "diamond"),
)


def of_table(
    kind: Kind, labels: Sequence[str], series: Sequence[tuple[str, Sequence[Decimal | None]]]
) -> bytes:
    """Each series has a value, or none, for each label."""
    told = sum(value is not None for _, values in series for value in values) <= MOST_TOLD
    drawn = "".join(
        _tabled(kind, place, name, labels, values, told)
        for place, (name, values) in enumerate(series)
    )
    legend = (
        f'<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{_TEXT}</c:legend>'
        if len(series) > 1
        else ""
    )
    axes = '<c:axId val="1"/><c:axId val="2"/>'
    if kind == Kind.LINES:
        plot = (
            '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
            f'{drawn}<c:marker val="1"/>{axes}</c:lineChart>'
        )
    else:
        grouping, overlap = ("stacked", 100) if kind == Kind.STACKED else ("clustered", 0)
        plot = (
            f'<c:barChart><c:barDir val="col"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>'
            f'{drawn}<c:gapWidth val="60"/><c:overlap val="{overlap}"/>{axes}</c:barChart>'
        )
    from_nought = '<c:min val="0"/>' if _is_above_nought(series) else ""
    lines = f"<c:majorGridlines><c:spPr>{_line(_PALE)}</c:spPr></c:majorGridlines>"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace {_NAMESPACES}><c:roundedCorners val="0"/><c:chart>'
        f'<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}'
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{_line('1B1F23')}</c:spPr>{_TEXT}"
        '<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>{from_nought}</c:scaling>'
        f'<c:delete val="{int(told)}"/><c:axPos val="l"/>{"" if told else lines}'
        '<c:numFmt formatCode="#,##0.##" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_TEXT}"
        '<c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx></c:plotArea>'
        f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>"
    ).encode()


def _tabled(
    kind: Kind,
    place: int,
    name: str,
    labels: Sequence[str],
    values: Sequence[Decimal | None],
    told: bool,
) -> str:
    count = f'<c:ptCount val="{len(labels)}"/>'
    under = "".join(
        f'<c:pt idx="{at}"><c:v>{_words(label)}</c:v></c:pt>' for at, label in enumerate(labels)
    )
    points = "".join(
        f'<c:pt idx="{at}"><c:v>{value:f}</c:v></c:pt>'
        for at, value in enumerate(values)
        if value is not None
    )
    head = f'<c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:v>{_words(name)}</c:v></c:tx>'
    colour = (_INK, _TINT)[place % 2]
    if kind == Kind.LINES:
        dash, shape = _DASHES[place % len(_DASHES)], _SHAPES[place % len(_SHAPES)]
        look = (
            f"<c:spPr>{_line(colour, 22225, dash)}</c:spPr>"
            f'<c:marker><c:symbol val="{shape}"/><c:size val="7"/><c:spPr>'
            f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{_line(_INK)}</c:spPr></c:marker>'
        )
        beside, tail = "t", '<c:smooth val="0"/>'
    else:
        fill = _FILLS[place % len(_FILLS)]
        look = f'<c:spPr>{fill}{_line(_INK)}</c:spPr><c:invertIfNegative val="0"/>'
        beside, tail = ("" if kind == Kind.STACKED else "outEnd"), ""
    where = f'<c:dLblPos val="{beside}"/>' if beside else ""
    behind = (
        f'<a:solidFill><a:srgbClr val="{_PAPER}"/></a:solidFill>' if not beside else "<a:noFill/>"
    )
    said = (
        f'<c:dLbls><c:numFmt formatCode="#,##0.##" sourceLinked="0"/><c:spPr>{behind}</c:spPr>'
        f'{_TEXT}{where}<c:showLegendKey val="0"/><c:showVal val="{int(told)}"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/></c:dLbls>'
    )
    return (
        f"<c:ser>{head}{look}{said}<c:cat><c:strLit>{count}{under}</c:strLit></c:cat>"
        "<c:val><c:numLit><c:formatCode>#,##0.##</c:formatCode>"
        f"{count}{points}</c:numLit></c:val>{tail}</c:ser>"
    )


def _is_above_nought(series: Sequence[tuple[str, Sequence[Decimal | None]]]) -> bool:
    return all(value is None or value >= 0 for _, values in series for value in values)


def _line(colour: str, width: int = 6350, dash: str = "solid") -> str:
    return (
        f'<a:ln w="{width}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:prstDash val="{dash}"/></a:ln>'
    )


def _words(text: str) -> str:
    return escape(writable(" ".join(text.split())))
