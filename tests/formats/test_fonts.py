"""The fonts that are made: the marks are all there, and nothing is made twice."""

from io import BytesIO

from django.conf import settings
from fontTools.ttLib import TTFont

from plans.action_view import STATE_MARKS
from samverkan.documents import fonts, marks


def made(font: TTFont) -> bytes:
    file = BytesIO()
    font.save(file)
    return file.getvalue()


def test_every_state_has_a_mark_in_the_font_of_marks():
    assert set(STATE_MARKS.values()) == set(marks.SHAPES)
    drawn = TTFont(settings.FONT_DIR / "SamverkanMarks.woff2")
    for mark in marks.SHAPES:
        assert drawn["glyf"][drawn.getBestCmap()[ord(mark)]].numberOfContours


def test_the_same_marks_are_the_same_bytes():
    assert made(marks.font()) == made(marks.font())


def test_made_once():
    written = {file: file.stat().st_mtime_ns for file in settings.FONT_DIR.iterdir()}
    assert fonts.build() is False
    assert {file: file.stat().st_mtime_ns for file in settings.FONT_DIR.iterdir()} == written


def test_a_file_that_is_missing_is_noticed():
    file = settings.FONT_DIR / "SamverkanMarks.ttf"
    away = file.rename(file.with_suffix(".away"))
    try:
        assert not fonts.are_built()
    finally:
        away.rename(file)


def test_weights_are_named_as_their_family_expects():
    names = TTFont(settings.FONT_DIR / "SourceSans3-SemiBold.ttf")["name"]
    assert [names.getDebugName(number) for number in (1, 2, 16, 17)] == [
        "Source Sans 3 SemiBold",
        "Regular",
        "Source Sans 3",
        "SemiBold",
    ]


def test_the_screen_has_swedish_letters_arrows_and_tabular_figures():
    for name in fonts.SCREEN:
        font = TTFont(settings.FONT_DIR / name)
        letters = font.getBestCmap()
        assert set("åäöÅÄÖéü–—”“→←●○■✓§…") <= {chr(letter) for letter in letters}
        assert {font["hmtx"][letters[ord(figure)]][0] for figure in "0123456789"} == {
            font["hmtx"][letters[ord("0")]][0]
        }
        assert font["fvar"].axes[0].axisTag == "wght"
