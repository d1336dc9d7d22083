"""Whatever is written: nothing breaks, and what has no end is never late."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.timing.rounds import rounds_named
from plans.timing.standing import standing
from plans.timing.understanding import ENDLESS, understand
from plans.vocabulary import ActionState

PIECES = (
    "tillsvidare|linjearbete|löpande|vid behov|varje|varannan|var|tredje|sista|första|tisdagen"
    "|i månaden|tisdagar|jämna veckor|vecka|v. 24|v. 53|2|två|1-2|ggr/år|gånger per termin|möten"
    "|per månad|utom juli|utom lov|juni|feb, maj och nov|juni–augusti|30 juni|31 februari|29/2"
    "|2025-06-30|20250630|30.6.2025|2025|2025-2024|9999|0|T1|T2 och VB|våren|ht-25|läsåret 24/25"
    "|kvartal 4|Q2|årets slut|i början av|slutet av|klart|klar|senast|före|efter|till|till och med"
    "|från|under|uppdrag|därefter|fortsätter|perioden|ej|inte|pausad|?|-|,|.|/|och|samt"
)
pieces = st.lists(st.sampled_from(PIECES.split("|")), max_size=12).map(" ".join)
texts = (
    pieces | st.text(max_size=60) | st.builds("{}{}{}".format, pieces, st.text(max_size=5), pieces)
)
days = st.dates() | st.sampled_from([date.min, date.max])
states = st.none() | st.sampled_from(ActionState)
NO_END = ("Tillsvidare", "Linjearbete", "Löpande", "Vid behov", "Varannan vecka", "2 ggr/år")


@st.composite
def periods(draw):
    start = draw(days)
    last = start.toordinal() + draw(st.integers(0, 1100))
    return start, date.fromordinal(min(last, date.max.toordinal()))


@given(texts, texts, periods(), states, days, st.none() | days, st.none() | days)
def test_nothing_breaks_and_the_same_text_is_always_understood_the_same(
    timing, often, period, state, on, starts_on, ends_on
):
    first, last = period

    def read():
        return understand(
            timing,
            often,
            period_start=first,
            period_end=last,
            starts_on=starts_on,
            ends_on=ends_on,
        )

    understood = read()
    assert understood == read()
    found = standing(understood, state, on)
    assert found.reason.endswith(".")
    assert bool(understood.words) == bool(timing.strip() or understood.kind or understood.meetings)
    assert rounds_named(timing) == rounds_named(timing)
    if understood.meetings:
        held = understood.meetings.dates(first, last)
        assert list(held) == sorted(set(held))
        assert all(first <= day <= last for day in held)
        assert not held or understood.meetings_planned == len(held)


@settings(max_examples=4 * settings().max_examples)
@given(st.sampled_from(NO_END), texts, texts, states, days)
def test_what_has_no_end_is_never_late_whatever_stands_beside_it(no_end, before, after, state, on):
    for text in (f"{no_end}, {after}", f"{before}, {no_end.casefold()}"):
        understood = understand(text, period_start=date(2025, 1, 1), period_end=date(2025, 12, 31))
        assert not standing(understood, state, on).is_late


@given(texts, st.sampled_from(sorted(ENDLESS)), states, days, st.none() | days)
def test_a_kind_without_an_end_that_a_person_has_chosen_is_never_late(text, kind, state, on, ends):
    understood = understand(
        text,
        period_start=date(2025, 1, 1),
        period_end=date(2025, 12, 31),
        timing_kind=kind,
        ends_on=ends,
    )
    assert not standing(understood, state, on).is_late


def test_a_text_without_measure_is_not_read():
    for hostile in ("1" * 100_000, "en " * 50_000, "juni, " * 20_000, "ö" * 100_000):
        understood = understand(
            hostile, hostile, period_start=date(2025, 1, 1), period_end=date(2025, 12, 31)
        )
        assert understood.words == "Tiden är inte förstådd: texten är för lång"
        assert understood.meetings is None
        assert rounds_named(hostile) is None
