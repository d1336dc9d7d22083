"""What says the same thing twice is found; what only resembles it is let be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.twins import twins

VANDRING = "Trygghetsvandring vid torget med boende och polis"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Torgvärdar", "Torgvärdar"),
        ("Torgvärdar  på\ntorget", "torgvärdar på Torget."),
        ("Skarpnäcksliftet", "Skarpnäckslyftet"),
        ("Närvaroteam på högstadiet", "Närvaroteamet på högstadiet"),
        (
            "Polisen och skolan går igenom frånvaron varje månad och ringer hem.",
            "Polisen och skolan går igenom frånvaron varje månad och ringer sedan hem.",
        ),
        (VANDRING, "Polis och boende med trygghetsvandring vid torget"),
    ],
)
def test_the_same_thing_in_the_same_or_nearly_the_same_words(one, other):
    assert twins([one, "Något helt annat", other]) == {2: 0}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", ""),
        ("  .", "-"),
        ("Grupp 1", "Grupp 2"),
        ("Trygghetsvandring i etapp 1", "Trygghetsvandring i etapp 2"),
        (f"{VANDRING}, linje 17", f"{VANDRING}, linje 18"),
        ("Möten om mellanstadiet", "Möten om högstadiet"),
        ("Stöd till pojkar", "Stöd till flickor"),
        ("Lotsar norr", "Lotsar öst"),
        ("Vakter på torget", "Värdar på torget"),
        ("Lotsar", "Lotsen"),
        ("Ungdomslots", "Ungdomsvakt"),
        ("Delområde1a", "Delområde1b"),
        ("Polis och boende vandrar på torget", "Polis och boende städar på torget"),
        (
            "Polisen och skolan går igenom frånvaron varje månad och ringer hem.",
            "Polisen och skolan går igenom skadegörelsen varje vecka och ringer fritidsgården.",
        ),
    ],
)
def test_different_things_in_words_that_resemble_each_other(one, other):
    assert twins([one, "Något helt annat", other]) == {}


def test_three_that_say_the_same_all_point_to_the_first():
    assert twins(["Torgvärdarna", "Torgvärdana", "Torgvärdana", "torgvärdarna"]) == {
        1: 0,
        2: 0,
        3: 0,
    }


texts = st.lists(
    st.lists(
        st.sampled_from(["åtgärd", "möte", "samverkan", "torgvärdar", "torgvärdarna", "och", "på"])
    ).map(" ".join)
)


@given(texts=texts)
def test_a_twin_stands_earlier_and_is_nobodys_twin(texts):
    found = twins(texts)
    assert all(other < place and other not in found for place, other in found.items())


@given(texts=texts)
def test_what_is_the_same_to_the_letter_is_always_found(texts):
    found = twins(texts)
    for place, text in enumerate(texts):
        if text and text in texts[:place]:
            assert place in found
