"""Makes the fonts that page and paper are set in, from the font package, into settings.FONT_DIR.

For the screen: the variable fonts as woff2, with the letters that Swedish text needs. For paper:
TTF files of one weight each, which WeasyPrint reads fastest. And the marks, for both.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import fontpkg_source_sans_3 as source
from django.conf import settings
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from samverkan.documents import marks

FAMILY = source.FAMILY
ROMAN = source.ROOT / "files" / "SourceSans3[wght].ttf"
ITALIC = source.ROOT / "files" / "SourceSans3-Italic[wght].ttf"

# Latin with its extensions, accents, punctuation, currency, arrows, mathematics, shapes, dingbats.
SCREEN_LETTERS = [
    *range(0x20, 0x250),
    *range(0x2B0, 0x370),
    *range(0x1E00, 0x1F00),
    *range(0x2000, 0x2800),
]
# Figures are tabular as the font comes; `pnum` makes them proportional.
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "pnum", "case", "frac", "sups", "ordn"]

SCREEN = {"SourceSans3.woff2": ROMAN, "SourceSans3-Italic.woff2": ITALIC}
PAPER = {
    "SourceSans3-Regular.ttf": (ROMAN, 400, "Regular"),
    "SourceSans3-SemiBold.ttf": (ROMAN, 600, "SemiBold"),
    "SourceSans3-Italic.ttf": (ITALIC, 400, "Italic"),
}
MARKS = ("SamverkanMarks.ttf", "SamverkanMarks.woff2")
STAMP = ".stamp"  # hidden, so that it is not served


def are_built() -> bool:
    stamp, *files = (settings.FONT_DIR / name for name in (STAMP, *SCREEN, *PAPER, *MARKS))
    return all(file.exists() for file in (stamp, *files)) and stamp.read_text() == _recipe()


def build() -> bool:
    """Makes them, if they are not made already. Says whether there was anything to do."""
    if are_built():
        return False
    settings.FONT_DIR.mkdir(parents=True, exist_ok=True)
    for name, variable in SCREEN.items():
        _save(_cut(_open(variable), SCREEN_LETTERS), name)
    for name, (variable, weight, style) in PAPER.items():
        font = _open(variable)
        font = instantiateVariableFont(_cut(font, font.getBestCmap()), {"wght": weight})
        _name(font, style, weight)
        _save(font, name)
    for name in MARKS:
        _save(marks.font(), name)
    _write(_recipe().encode(), STAMP)
    return True


def _recipe() -> str:
    """What the fonts are made of and how: the same recipe makes the same bytes."""
    packages = [f"{name} {version(name)}" for name in ("fontpkg-source-sans-3", "fonttools")]
    code = b"".join(Path(file).read_bytes() for file in (__file__, marks.__file__))
    return "\n".join([*packages, hashlib.sha256(code).hexdigest()])


def _open(path: Path) -> TTFont:
    return TTFont(path, recalcTimestamp=False)


def _cut(font: TTFont, letters: Iterable[int]) -> TTFont:
    subsetter = Subsetter(Options(layout_features=FEATURES, hinting=False, name_IDs=["*"]))
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    return font


def _name(font: TTFont, style: str, weight: int) -> None:
    """Names one weight of the family the way that font matching expects."""
    basic = style in ("Regular", "Italic")
    names = {
        1: FAMILY if basic else f"{FAMILY} {style}",
        2: style if basic else "Regular",
        3: f"{FAMILY} {style}",
        4: f"{FAMILY} {style}",
        6: f"{FAMILY.replace(' ', '')}-{style}",
        16: FAMILY,
        17: style,
    }
    table = font["name"]
    table.names = [record for record in table.names if record.nameID not in {*names, 21, 22, 25}]
    for identity, text in names.items():
        table.setName(text, identity, 3, 1, 0x409)
    italic = style == "Italic"
    use_typo_metrics = font["OS/2"].fsSelection & 0x80
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = use_typo_metrics | (0x01 if italic else 0x40)
    font["head"].macStyle = 0x02 if italic else 0


def _save(font: TTFont, name: str) -> None:
    font.flavor = "woff2" if name.endswith(".woff2") else None
    with tempfile.TemporaryFile() as file:
        font.save(file, reorderTables=None)
        file.seek(0)
        _write(file.read(), name)


def _write(content: bytes, name: str) -> None:
    """Whole or not at all, whoever else builds at the same time."""
    with tempfile.NamedTemporaryFile(dir=settings.FONT_DIR, delete=False) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    os.replace(file.name, settings.FONT_DIR / name)
