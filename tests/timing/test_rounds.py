"""Which rounds ask for an action: those that its plan for follow-up names."""

import pytest

from plans.timing.rounds import rounds_named
from plans.vocabulary import RoundKind

T1, T2, VB, YEARLY = RoundKind.T1, RoundKind.T2, RoundKind.VB, RoundKind.YEARLY


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("T1, T2 och VB", {T1, T2, VB}),
        ("T2 och VB", {T2, VB}),
        ("T1", {T1}),
        ("VB.", {VB}),
        ("t1-t3", {T1, T2, VB}),
        ("T1–VB", {T1, T2, VB}),
        ("T1 & T2", {T1, T2}),
        ("Tertial 1 och 2", {T1, T2}),
        ("Följs upp i T2", {T2}),
        ("Stäms av i första tertialet och redovisas i VB", {T1, VB}),
        ("Tertialvis", {T1, T2, VB}),
        ("Varje tertial", {T1, T2, VB}),
        ("Tre gånger per år", {T1, T2, VB}),
        ("I samband med tertialrapporterna", {T1, T2}),
        ("Delårsrapport", {T2}),
        ("I verksamhetsberättelsen", {VB}),
        ("Vid årets slut. Se uppföljningsplan.", {VB}),
        ("Dock senast vid årsskiftet", {VB}),
        ("Till T2 och årsskiftet", {T2, VB}),
        ("Årligen.", {YEARLY, VB}),
        ("Årlig uppföljning av respektive verksamhet", {YEARLY, VB}),
        ("En gång om året", {YEARLY, VB}),
        ("Alla tertial utom T1", {T2, VB}),
        ("Inte i T1", {T2, VB}),
        ("Månadsvis jämförelse, redovisas i T1, T2 och VB", {T1, T2, VB}),
    ],
)
def test_the_rounds_that_are_named(written, named):
    assert rounds_named(written) == named


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Protokollet gås igenom",
        "Vid varje möte",
        "Månadsvis",
        "Två gånger varje år",
        "Enkäten görs om i november",
        "Punkt T12 i listan",
        "VB " * 2000,
    ],
)
def test_where_no_round_is_named_every_round_asks(written):
    assert rounds_named(written) is None
