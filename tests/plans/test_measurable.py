"""A goal can be measured when one can tell afterwards whether it was reached."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from plans.document import GoalDoc
from plans.measurable import is_measurable


@pytest.mark.parametrize(
    "text",
    [
        "Minst tre trygghetsvandringar.",
        "Antalet personrån på torget ska halveras.",
        "Andelen trygga dubblas.",
        "Fyra av fem besökare ska känna sig trygga.",
        "Otryggheten ska minska med 10 %.",
        "Andelen som känner sig otrygga ska minska från 34 till 28 procent.",
        "Alla skolor har en handlingsplan.",
        "Samtliga föräldrar i årskurs 7 har fått information.",
        "Ingen ung person ska återfalla.",
        "Inga nya skadegörelser på fritidsgården.",
        "Minst en träff i varje område.",
        "En gemensam rutin har tagits fram.",
        "Rutinen tagits fram och genomförts senast i maj.",
        "Lokalt BOB är inrättat och aktivt.",
        "En plan för att minska skadegörelsen är framtagen.",
        "Fastighetsägarna har bjudits in.",
        "Ordningsvakter finns på plats.",
        "Kartläggningen är klar.",
        "Belysningen byts i Stadsparken.",
        "Kommunen och polisen träffas en gång per månad.",
        "Möten hålls varje termin.",
        "Fältbesök dagligen.",
        "Mer än en träff.",
        "Tre fjärdedelar av de boende är nöjda.",
        "En skatepark före sommaren.",
        "Överenskommelsen undertecknas senast den 1 mars.",
    ],
)
def test_what_can_be_counted_or_answered_with_yes_or_no(text):
    assert is_measurable(GoalDoc(uuid4(), text))


@pytest.mark.parametrize(
    "text",
    [
        "Tryggheten ska öka.",
        "Fler ska känna sig trygga på platsen.",
        "Frånvaron ska minska varje termin.",
        "Frånvaron ska minska i årskurs 7.",
        "Frånvaron i årskurs 7–9 minskar under 2025.",
        "Minskad nyrekrytering.",
        "Tryggheten har ökat senast 2026.",
        "God samverkan mellan parterna.",
        "Torget ska kännas öppet för alla.",
        "Förbättra samverkan med fastighetsägare enligt 3 kap. 2 §.",
        "En trygg plats.",
        "Tidiga insatser.",
        "Bättre läge efter T1 och T2.",
        "Arbeta för en trygg och säker skola.",
        "Antalet rån ska minska.",
        "Områdets bästa.",
        "Daglig samverkan mellan parterna.",
        "Kunskap om de miljöer som finns.",
        "",
    ],
)
def test_a_direction_or_a_wish_cannot_be_measured(text):
    assert not is_measurable(GoalDoc(uuid4(), text))


def test_a_target_is_enough():
    assert is_measurable(GoalDoc(uuid4(), "Tryggheten ska öka.", target=Decimal(0)))
    assert not is_measurable(GoalDoc(uuid4(), "Tryggheten ska öka.", baseline=Decimal(7)))


def test_a_day_is_enough_for_what_is_done_or_not():
    assert is_measurable(GoalDoc(uuid4(), "Ny skatepark", target_date=date(2026, 5, 1)))
    assert not is_measurable(GoalDoc(uuid4(), "Tryggheten ska öka.", target_date=date(2026, 5, 1)))
