"""A bar chart that Word draws itself: sharp on screen and paper, and its numbers can be copied.

The same bars as in `charts.py`: from 0, each with its number, told apart in grey.
"""

from collections.abc import Sequence
from html import escape

from samverkan.documents.charts import INK, PAPER, TINT, Group
from samverkan.documents.wordml import writable

_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_INK, _TINT, _PAPER = (colour.removeprefix("#").upper() for colour in (INK, TINT, PAPER))
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


def _words(text: str) -> str:
    return escape(writable(" ".join(text.split())))
