"""Words come in clean and whole."""

import pytest

from samverkan.forms import ProseField, RichTextField
from samverkan.swedish import sort_key
from samverkan.text import clean, clean_line, clean_prose, clean_rich


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("rad ett\x0brad två", "rad ett\nrad två"),  # Word's line break
        ("cell\x07cell", "cell cell"),  # Word's cell mark must not join two words
        ("rad\r\nrad\rrad", "rad\nrad\nrad"),
        ("under\x1fvisning", "under\u00advisning"),  # optional hyphen
        ("T\x1e1", "T\u20111"),  # non-breaking hyphen
        ("\ufeffbörjan", "början"),
        ("noll\x00tecken", "noll tecken"),
        ("  tabb\tkvar  ", "tabb\tkvar"),
        ("åäö ÅÄÖ – ”citat” 😀", "åäö ÅÄÖ – ”citat” 😀"),
    ],
)
def test_what_is_pasted_from_word_keeps_every_word(pasted, kept):
    assert clean(pasted) == kept


def test_a_long_text_is_kept_whole():
    assert clean("å" * 20_000) == "å" * 20_000


def test_a_heading_stands_on_one_line():
    assert clean_line(" Otrygga\x0bplatser \n i  city ") == "Otrygga platser i city"


def test_rich_text_loses_its_dress_and_keeps_its_words():
    pasted = (
        '<p class="MsoNormal" style="color:red">Ett <b onclick="x()">fåtal</b> platser</p>'
        "<script>alert(1)</script><img src=x onerror=y><ul><li>Klara</li></ul>"
    )
    assert clean_rich(pasted) == "<p>Ett fåtal platser</p><ul><li>Klara</li></ul>"


def test_a_link_in_rich_text_cannot_run_script():
    assert clean_rich('<a href="javascript:alert(1)">länk</a>') == "<a>länk</a>"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("en&#x1;platser", "en platser"),
        ("<p>en&#13;plats</p>", "<p>en\nplats</p>"),
        ("en&#xFEFF;plats", "enplats"),
        ("en&#xFFFF;plats", "en plats"),
    ],
)
def test_a_control_character_does_not_hide_as_an_entity(pasted, kept):
    assert clean_rich(pasted) == kept
    assert clean_rich(kept) == kept


def test_swedish_order_has_å_ä_ö_last():
    names = ["Östermalm", "Zinkensdamm", "Ängby", "Årsta", "akalla", "Älvsjö", "Élan", "Bromma"]
    assert sorted(names, key=sort_key) == [
        "akalla",
        "Bromma",
        "Élan",
        "Zinkensdamm",
        "Årsta",
        "Älvsjö",
        "Ängby",
        "Östermalm",
    ]


@pytest.mark.parametrize("name", ["meta", "META"])
def test_rich_text_with_half_a_character_encoding_is_no_trouble(name):
    pasted = f'<{name} http-equiv="content-type" content="text/html; charset"><p>Torget</p>'
    assert clean_rich(pasted) == "<p>Torget</p>"


FIGURE = "0b0c1f6e-1111-4222-8333-444455556666"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        (
            '<p>Ökar<span class="fotnot x" style="color:red">Se <b>Brå</b></span> igen</p>',
            '<p>Ökar<span class="fotnot">Se Brå</span> igen</p>',
        ),
        (
            '<p>a<span class="fotnot">b<span class="fotnot">c</span></span></p>',
            '<p>a<span class="fotnot">bc</span></p>',
        ),
        ('<p>a<span class="fotnot"> &nbsp;<em></em></span>b<span>c</span></p>', "<p>abc</p>"),
        (
            '<p>a</p><span class="fotnot"><ul><li>b</li><li>c</li></ul></span>',
            '<p>a</p><span class="fotnot">b  c</span>',
        ),
        (
            '<p><a href="https://bra.se">Brå<span class="fotnot">2023</span></a>.</p>',
            '<p><a href="https://bra.se">Brå</a><span class="fotnot">2023</span>.</p>',
        ),
    ],
)
def test_a_footnote_is_words_on_one_line_where_its_mark_stands(pasted, kept):
    cleaned = clean_prose(pasted)
    assert cleaned == kept
    assert clean_prose(cleaned) == cleaned


@pytest.mark.parametrize("words", ["figur", "Figur", ""])
def test_a_reference_leads_to_a_row_by_its_uuid(words):
    html = f'<p>se <a href="#{FIGURE}">{words}</a>.</p>'
    assert clean_prose(html) == html


@pytest.mark.parametrize(
    "address",
    [
        "#_Toc1",
        "#",
        f"#{FIGURE.upper()}",
        f"#{FIGURE}x",
        f"/sida#{FIGURE}",
        "//x.se",
        "javascript:x",
    ],
)
def test_a_link_to_nowhere_else_keeps_only_its_words(address):
    assert clean_prose(f'<p><a href="{address}">figur</a></p>') == "<p>figur</p>"


def test_a_text_with_an_empty_footnote_and_nothing_more_is_nothing():
    assert ProseField(required=False).clean('<p><span class="fotnot"> </span></p>') == ""
    assert ProseField(required=False).clean(f'<p><a href="#{FIGURE}"></a></p>')


def test_only_prose_has_footnotes_but_no_words_are_lost():
    html = '<p>Ökar<span class="fotnot">Brå</span></p>'
    assert ProseField().clean(html) == html
    assert RichTextField().clean(html) == "<p>Ökar [fotnot: Brå]</p>"
