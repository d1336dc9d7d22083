"""How a list is written by hand in a cell or a line: with a mark of some sort before each item.

as_dashes("• Minst tio\n· Högst fem") -> "- Minst tio\n- Högst fem"
"""

import re
from collections.abc import Iterator

# Also what Wingdings and Symbol make bullets of: o, §, Ø and the letters of Office's private use.
_MARKS = "•·∙●○◦■□▪▫◆◇►▶➢✓✔‣⁃–—−*-\uf0b7\uf0a7\uf0d8\uf0fc\uf02d"
_SPACE = "[ \t\u00a0]"
# It begins with the line break, which is found much faster than the beginning of a line.
_MARK = re.compile(
    rf"\n{_SPACE}*(?:"
    rf"(?:[{re.escape(_MARKS)}oØ]|§(?!{_SPACE}*\d)){_SPACE}+(?=\S)"
    r"|[•·●▪■\uf0b7\uf0a7](?=[^\W\d_])"  # with nothing between it and the word
    r"|-(?=[A-ZÅÄÖ]))"
)
_FIRST = frozenset(f"{_MARKS}o§Ø \t\u00a0")


def as_dashes(text: str) -> str:
    """Each item begins with a dash and a space, whatever stood there."""
    if "\n" not in text and text[:1] not in _FIRST:
        return text
    return _MARK.sub("\n- ", f"\n{text}")[1:]


def is_item(line: str) -> bool:
    return _MARK.match(f"\n{line}") is not None


def lines_and_items(text: str) -> Iterator[tuple[str, bool]]:
    """What stands before a list as it is, and each item without its mark, with the lines under it."""
    found: list[tuple[list[str], bool]] = []
    for line in text.split("\n"):
        if is_item(line):
            found.append(([_MARK.sub("", f"\n{line}", count=1)], True))
        elif found:
            found[-1][0].append(line)
        else:
            found.append(([line], False))
    for lines, item in found:
        yield "\n".join(lines).strip(), item


# Also what is numbered.
_ITEM = re.compile(r"^\s*(?:[-–—•·*▪o]|\d+[.)])\s+")


def items(text: str) -> list[str]:
    """A list is one goal to an item; running text is one goal."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not any(_ITEM.match(line) for line in lines):
        return [text] if text else []
    found: list[str] = []
    for line in lines:
        if _ITEM.match(line) or not found:
            found.append(_ITEM.sub("", line).strip())
        else:
            found[-1] = f"{found[-1]} {line.strip()}"
    return found
