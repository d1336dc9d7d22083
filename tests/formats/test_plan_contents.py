"""What the plan's PDF says beside the plan itself: its edition, who approved it, who does what."""

from dataclasses import replace as replaced
from datetime import date

import pytest
from msgspec.structs import replace

from plans.document import ActionDoc, PartyDoc
from plans.vocabulary import Layout
from plans.writing.pdf import write_pdf
from samverkan.documents.standing import INTERNAL, PUBLIC, Approval
from samverkan.organisation.vocabulary import PartyKind
from samverkan.swedish import genitive
from tests.formats import samples
from tests.formats.pages import pages_of
from tests.formats.test_pdf import DECIDED, DRAFT, letters

WHOLE = "cd" * 32
APPROVED = replaced(
    DECIDED,
    content_hash=WHOLE,
    approvals=(
        Approval("Stadsdelsförvaltningen", "Vera Berg", "Chef", date(2025, 1, 13), WHOLE),
        Approval("Polisen", "Olle Sten", "Chef", date(2025, 1, 14), "ab" * 32),
    ),
)


def texts(document, standing=DRAFT) -> list[str]:
    return [page.text for page in pages_of(write_pdf(document, standing))]


def test_each_page_says_which_edition_it_is_of():
    for text in texts(samples.full(), replaced(DRAFT, edition=PUBLIC)):
        assert "Publik utgåva" in text


@pytest.mark.parametrize(
    ("edition", "sentence"),
    [
        (PUBLIC, "Det som är markerat som internt är utelämnat."),
        (INTERNAL, "Det som är markerat som internt finns med."),
    ],
)
def test_the_last_page_says_what_the_edition_leaves_out(edition, sentence):
    assert letters(sentence) in letters(
        texts(samples.full(), replaced(DECIDED, edition=edition))[-1]
    )


def test_without_an_edition_none_is_spoken_of():
    assert "utgåva" not in " ".join(texts(samples.full())).lower()


def test_who_approved_in_which_role_when_and_on_which_content():
    text = " ".join(texts(samples.full(), APPROVED))
    _, approvals = text.rsplit("Godkännanden", 1)
    assert "Stadsdelsförvaltningen Vera Berg Chef 2025-01-13 cdcdcdcdcdcd " in approvals
    assert "Polisen Olle Sten Chef 2025-01-14 abababababab, ett annat innehåll" in approvals
    assert approvals.count("ett annat innehåll") == 1


def test_without_approvals_there_is_no_heading_for_them():
    assert "Godkännanden" not in " ".join(texts(samples.full()))


def undertakings(document) -> str:
    """The appendix, from its heading to the next part."""
    text = " ".join(texts(document))
    return text.split("Parternas åtaganden")[2].split("Uppföljningar")[0]


@pytest.mark.parametrize("layout", Layout)
def test_each_party_finds_what_it_has_undertaken_with_number_and_time(layout):
    appendix = undertakings(samples.full(layout))
    headings = [f"{genitive(party.short_name)} åtaganden" for party in samples.PARTIES]
    places = [letters(appendix).index(letters(heading)) for heading in headings]
    assert places == sorted(places)
    police = letters(appendix)[places[1] : places[2]]
    for words in (
        "1.1 Torgvärdar på Tallbackstorget",
        "Rör sig till fots på torget när värdarna är där.",
        "Varje fredag och lördag",
        "Ansvarar för åtgärden.",
    ):
        assert letters(words) in police
    assert "1.2" not in police


def test_who_answers_for_an_action_without_an_undertaking_has_it_in_its_list():
    action = ActionDoc(samples.uid("a"), name="Ny skolgård", responsible="Rektor och polisen")
    appendix = " ".join(texts(samples.with_action(action, parties=(samples.POLICE,))))
    assert "Polisens åtaganden" in appendix
    assert appendix.count("Ansvarar för åtgärden.") == 1


def test_a_party_is_not_taken_for_another_whose_name_holds_its_own():
    parties = (
        PartyDoc("polisen", "Polisen", "Polisen", PartyKind.POLICE),
        PartyDoc("brandpolisen", "Brandpolisen", "Brandpolisen", PartyKind.PARTNER),
    )
    action = ActionDoc(samples.uid("a"), name="Ny skolgård", responsible="Brandpolisen")
    text = " ".join(texts(samples.with_action(action, parties=parties)))
    assert "Brandpolisens åtaganden" in text
    assert "Polisens åtaganden" not in text


def test_a_party_without_words_of_its_own_is_listed_with_its_contact():
    text = undertakings(samples.full())
    assert "Kontakt: Områdesingenjören" in text
    assert "Kontakt: Kommunpolisen" not in text


def test_a_plan_that_gives_nobody_anything_to_do_has_no_such_list():
    assert "åtaganden" not in " ".join(texts(samples.emptiest())).lower()


@pytest.mark.parametrize("layout", Layout)
def test_an_empty_plan_says_that_it_is_empty(layout):
    text = " ".join(texts(samples.emptiest(layout)))
    assert text.count("Planen har inga områden.") == 2


def test_all_earlier_follow_ups_are_there_beside_the_latest():
    plan = samples.full()
    first, second = plan.rounds
    again = replace(first.answers[0], text="Åtta värdar är anställda.")
    plan = replace(plan, rounds=(first, replace(second, answers=(*second.answers, again))))
    text = letters(" ".join(texts(plan)))
    assert letters("Åtta värdar är anställda.") in text
    assert letters(first.answers[0].text) in text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Polisen", "Polisens"),
        ("Nokas", "Nokas"),
        ("MTR", "MTR:s"),
        ("SHIS", "SHIS"),
        ("Polisen Norrmalm", "Polisen Norrmalms"),
        ("Region A", "Region A:s"),
    ],
)
def test_a_name_gets_the_ending_that_swedish_gives_it(name, said):
    assert genitive(name) == said
