"""What differs between two texts is shown in words that a person can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan import rich
from samverkan.difference import Piece, rich_words, words


def shown(pieces: list[Piece]) -> str:
    """[-removed-] {+added+} around what differs."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "read"),
    [
        ("Möten varje månad.", "Möten varje vecka.", "Möten varje [-månad-]{+vecka+}."),
        ("Torget lyses upp.", "Torget lyses upp.", "Torget lyses upp."),
        ("", "", ""),
        ("", "Nytt mål", "{+Nytt mål+}"),
        ("Gammalt mål", "", "[-Gammalt mål-]"),
        # What is added last does not make the word before it another.
        ("Polisen", "Polisen och skolan", "Polisen{+ och skolan+}"),
        ("Polisen, skolan", "Polisen skolan", "Polisen[-,-] skolan"),
        # Words, never letters.
        (
            "Åtgärden pågår hela året",
            "Åtgärderna pågår hela året",
            "[-Åtgärden-]{+Åtgärderna+} pågår hela året",
        ),
        # "och" alone between two changes says nothing.
        (
            "Fler vandringar på torget med polis och skola under hela hösten.",
            "Fler vandringar på torget med vakter och boende under hela hösten.",
            "Fler vandringar på torget med [-polis och skola-]{+vakter och boende+}"
            " under hela hösten.",
        ),
        # A word of some length does.
        (
            "Polisen vandrar på torget varje kväll.",
            "Grannar vandrar på torget ibland.",
            "[-Polisen-]{+Grannar+} vandrar på torget [-varje kväll-]{+ibland+}.",
        ),
        (
            "Alla går genom torget varje kväll.",
            "Några går genom torget ibland.",
            "[-Alla-]{+Några+} går genom torget [-varje kväll-]{+ibland+}.",
        ),
        (
            "Alla möts på torget ibland.",
            "Några ses vid torget varje kväll.",
            "[-Alla möts på-]{+Några ses vid+} torget [-ibland-]{+varje kväll+}.",
        ),
        # Almost nothing in common: the one instead of the other.
        (
            "Samverkansmöten hålls med fastighetsägarna.",
            "Kameror sätts upp vid tunnelbanan i höst.",
            "[-Samverkansmöten hålls med fastighetsägarna.-]"
            "{+Kameror sätts upp vid tunnelbanan i höst.+}",
        ),
        (
            "Ett stycke.\nEtt annat stycke.\n",
            "Ett stycke.\nEtt nytt.\nEtt annat stycke.\n",
            "Ett stycke.\n{+Ett nytt.\n+}Ett annat stycke.\n",
        ),
        ("en  två", "en två", "en[- -] två"),
        ("  en två", "en två", "[-  -]en två"),
    ],
)
def test_the_difference_is_readable(before, after, read):
    assert shown(words(before, after)) == read


def test_a_replaced_paragraph_does_not_hide_that_the_others_stand():
    before = "Torget är otryggt.\nPolisen går fotpatrull.\nSkolan följer upp."
    after = "Torget är otryggt.\nNya lampor sätts upp av kontoret.\nSkolan följer upp."
    assert [piece.kind for piece in words(before, after)] == ["same", "removed", "added", "same"]


def test_rich_text_is_compared_by_its_words_not_its_dress():
    before = "<p>Torget är <strong>otryggt</strong>.</p><ul><li>Rån</li><li>Hot</li></ul>"
    after = "<p>Torget är otryggt.</p><ul><li>Rån</li><li>Stölder &amp; hot</li></ul>"
    assert shown(rich_words(before, after)) == "Torget är otryggt.\nRån\n[-Hot-]{+Stölder & hot+}"


def test_paragraphs_headings_and_list_items_stand_on_lines_of_their_own():
    html = "<h3>Läget</h3><p>Ett<br>två <em>tre</em>\n fyra</p><ul><li>a<ul><li>b</li></ul></li></ul><p></p>"
    assert rich.paragraphs(html) == ["Läget", "Ett", "två tre fyra", "a", "b"]


alike = st.lists(st.sampled_from(["och", "på", "torget", ",", ".", " ", "  ", "\n", "ö"])).map(
    "".join
)
texts = st.text(max_size=80) | alike


@given(before=texts, after=texts)
def test_both_texts_are_whole_in_the_difference(before, after):
    pieces = words(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


@given(before=texts, after=texts)
def test_neighbouring_pieces_are_joined_and_none_is_empty(before, after):
    pieces = words(before, after)
    assert all(piece.text for piece in pieces)
    assert all(a.kind != b.kind for a, b in zip(pieces, pieces[1:], strict=False))
    assert ("added", "removed") not in [
        (a.kind, b.kind) for a, b in zip(pieces, pieces[1:], strict=False)
    ]


@given(text=texts)
def test_nothing_differs_from_itself(text):
    assert words(text, text) == ([Piece("same", text)] if text else [])


def test_a_large_text_of_few_words_is_still_whole():
    """Such a one is compared by what is rare in it: see tests/bench/ for how long it takes."""
    before, after = "a b " * 5000, "b a c " * 3000
    pieces = words(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after


def test_a_footnote_is_compared_where_its_mark_stands_and_a_reference_by_its_words():
    row = "0b0c1f6e-1111-4222-8333-444455556666"
    before = (
        f'<p>Stölder<span class="fotnot">Polisen 2022</span> ökar, se <a href="#{row}"></a>.</p>'
    )
    after = f'<p>Stölder<span class="fotnot">Polisen 2023</span> ökar, se <a href="#{row}">figur</a>.</p>'
    assert shown(rich_words(before, after)) == (
        "Stölder [fotnot: Polisen [-2022-]{+2023+}] ökar, se [-[hänvisning]-]{+figur+}."
    )
