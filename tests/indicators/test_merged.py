"""Districts that have become one: what each of them kept is read, and is its own still."""

import pytest
from django.urls import reverse

from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member
from tests.indicators.register import an_indicator, said_of
from tests.indicators.test_pages import words


@pytest.fixture
def merged(db):
    """Järva, of Rinkeby-Kista and Spånga-Tensta; Rinkeby-Kista of Rinkeby before that."""
    district = a_district("Järva", "jarva")
    west, north = a_district("Rinkeby-Kista", "rk"), a_district("Spånga-Tensta", "st")
    west.predecessors.add(a_district("Rinkeby", "rinkeby"))
    district.predecessors.set([west, north])
    return district


@pytest.fixture
def before(merged):
    return {one.slug: one for one in type(merged).objects.exclude(pk=merged.pk)}


@pytest.fixture
def reader(merged, client):
    """Somebody of Järva who has never been in any of those before it."""
    client.force_login(a_member(Role.READER, merged))


def page(client, district, name="indicators", *args):
    return client.get(reverse(name, args=[district.slug, *args]))


def test_each_districts_series_stands_by_itself_under_its_name(client, merged, before, reader):
    for slug, values in (("rk", {"2021": 10}), ("st", {"2021": 7}), ("rinkeby", {"2005": 3})):
        an_indicator(before[slug], "Skjutningar", values=values)
    register = words(page(client, merged))
    for said in (
        "Skjutningar, Rinkeby-Kista 10 (2021)",
        "Skjutningar, Spånga-Tensta 7 (2021)",
        "Skjutningar, Rinkeby 3 (2005)",
    ):
        assert said in register
    assert "17" not in register


def test_the_page_of_an_indicator_tells_what_was_called_the_same(client, merged, before, reader):
    own = an_indicator(merged, "Skjutningar", values={"2023": 9, "2024": 5})
    an_indicator(before["rk"], "skjutningar", values={"2021": 10, "2022": 8})
    an_indicator(before["st"], "Klotter", values={"2021": 99})
    text = words(page(client, merged, "indicator", own.uuid))
    own_part, _, earlier = text.partition("Före sammanslagningen")
    assert "2021" not in own_part
    assert "skjutningar, Rinkeby-Kista" in earlier
    assert "2022 8 2021 10" in earlier
    assert "99" not in text


def test_a_link_to_what_was_kept_before_leads_to_the_district_that_kept_it(
    client, merged, before, reader
):
    old = an_indicator(before["rk"], "Skjutningar")
    there = reverse("indicator", args=["rk", old.uuid])
    answer = page(client, merged, "indicator", old.uuid)
    assert (answer.status_code, answer.url) == (302, there)
    assert client.get(there).status_code == 200


def test_what_was_internal_there_is_for_those_who_worked_there(client, merged, before):
    hidden = an_indicator(before["rk"], "Hemligt", is_internal=True)
    client.force_login(a_member(Role.COORDINATOR, merged))
    assert "Hemligt" not in words(page(client, merged))
    assert page(client, merged, "indicator", hidden.uuid).status_code == 404
    worked_there = a_member(Role.COORDINATOR, merged)
    a_member(Role.EDITOR, before["rk"], user=worked_there)
    client.force_login(worked_there)
    assert "Hemligt, Rinkeby-Kista" in words(page(client, merged))


def test_a_district_of_before_does_not_see_what_came_after(client, merged, before):
    an_indicator(merged, "Nytt i Järva")
    client.force_login(a_member(Role.COORDINATOR, before["rk"]))
    assert "Nytt i Järva" not in words(page(client, before["rk"]))


def test_a_district_that_nothing_has_become_says_nothing_of_it(client, merged, reader):
    own = an_indicator(merged)
    assert "Före sammanslagningen" not in words(page(client, merged))
    assert "Före sammanslagningen" not in words(page(client, merged, "indicator", own.uuid))


def test_what_was_kept_before_is_not_written_in(client, merged, before):
    old = an_indicator(before["rk"], "Skjutningar")
    stood = said_of(old)
    client.force_login(a_member(Role.COORDINATOR, merged))
    address = reverse("indicator-value", args=[merged.slug, old.uuid])
    assert client.post(address, {"label": "2023", "value": "1"}).status_code == 404
    assert said_of(old) == stood
