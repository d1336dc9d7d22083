"""Values come in whole or not at all, and can be taken back."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404

from samverkan.indicators import services
from samverkan.indicators.models import Change, Indicator, Reading, Value
from samverkan.indicators.register import kept_among, latest_reading, register
from samverkan.indicators.series import Coming
from samverkan.journal.kinds import sentence
from samverkan.journal.models import Entry
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member, a_party, an_agreement, police_of
from tests.indicators.register import an_indicator, read_in, said_of, values


@pytest.fixture
def district(db):
    return a_district()


@pytest.fixture
def anna(district):
    return a_member(Role.COORDINATOR, district)


def take_in(actor, district, *coming, **more):
    return services.take_in(actor=actor, district=district, coming=coming, **more)


def test_values_come_in_with_who_and_what_was_there_before(district, anna):
    indicator = an_indicator(district, values={"2023": 180})
    reading = take_in(
        anna, district, Coming("Skadegörelse", values({"2023": 174, "2024": 142}), indicator.uuid)
    )
    assert said_of(indicator) == {"2023": 174, "2024": 142}
    assert reading.by == anna
    assert list(reading.changes.values_list("label", "before", "after")) == [
        ("2024", None, 142),
        ("2023", 180, 174),
    ]
    assert sentence(Entry.objects.all()[0]) == (
        f"{anna} läste in 1 nytt och 1 ändrat värde i indikatorerna: Skadegörelse."
    )


def test_one_fault_and_nothing_comes_in(district, anna):
    an_indicator(district, "Trygga")
    before = Value.objects.count()
    with pytest.raises(ValidationError, match="redan en indikator som heter ”trygga”"):
        take_in(
            anna,
            district,
            Coming("Fordonsbrott", values({"2024": 3})),
            Coming("trygga", values({"2024": 4})),
        )
    assert Value.objects.count() == before
    assert not Indicator.objects.filter(name="Fordonsbrott").exists()


def test_what_the_register_has_already_is_no_reading(district, anna):
    indicator = an_indicator(district)
    readings = Reading.objects.count()
    assert take_in(anna, district, Coming("x", values({"2024": 142}), indicator.uuid)) is None
    assert Reading.objects.count() == readings


def test_who_has_seen_an_older_register_is_asked_to_look_again(district, anna):
    indicator = an_indicator(district)
    seen = latest_reading(district)
    read_in(district, "Skadegörelse", {"2024": 150})
    with pytest.raises(services.Moved, match="ändrats medan du tittade"):
        take_in(anna, district, Coming("x", values({"2024": 140}), indicator.uuid), seen=seen)
    assert said_of(indicator)["2024"] == 150


def test_a_reading_is_taken_back_whole(district, anna):
    indicator = an_indicator(district, values={"2023": 180})
    reading = take_in(
        anna,
        district,
        Coming("x", values({"2023 (prel.)": 174, "2024": 142}), indicator.uuid),
        Coming("Fordonsbrott", values({"2024": 9}), unit="anmälda brott"),
    )
    services.take_back(actor=anna, district=district, reading=reading.pk)
    assert said_of(indicator) == {"2023": 180}
    assert not Indicator.objects.filter(name="Fordonsbrott").exists()
    assert Change.objects.filter(name="Fordonsbrott").count() == 2  # that it came, and went
    with pytest.raises(ValidationError, match="redan ångrad"):
        services.take_back(actor=anna, district=district, reading=reading.pk)


def test_what_has_been_changed_since_stops_the_whole(district, anna):
    indicator = an_indicator(district, values={"2023": 180})
    reading = take_in(anna, district, Coming("x", values({"2023": 1, "2024": 2}), indicator.uuid))
    read_in(district, "Skadegörelse", {"2024": 3})
    with pytest.raises(ValidationError, match="Skadegörelse för 2024 har ändrats sedan dess"):
        services.take_back(actor=anna, district=district, reading=reading.pk)
    assert said_of(indicator) == {"2023": 1, "2024": 3}


def test_an_indicator_that_something_is_tied_to_stays_when_its_values_go(district, anna):
    reading = read_in(district, "Fordonsbrott", {"2024": 9})
    indicator = Indicator.objects.get(name="Fordonsbrott")
    services.take_back(actor=anna, district=district, reading=reading.pk, in_use={indicator.uuid})
    assert said_of(indicator) == {}


def test_a_reading_of_another_district_is_not_there(district, anna):
    reading = read_in(a_district(), "Fordonsbrott", {"2024": 9})
    with pytest.raises(Http404):
        services.take_back(actor=anna, district=district, reading=reading.pk)


def test_an_indicator_of_another_district_is_not_written_in(district, anna):
    other = an_indicator(a_district())
    with pytest.raises(ValidationError, match="finns inte längre"):
        take_in(anna, district, Coming("x", values({"2024": 1}), other.uuid))


def test_quarters_and_years_stand_beside_each_other(district, anna):
    indicator = an_indicator(district, values={"2024": 100, "Kv 1 2024": 20, "Kv 2 2024": 30})
    assert list(said_of(indicator)) == ["Kv 1 2024", "2024", "Kv 2 2024"]
    assert said_of(indicator)["2024"] == 100


def test_only_an_empty_indicator_that_nothing_uses_is_removed(district, anna):
    indicator = an_indicator(district)
    with pytest.raises(ValidationError, match="har värden"):
        services.remove(actor=anna, indicator=indicator, in_use=False)
    empty = services.create(actor=anna, district=district, name="Ny")
    with pytest.raises(ValidationError, match="används"):
        services.remove(actor=anna, indicator=empty, in_use=True)
    services.remove(actor=anna, indicator=empty, in_use=False)
    assert not Indicator.objects.filter(name="Ny").exists()


def test_nobodys_words_about_an_indicator_are_overwritten(district, anna):
    indicator = an_indicator(district)
    services.describe(actor=anna, indicator=indicator, seen=1, name="Skadegörelse, anmäld")
    with pytest.raises(ValidationError, match="medan du skrev"):
        services.describe(actor=anna, indicator=indicator, seen=1, name="Klotter")
    indicator.refresh_from_db()
    assert indicator.name == "Skadegörelse, anmäld"


def test_two_indicators_have_not_the_same_name(district, anna):
    indicator = an_indicator(district)
    an_indicator(district, "Klotter")
    with pytest.raises(ValidationError, match="redan en indikator med det namnet"):
        services.describe(actor=anna, indicator=indicator, seen=1, name="Klotter")
    assert an_indicator(a_district(), "Klotter")  # another district has its own


def test_a_main_party_of_the_agreement_keeps_the_register_and_a_partner_does_not(district):
    school = a_party(district, name="Utbildningsförvaltningen")
    editor = a_member(Role.EDITOR, district, school)
    with pytest.raises(PermissionDenied, match="huvudparternas redaktörer"):
        services.create(actor=editor, district=district, name="Trygga")
    an_agreement(district, police_of(district), school)
    assert services.create(actor=editor, district=district, name="Trygga")


def test_what_is_internal_is_read_by_those_who_work_there(district, anna):
    hidden = an_indicator(district, "Drogscener", is_internal=True)
    shown = an_indicator(district, "Trygga")
    reader = a_member(Role.READER, district)
    wanted = {hidden.uuid, shown.uuid}
    assert [one.name for one in register(anna, district)] == ["Drogscener", "Trygga"]
    assert [one.name for one in register(reader, district)] == ["Trygga"]
    assert kept_among(anna, district, wanted).keys() == wanted
    assert kept_among(reader, district, wanted).keys() == {shown.uuid}
    assert kept_among(anna, a_district(), wanted) == {}


def test_the_register_stands_in_swedish_order(district, anna):
    for name in ("Övrigt", "Ålder", "Zoner", "ärenden"):
        an_indicator(district, name)
    names = [one.name for one in register(anna, district)]
    assert names == ["Zoner", "Ålder", "ärenden", "Övrigt"]


def test_a_value_is_whole_on_both_databases(district, anna):
    indicator = an_indicator(district, values={"2024": "1234.5"})
    [kept] = register(anna, district)
    assert kept.values[0].value == Decimal("1234.5")
    assert str(kept.values[0].value) == "1234.5"
    assert str(indicator.values.get()) == "Skadegörelse 2024: 1\u00a0234,5"
