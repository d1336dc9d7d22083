"""An action that is nothing but meetings is told from one in which something else is done."""

import pytest

from plans.meetings import is_only_meetings


@pytest.mark.parametrize(
    "text",
    [
        "Samverkansmöten",
        "Samverkansmöte om Järvatorget",
        "Månatliga möten i arbetsgruppen för unga",
        "Nätverksträffar med fastighetsägare",
        "Styrgrupp\nStyrgruppen träffas fyra gånger per år.",
        "Parterna träffas en gång i månaden för att stämma av läget på torget.",
        "Bilda en arbetsgrupp mellan polisen och skolan",
        "Delta i lokala samverkansmöten.",
        "Fortsatta avstämningar",
        "Regelbunden dialog och möten mellan polis och kommun",
    ],
)
def test_a_meeting_between_those_who_work_with_it(text):
    assert is_only_meetings(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Torgvärdar",
        "Föräldramöten på högstadiet",
        "Medborgarmöte om torget",
        "Mötesplats för unga på kvällar",
        "Styrgruppen beslutar om kameror",
        "Samverkansmöten och gemensam tillsyn",
        "Arbetsgruppen trygghetsvandrar varje termin.",
        "Samverkansmöten.\nFältassistenter söker upp unga varje fredag.",
        "Gemensam lägesbild",
        "Grannsamverkan",
        "Polisen går fotpatrull",
        "Grupp för föräldrar",
    ],
)
def test_something_is_done_besides_meeting(text):
    assert not is_only_meetings(text)
