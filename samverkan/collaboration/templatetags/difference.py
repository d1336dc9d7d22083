"""What differs between two texts, marked for the eye and for the ear: never by colour alone."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from samverkan import rich
from samverkan.difference import Piece

register = template.Library()

_MARKED = {
    "removed": '<del><span class="visually-hidden">borttaget: </span>{}'
    '<span class="visually-hidden">, slut på borttaget</span></del>',
    "added": '<ins><span class="visually-hidden">tillagt: </span>{}'
    '<span class="visually-hidden">, slut på tillagt</span></ins>',
}
_SIDES = {"before": {"same", "removed"}, "after": {"same", "added"}, "": set(_MARKED) | {"same"}}

# So much of what is the same stands around a change, where only the changes are told.
_AROUND = 80


@register.simple_tag
def changes(pieces: Iterable[Piece], side: str = "") -> SafeString:
    """The text before, the text after, or (no side) both in one."""
    shown = [piece for piece in pieces if piece.kind in _SIDES[side]]
    return _joined((piece.kind, piece.text) for piece in shown)


@register.simple_tag
def changes_only(pieces: Iterable[Piece]) -> SafeString:
    """Both in one, with no more of what is the same than a reader needs to know the place by."""
    pieces = list(pieces)
    last = len(pieces) - 1
    return _joined(
        (piece.kind, _shortened(piece.text, place > 0, place < last))
        if piece.kind == "same"
        else (piece.kind, piece.text)
        for place, piece in enumerate(pieces)
    )


def _joined(pieces: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join(
        "", "{}", ((format_html(_MARKED.get(kind, "{}"), text),) for kind, text in pieces)
    )


def _shortened(text: str, follows: bool, leads: bool) -> str:
    """What stands just after the change before it, and just before the change after it."""
    if len(text) <= _AROUND * (follows + leads) + 3:
        return text
    start = text[:_AROUND].rsplit(maxsplit=1)[0] + " " if follows else ""
    end = " " + text[-_AROUND:].split(maxsplit=1)[-1] if leads else ""
    return f"{start}…{end}"


@register.filter
def plain(html: str) -> str:
    """The words of a rich text, a line for each paragraph."""
    return rich.plain(html)
