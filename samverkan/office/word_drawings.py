"""What a picture, a chart or SmartArt in a Word file says in words."""

from collections.abc import Iterator

from samverkan.office.word_file import Element, qn

_FRAMES = (qn("wp:inline"), qn("wp:anchor"))


def drawing_words(frame: Element) -> str:
    """What is written about a picture, and what it is called; of what is no picture only the first."""
    said = about(frame)
    if frame.tag in _FRAMES:
        titles, pictures = _titles(frame)
        names = [one.get("name") for one in titles] if pictures else []
    else:
        names = [frame.get("id")] if not said and any(True for _ in _images(frame)) else []
    called = ", ".join(dict.fromkeys(filter(None, names)))
    return f"{said} ({called})" if said and called else said or called


def images_of(frame: Element) -> list[str]:
    """The ids of the images in it; in a frame within it there are others."""
    found = []
    for image in frame.iter(qn("a:blip"), qn("v:imagedata")):
        if next(image.iterancestors(*_FRAMES, qn("v:shape"), qn("v:rect")), frame) is frame:
            found.append(image.get(qn("r:embed")) or image.get(qn("r:id")) or "")
    return [identity for identity in found if identity]


def is_cropped(frame: Element) -> bool:
    """Whether a part of the image is not shown, though it is in the file."""
    return any(
        (side.lstrip("-") or "0") != "0"
        for cut in frame.iter(qn("a:srcRect"))
        for side in cut.attrib.values()
    )


def about(frame: Element) -> str:
    """What is written of a picture for whoever does not see it."""
    return ", ".join(dict.fromkeys(filter(None, _said_of(frame))))


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


def _titles(frame: Element) -> tuple[list[Element], list[Element]]:
    """Where it stands what a picture is called, and what it shows; of those, its pictures'."""
    named = frame.find(qn("wp:docPr"))
    pictures = [
        picture.find(f"{qn('pic:nvPicPr')}/{qn('pic:cNvPr')}")
        for picture in frame.iter(qn("pic:pic"))
        if next(picture.iterancestors(*_FRAMES)) is frame
    ]
    return [one for one in (named, *pictures) if one is not None], pictures


def _said_of(frame: Element) -> list[str | None]:
    if frame.tag in _FRAMES:
        return [one.get(name) for one in _titles(frame)[0] for name in ("descr", "title")]
    return [frame.get("alt"), *(image.get(qn("o:title")) for image in _images(frame))]


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
