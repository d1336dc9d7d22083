"""What is pasted comes in as words and structure, whatever program it was copied in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan import rich
from samverkan.pasted_html import MOST_DEPTH, from_clipboard
from tests.pasted import CASES, FIGURE, item, word, word_mark, word_notes


def cleaned(html: str) -> str:
    return from_clipboard(html).replace("&nbsp;", "\xa0")


@pytest.mark.parametrize("case", CASES)
def test_only_the_words_and_their_structure_come_with(case):
    html, expected = CASES[case]
    assert cleaned(html) == expected


@pytest.mark.parametrize("case", CASES)
def test_what_is_clean_stays_as_it_is(case):
    once = from_clipboard(CASES[case][0])
    assert from_clipboard(once) == once


@pytest.mark.parametrize("case", CASES)
def test_nothing_that_runs_or_tells_comes_with(case):
    out = from_clipboard(CASES[case][0])
    assert not re.search(r"script:|data:|<img|<style|on\w+=|mso|Mso|style=|file:|#_|<!--", out)


# --- No word is lost, none is joined to another, whatever they stood in ---

WORDS = ["torg", "rån", "åtgärd", "274", "1,5", "–", "”hem”", "&", "<", "park"]
words = st.lists(st.sampled_from(WORDS), min_size=1)
said = words.map(lambda parts: " ".join(parts).replace("&", "&amp;").replace("<", "&lt;"))


def wrapped(inner: st.SearchStrategy) -> st.SearchStrategy:
    within = st.sampled_from(
        [
            "<b>{}</b>",
            "<i>{}</i>",
            "<span style='font-weight:700'>{}</span>",
            "<span style='font-style:italic;color:red'>{}</span>",
            "<font face=Arial>{}<o:p></o:p></font>",
            "<a href='https://bra.se'>{}</a>",
            "<a href='javascript:x'>{}</a>",
            "<div>{}</div>",
            "<p class=MsoNormal>{}</p>",
            "<h1>{}</h1>",
            "<h5>{}</h5>",
            "<ul><li>{}</li></ul>",
            "<ol><li>{}</li></ol>",
            "<blockquote>{}</blockquote>",
            "<table><tr><td>{}</td><td></td></tr></table>",
            "<pre>{}</pre>",
            "<!--[if mso]>x<![endif]-->{}<script>x()</script>",
            "<section><article>{}</article></section>",
        ]
    )
    together = st.lists(inner, min_size=1, max_size=3).map(
        lambda parts: "".join(f"<div>{part}</div>" for part in parts)
    )
    in_cells = st.lists(inner, min_size=1, max_size=3).map(
        lambda cells: f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"
    )
    in_word_list = inner.map(lambda one: item(one) if "<" not in one else one)
    return (
        st.builds(lambda tag, one: tag.format(one), within, inner)
        | together
        | in_cells
        | in_word_list
    )


pieces = st.recursive(said, wrapped, max_leaves=12)


def read(html: str) -> list[str]:
    """The words in the order in which they stand, without what says how: marks and cells' borders."""
    return " ".join(rich.paragraphs(html)).replace(" | ", " ").split()


def seen(html: str) -> list[str]:
    html = re.sub(r"(?s)<!--.*?-->|<script>.*?</script>|<!\[.*?\]>", "", html)
    html = re.sub(r"(?s)<span style='font-family:Symbol'>.*?</span></span></span>", "", html)
    text = re.sub(r"<[^>]*>", " ", html)
    return text.replace("&lt;", "<").replace("&amp;", "&").replace("&nbsp;", " ").split()


@given(pieces)
def test_no_word_is_lost_or_joined_to_the_next(html):
    assert read(from_clipboard(html)) == seen(html)


@given(pieces)
def test_a_second_time_changes_nothing(html):
    once = from_clipboard(html)
    assert from_clipboard(once) == once


@given(st.lists(st.tuples(said, said), min_size=1, max_size=4))
def test_every_footnote_of_words_comes_to_its_mark(pairs):
    text = "".join(
        f"<p class=MsoNormal>{words}{word_mark(number)}</p>"
        for number, (words, _) in enumerate(pairs, 1)
    )
    out = from_clipboard(word(text + word_notes(*(note for _, note in pairs))))
    assert rich.paragraphs(out) == [
        f"{' '.join(seen(words))} [fotnot: {' '.join(seen(note))}]" for words, note in pairs
    ]


# --- Where there is no room for it ---


def test_where_there_are_no_footnotes_their_words_stand_in_the_text():
    html = f'<p>Ökar<span class="fotnot">Polisen</span>, se <a href="#{FIGURE}">figur</a>.</p>'
    assert from_clipboard(html, is_prose=False) == "<p>Ökar [fotnot: Polisen], se figur.</p>"


def test_the_words_of_a_footnote_without_its_mark_are_kept():
    html = word_notes("Källa: Polisen")
    assert "Källa: Polisen" in rich.plain(from_clipboard(html))


@pytest.mark.parametrize("tag", ["div", "span", "b", "blockquote", "ul><li", "table><tr><td"])
def test_what_is_made_to_be_endless_still_gives_its_words(tag):
    first = tag.partition(">")[0]
    html = f"<p>Först</p>{f'<{tag}>' * (MOST_DEPTH * 20)}djupt{f'</{first}>' * (MOST_DEPTH * 20)}"
    assert rich.plain(from_clipboard(html)).split() == ["Först", "djupt"]
