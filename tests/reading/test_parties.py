"""Whom a file means by the words that it has for a party."""

import pytest

from plans.document import PartyDoc
from plans.reading.parties import Parties
from samverkan.organisation.vocabulary import PartyKind
from samverkan.reading.outcome import Sureness

HERE = PartyDoc("polisen", "Lokalpolisområde Farsta", "Polisen", PartyKind.POLICE)
REGION = PartyDoc("stad/polisregionen", "Polisregion Nord", "Polisregionen", PartyKind.POLICE)


@pytest.mark.parametrize("order", [(HERE, REGION), (REGION, HERE)], ids=["here", "region"])
@pytest.mark.parametrize("words", ["Polisen", "Kommunpolis", "LPO"])
def test_the_police_of_the_district_are_meant_also_where_the_city_agrees_with_its_region(
    words, order
):
    assert Parties(order, {}).find(words) == (HERE, Sureness.CERTAIN)


def test_where_there_is_only_the_police_of_the_whole_city_they_are_meant():
    assert Parties([REGION], {}).find("Kommunpolis") == (REGION, Sureness.CERTAIN)
