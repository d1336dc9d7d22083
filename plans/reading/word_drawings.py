"""What a picture, a chart or SmartArt in a Word file says in words."""

from collections.abc import Iterator

from plans.reading.word_file import Element, qn

_FRAMES = (qn("wp:inline"), qn("wp:anchor"))


def drawing_words(frame: Element) -> str:
    """What is written about a picture, and what it is called; of what is no picture only the first."""
    if frame.tag in _FRAMES:
        named = frame.find(qn("wp:docPr"))
        pictures = [
            picture.find(f"{qn('pic:nvPicPr')}/{qn('pic:cNvPr')}")
            for picture in frame.iter(qn("pic:pic"))
            if next(picture.iterancestors(*_FRAMES)) is frame
        ]
        titles = [one for one in (named, *pictures) if one is not None]
        about = [one.get(name) for one in titles for name in ("descr", "title")]
        names = [one.get("name") for one in titles] if pictures else []
    else:
        about = [frame.get("alt"), *(image.get(qn("o:title")) for image in _images(frame))]
        names = [frame.get("id")] if not any(about) and any(True for _ in _images(frame)) else []
    said, called = (", ".join(dict.fromkeys(filter(None, words))) for words in (about, names))
    return f"{said} ({called})" if said and called else said or called


def chart_words(part: Element) -> str:
    """The title of a chart and the figures of each series, or the texts of SmartArt, as lines."""
    lines = [" ".join(_texts(paragraph)) for paragraph in part.iter(qn("a:p"))]
    for series in part.iter(qn("c:ser")):
        name = " ".join(_values(series, "c:tx"))
        values = _values(series, "c:val")
        categories = _values(series, "c:cat")
        if len(categories) == len(values):
            values = [f"{one} {value}" for one, value in zip(categories, values, strict=True)]
        else:
            values = [*categories, *values]
        lines.append(f"{name}: {', '.join(values)}" if name else ", ".join(values))
    lines += [point.text or "" for point in part.iter(qn("cx:pt"))]
    return "\n".join(dict.fromkeys(filter(None, lines)))


def _images(shape: Element) -> Iterator[Element]:
    yield from shape.iterchildren(qn("v:imagedata"))


def _texts(paragraph: Element) -> list[str]:
    return [text.text or "" for text in paragraph.iter(qn("a:t"))]


def _values(series: Element, name: str) -> list[str]:
    of_series = series.find(qn(name))
    return (
        []
        if of_series is None
        else [value.text or "" for value in of_series.iter(qn("c:v")) if value.text]
    )
