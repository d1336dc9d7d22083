"""Whatever a file looks like, each of its words is in the report or among what else stood in it."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagesbild.document import blocks_of, sections_of
from lagesbild.reading.outcome import ReportReading
from lagesbild.vocabulary import ReportKind
from samverkan.office.word import text_of
from samverkan.office.word_file import WordFile
from samverkan.office.word_pieces import Line
from samverkan.reading.outcome import Sureness
from samverkan.text import clean_prose
from tests.formats import corpus_word
from tests.formats.words_of import words_in, words_of
from tests.lagesbild.reading import corpus
from tests.lagesbild.reading.corpus import CORPUS
from tests.lagesbild.reading.paper import Paper, bars, box, run
from tests.lagesbild.reading.readings import from_corpus, kept, read

# What is no word of the report any longer, and why.
NOT_KEPT = {
    # Lines of the contents that stand in the text too; a common beginning of two captions; thousands.
    "as_the_form": "källor 3 beskrivning av tryggheten 4 besök på ungdomsgården 1 204",
    # The numbers before the areas.
    "status_report": "1 2 3 4",
    "status_without_tables": "1 2",
    # One figure of two, whose number is said once; shares as percent; the labels of each series.
    "figures_of_many_kinds": "figur 1a 1b 0 25 0 5 0 75 0 5 2022 2023 x y",
}


def lost(content: bytes, reading: ReportReading) -> Counter[str]:
    return sum(words_of(content).values(), Counter()) - kept(reading)


@pytest.mark.parametrize("name", CORPUS)
def test_every_word_of_the_file_is_somewhere(name: str) -> None:
    missing = lost(CORPUS[name](), from_corpus(name))
    assert missing - Counter(words_in(NOT_KEPT.get(name, ""))) == Counter()


# Word's own table of contents, and the numbers of pages.
NOT_OF_PLANS = {
    "front_matter_and_contents": "innehåll bakgrund 2 kommunikation 2 organisation för arbetet 3 "
    "kameraövervakning 4 5",
    "beside_the_text": "sida 2 av 9",
}


@pytest.mark.parametrize("name", corpus_word.CORPUS)
def test_no_word_is_lost_of_a_file_that_is_no_lagesbild_either(name: str) -> None:
    content = corpus_word.CORPUS[name]()
    missing = lost(content, read(content))
    assert missing == Counter(words_in(NOT_OF_PLANS.get(name, "")))


@pytest.mark.parametrize("name", CORPUS)
def test_what_is_called_the_forms_own_is_nothing_that_somebody_wrote(name: str) -> None:
    """So that nothing passes for kept by being called a form."""
    own = (
        "stadsövergripande lokalt prioriterade områden område kommentar kommentarer instruktioner ej "
        "förändrat oförändrat beskrivning av området resultat arbetet arbete prioriteringar och åtgärder "
        "pågår finns behov särskilda inom inkluderas i åtgärdsplan sker linjeverksamhet beskrivs under "
        "rubriken nedan samverkar för att säkerställa skola socialtjänst polis stadsdelsförvaltning x 2023 2024"
    )
    reading = from_corpus(name)
    form = {
        word
        for piece in reading.pieces
        if piece.sureness == Sureness.FORM
        for word in words_in(piece.text)
    }
    assert form <= set(words_in(own))


@pytest.mark.parametrize("name", CORPUS)
def test_the_same_file_is_the_same_report_each_time(name: str) -> None:
    content = CORPUS[name]()
    assert read(content).document == read(content).document


@pytest.mark.parametrize("name", CORPUS)
def test_every_paragraph_and_table_is_told_where_it_went(name: str) -> None:
    told = set(words_in("\n".join(piece.text for piece in from_corpus(name).pieces)))
    for block in text_of(WordFile.opened(CORPUS[name]())).blocks:
        lines = (
            [block.text]
            if isinstance(block, Line)
            else [box.text for row in block.rows for box in row]
        )
        assert set(words_in("\n".join(lines))) <= told


@pytest.mark.parametrize("name", CORPUS)
def test_the_text_is_as_an_editor_would_have_written_it(name: str) -> None:
    document = from_corpus(name).document
    for one, _ in sections_of(document):
        assert clean_prose(one.description) == one.description
    for block in blocks_of(document):
        assert clean_prose(block.text) == block.text


# Any file ------------------------------------------------------------------------------------------

LABELS = (
    "Beskrivning av området:",
    "Kommentar",
    "Resultat av arbetet",
    "Prioriteringar och åtgärder 2024",
    "Skola och polis samverkar för att:",
    "Källor",
    "Prioriterade samverkansområden",
    "Instruktioner",
    corpus.UNGA,
    corpus.PLATSER,
)
KINDS = (
    *("heading", "bold", "text", "item", "deep_item", "typed", "caption", "picture", "chart"),
    *("numbers", "table", "areas", "ticked", "footnote", "text_box", "hidden", "struck", "label"),
    *("label_heading", "pointing", "nested", "broken", "source", "form"),
)
PIECES = st.tuples(st.sampled_from(KINDS), st.integers(1, 5), st.sampled_from(LABELS))


def put(paper: Paper, kind: str, level: int, label: str, word: str) -> None:
    """Something of that kind on the paper, with the word in it."""
    if kind == "heading":
        paper.heading(f"Rubrik {word}", level)
    elif kind == "bold":
        paper.bold(f"Fet {word}")
    elif kind == "text":
        paper.text(f"Det hände {word} igår kväll.")
    elif kind == "item":
        paper.items(f"punkt {word}")
    elif kind == "deep_item":
        paper.items(f"djup {word}", style="List Bullet 3")
    elif kind == "typed":
        paper.text(f"✓ först {word}\n✓ sedan {word}x")
    elif kind == "caption":
        paper.text(
            f"Figur {level}{'ab'[level % 2] if level > 3 else ''}. Hur {word} ser ut. Källa: {word}k"
        )
    elif kind == "picture":
        paper.picture(about=f"Bild av {word}")
    elif kind == "chart":
        paper.chart(bars({f"Serie {word}": [1, 2]}, [f"{word}m", "2"], title=f"Titel {word}t"))
    elif kind == "numbers":
        paper.table(("", "2022", "2023"), (f"Rad {word}", "1", "2"))
    elif kind == "table":
        paper.table((f"Huvud {word}", "b"), ("c", f"cell {word}c"))
    elif kind == "areas":
        paper.table(
            ("Prioriterade områden", "Kommentar"),
            (label, f"Så blev det {word}"),
            (f"Eget {word}e", "Ej förändrat"),
        )
    elif kind == "form":
        paper.table(
            ("Kommentar", f"Vi såg {word}"),
            ("Resultat av arbetet", f"Det blev {word}r"),
            ("☒", corpus.LINE),
        )
    elif kind == "ticked":
        paper.xml(box(is_ticked=level > 2), run(f" {corpus.SPECIAL if level % 2 else corpus.LINE}"))
        paper.text(f"Mer om {word}")
    elif kind == "footnote":
        paper.xml(run(f"Not efter {word}"), paper.footnote(f"Noten {word}n"), run(" här."))
    elif kind == "text_box":
        inner = f"<w:p>{run(f'Ruta {word}')}</w:p>"
        paper.xml(
            "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
            f"{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    elif kind == "hidden":
        paper.xml(run("Synligt"), run(f" {word}", "<w:vanish/>"))
    elif kind == "struck":
        paper.xml(
            run("Kvar "),
            f'<w:del w:id="2" w:author="A"><w:r><w:delText>{word}</w:delText></w:r></w:del>',
        )
    elif kind == "label":
        paper.text(label)
        paper.text(f"Under etiketten {word}")
    elif kind == "label_heading":
        paper.heading(label, level)
        paper.text(f"Under rubriken {word}")
    elif kind == "pointing":
        paper.text(f"Se figur {level} och {level + 1} om {word}, (figur {level}a).")
    elif kind == "nested":
        outer = paper.table(("ute", f"yttre {word}"), ("", ""))
        outer.cell(1, 1).add_table(1, 1).cell(0, 0).text = f"inre {word}i"
    elif kind == "broken":
        paper.text(f"Kommentar: {word}\nandra raden {word}b\n{corpus.LINE}\nfjärde {word}d")
    else:
        paper.text(f"Källa: {word}")


@given(st.lists(PIECES, min_size=1, max_size=14), st.sampled_from(ReportKind))
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_each_word_that_is_put_in_a_file_comes_out(
    pieces: list[tuple[str, int, str]], kind: ReportKind
) -> None:
    paper = Paper()
    paper.text("Ängsholmen")
    for number, (what, level, label) in enumerate(pieces):
        put(paper, what, level, label, f"ord{number}")
    content = paper.written()
    put_in = {word for word in sum(words_of(content).values(), Counter()) if word.startswith("ord")}
    assert put_in - set(kept(read(content, kind))) == set()
