"""The pages of the register: what is pasted is looked at, asked about, and comes in at one press."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samverkan.indicators.models import Indicator
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member
from tests.indicators.register import an_indicator, read_in, said_of


@pytest.fixture
def district(db):
    return a_district()


@pytest.fixture
def anna(district, client):
    anna = a_member(Role.COORDINATOR, district)
    client.force_login(anna)
    return anna


def words(response):
    """The page as it is read: its main part, without markup."""
    html = response.content.decode().partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def paste(client, district, text, **said):
    address = reverse("indicators-paste", args=[district.slug])
    return client.post(address, {"text": text, **said})


def sent(response):
    """What the form of the preview sends back when nobody touches it."""
    html = re.sub(r'<input type="radio"(?![^>]* checked)[^>]*>', "", response.content.decode())
    found = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', html))
    found |= {
        name: chosen
        for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', html)
        for chosen in re.findall(r'value="([^"]*)" selected', options) or [""]
    }
    found.pop("csrfmiddlewaretoken")
    [found["text"]] = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", html, re.DOTALL)
    return {name: unescape(value) for name, value in found.items()}


def take_in(client, district, preview, **said):
    address = reverse("indicators-paste", args=[district.slug])
    return client.post(address, sent(preview) | {"las-in": "1"} | said)


PASTED = "År\tSkadegörelse\n2023\t181\n2024\t142\n2025\t1 090,5\n"


def test_what_is_pasted_is_shown_and_nothing_is_stored(client, district, anna):
    indicator = an_indicator(district)
    before = said_of(indicator)
    preview = paste(client, district, PASTED)
    assert "2023 180 181 ändras" in words(preview)
    assert "2024 142 142 samma" in words(preview)
    assert "2025 – 1\u00a0090,5 nytt".replace("\u00a0", " ") in words(preview).replace(
        "\u00a0", " "
    )
    assert "Läs in 1 nytt och 1 ändrat värde" in words(preview)
    assert said_of(indicator) == before


def test_one_press_stores_all_of_it(client, district, anna):
    indicator = an_indicator(district)
    stored = take_in(client, district, paste(client, district, PASTED))
    assert stored.status_code == 302
    assert {k: str(v.normalize()) for k, v in said_of(indicator).items()} == {
        "2022": "274",
        "2023": "181",
        "2024": "142",
        "2025": "1090.5",
    }
    again = paste(client, district, PASTED)
    assert "Registret har alla värdena redan." in words(again)
    assert "Läs in 1" not in words(again)


def test_a_reading_is_undone_from_the_list(client, district, anna):
    indicator = an_indicator(district)
    take_in(client, district, paste(client, district, PASTED))
    page = client.get(reverse("indicators", args=[district.slug]))
    undo = re.findall(r'action="([^"]+/angra/)"', page.content.decode())
    answer = client.post(undo[0], follow=True)
    assert "Inläsningen är ångrad" in words(answer)
    assert f"Ångrad av {anna}" in words(answer)
    assert said_of(indicator) == {"2022": 274, "2023": 180, "2024": 142}


def test_years_across_and_several_series_are_as_good(client, district, anna):
    an_indicator(district)
    text = "\t2024\t2025\nSkadegörelse\t142\t..\nCykelstölder\t-\t12 %\n"
    preview = paste(client, district, text)
    assert sent(preview)["serie-1"] == "ny"
    take_in(client, district, preview)
    assert said_of(Indicator.objects.get(name="Cykelstölder")) == {"2025": 12}


def test_next_years_column_alone_is_understood(client, district, anna):
    indicator = an_indicator(district)
    other = an_indicator(district, "Trygga", values={"2024": 60})
    take_in(client, district, paste(client, district, "\t2025\nSkadegörelse\t130\nTrygga\t62\n"))
    assert said_of(indicator)["2025"] == 130
    assert said_of(other)["2025"] == 62


def test_a_name_that_is_nearly_the_same_is_asked_about(client, district, anna):
    indicator = an_indicator(district, "Trygga sena kvällar")
    preview = paste(client, district, "År\tTrygg sen kväll\n2025\t62\n2026\t63\n")
    assert "Är det samma som ”Trygga sena kvällar”?" in words(preview)
    assert b'name="las-in"' not in preview.content
    unanswered = take_in(client, district, preview)
    assert unanswered.status_code == 200  # looked at again, not stored
    assert "2025" not in said_of(indicator)
    take_in(client, district, preview, **{"serie-0": str(indicator.uuid)})
    assert said_of(indicator)["2025"] == 62
    assert Indicator.objects.count() == 1


def test_a_series_can_be_left_out(client, district, anna):
    an_indicator(district)
    preview = paste(client, district, "År\tSkadegörelse\tAnnat\n2025\t1\t2\n2026\t3\t4\n")
    take_in(client, district, preview, **{"serie-1": "inte"})
    assert not Indicator.objects.filter(name="Annat").exists()


def test_two_series_are_not_the_same_indicator(client, district, anna):
    indicator = an_indicator(district)
    preview = paste(client, district, "År\tSkadegörelse\tKlotter\n2025\t1\t2\n2026\t3\t4\n")
    answer = take_in(client, district, preview, **{"serie-1": str(indicator.uuid)})
    assert "”Skadegörelse” och ”Klotter” är samma indikator" in words(answer)
    assert "2025" not in said_of(indicator)


def test_an_answer_is_about_the_series_that_it_was_given_for(client, district, anna):
    indicator = an_indicator(district)
    preview = paste(client, district, "År\tSkadegörelse\n2025\t1\n2026\t2\n")
    answer = take_in(client, district, preview, text="År\tCykelstölder\n2025\t1\n2026\t2\n")
    assert "2025" not in said_of(indicator)
    assert answer.status_code == 302
    assert Indicator.objects.filter(name="Cykelstölder").exists()


def test_a_register_that_moved_meanwhile_is_looked_at_again(client, district, anna):
    indicator = an_indicator(district)
    preview = paste(client, district, PASTED)
    read_in(district, "Skadegörelse", {"2023": 179})
    answer = take_in(client, district, preview)
    assert answer.status_code == 409
    assert "ändrats medan du tittade" in words(answer)
    assert "2023 179 181 ändras" in words(answer)
    assert said_of(indicator)["2023"] == 179


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Det finns ingen text"),
        ("Plats\tAntal\nTorget\t3\nParken\t4\n", "hör till år eller delar av år"),
        ("År\tAntal\n2023\t3\n2023*\t4\n", "är samma tid"),
        ("År\tAntal\n2023\tmånga\n2024\t4\n", "är inget tal"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(client, district, anna, text, sentence):
    answer = paste(client, district, text)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Indicator.objects.exists()


def test_a_csv_file_is_as_good_and_a_total_is_left_out(client, district, anna):
    content = "År;Skadegörelse;Totalt\n2024;1 234,5;1 234,5\n2025;..;\n".encode("cp1252")
    file = SimpleUploadedFile("varden.csv", content, "text/csv")
    preview = paste(client, district, "", file=file)
    assert "”Totalt” är en summa" in words(preview)
    take_in(client, district, preview)
    assert [
        (one.name, str(said_of(one)["2024"].normalize())) for one in Indicator.objects.all()
    ] == [("Skadegörelse", "1234.5")]


def test_the_register_downloaded_says_the_same_when_it_is_read_in_again(client, district, anna):
    an_indicator(district, values={"2023": "-1234.5", "2024": None, "Kv 1 2024": 7})
    an_indicator(district, "=1+1", values={"2024": 60})
    hidden = an_indicator(district, "Drogscener", is_internal=True)
    answer = client.get(reverse("indicators-csv", args=[district.slug]))
    assert "Skadegörelse" in answer.content.decode("utf-8-sig").splitlines()[0]
    assert "'=1+1" in answer.content.decode("utf-8-sig")
    file = SimpleUploadedFile("x.csv", answer.content, "text/csv")
    assert "Registret har alla värdena redan." in words(paste(client, district, "", file=file))
    client.force_login(a_member(Role.READER, district))
    answer = client.get(reverse("indicators-csv", args=[district.slug]))
    assert hidden.name not in answer.content.decode()


def test_a_file_that_is_no_table_or_too_large_is_refused(client, district, anna):
    excel = SimpleUploadedFile("x.csv", b"PK\x03\x04...", "text/csv")
    assert "kopiera cellerna" in words(paste(client, district, "", file=excel))
    large = SimpleUploadedFile("x.csv", b"1" * 1_200_000, "text/csv")
    answer = paste(client, district, "", file=large)
    assert answer.status_code == 413
    assert "Filen är för stor" in words(answer)


def test_the_list_says_the_values_in_swedish_and_where_they_are_used(client, district, anna):
    an_indicator(district, "Trygga", values={"2023": "60.5", "2025": 62}, unit="procent")
    page = words(client.get(reverse("indicators", args=[district.slug])))
    assert "2023 2025" in page
    assert "60,5\u00a0%" in page.replace(" %", "\u00a0%")
    assert "Ingenstans än" in page


def test_an_empty_register_says_what_to_do(client, district, anna):
    assert "Läs in en tabell" in words(client.get(reverse("indicators", args=[district.slug])))
    client.force_login(a_member(Role.READER, district))
    page = words(client.get(reverse("indicators", args=[district.slug])))
    assert "Här finns inga indikatorer än." in page
    assert "Läs in" not in page


def test_a_single_value_is_put_right_by_hand(client, district, anna):
    indicator = an_indicator(district)
    address = reverse("indicator-value", args=[district.slug, indicator.uuid])
    client.post(address, {"label": "2024", "value": "1 150,5"})
    assert str(said_of(indicator)["2024"].normalize()) == "1150.5"
    client.post(address, {"label": "2024", "value": ""})
    assert said_of(indicator)["2024"] is None
    page = words(client.get(reverse("indicator", args=[district.slug, indicator.uuid])))
    assert "2024 uppgift saknas" in page
    assert f"{anna}: 2024, 142 blev 1\u00a0150,5".replace("\u00a0", " ") in page.replace(
        "\u00a0", " "
    )
    refused = client.post(address, {"label": "i fjol", "value": "3"})
    assert "är ingen tid som kan jämföras" in words(refused)


def test_an_indicator_is_laid_up_and_renamed_and_taken_away(client, district, anna):
    made = client.post(
        reverse("indicator-create", args=[district.slug]), {"name": "Trygga", "unit": "procent"}
    )
    indicator = Indicator.objects.get(name="Trygga")
    assert made.url == reverse("indicator", args=[district.slug, indicator.uuid])
    twice = client.post(reverse("indicator-create", args=[district.slug]), {"name": "Trygga"})
    assert "finns redan en indikator som heter ”Trygga”" in words(twice)
    change = reverse("indicator-change", args=[district.slug, indicator.uuid])
    client.post(change, {"name": "Trygga ute", "unit": "procent", "seen": "1"})
    indicator.refresh_from_db()
    assert indicator.name == "Trygga ute"
    stale = client.post(change, {"name": "Trygga inne", "seen": "1"})
    assert "medan du skrev" in words(stale)
    client.post(reverse("indicator-remove", args=[district.slug, indicator.uuid]))
    assert not Indicator.objects.exists()


def test_a_reader_is_not_shown_what_is_internal(client, district, anna):
    hidden = an_indicator(district, "Drogscener", is_internal=True)
    client.force_login(a_member(Role.READER, district))
    assert "Drogscener" not in words(client.get(reverse("indicators", args=[district.slug])))
    assert client.get(reverse("indicator", args=[district.slug, hidden.uuid])).status_code == 404


def test_the_list_asks_no_more_of_a_long_register(client, district, anna):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("indicators", args=[district.slug]))
        return len(queries)

    an_indicator(district)
    few = asked()
    for number in range(20):
        an_indicator(district, f"Indikator {number}")
    assert asked() == few <= 25


def test_the_words_of_a_pasted_indicator_are_clean_and_as_long_as_there_is_room_for(
    district, anna, client
):
    said = {"rubrik-0": "Skadegörelse", "serie-0": "ny", "las-in": "1"}
    clean = said | {"namn-0": "Klotter\0\noch mer", "enhet-0": "\0 st", "kalla": "Vår\0"}
    paste(client, district, PASTED, **clean)
    indicator = Indicator.objects.get()
    assert (indicator.name, indicator.unit, indicator.source) == ("Klotter och mer", "st", "Vår")
    for name, most in (("namn-0", 300), ("enhet-0", 60), ("kalla", 300)):
        long = said | {"namn-0": "En annan", name: "x" * (most + 1)}
        refused = paste(client, district, PASTED, **long)
        assert refused.status_code == 409
        assert f"längre än {most} tecken" in words(refused)
        assert PASTED.strip() in unescape(refused.text)  # nothing is lost
    assert Indicator.objects.get() == indicator


def test_a_number_of_what_was_seen_that_no_page_has_said_is_no_number(district, anna, client):
    said = {"las-in": "1", "sedd": "9" * 5000}
    assert paste(client, district, PASTED, **said).status_code == 302


def test_two_indicators_are_not_told_apart_by_capitals_alone(district, anna, client):
    there = an_indicator(district, "Skadegörelse")
    other = an_indicator(district, "Trygga kvällar")
    for address, name in (
        (reverse("indicator-create", args=[district.slug]), "SKADEGÖRELSE"),
        (reverse("indicator-change", args=[district.slug, other.uuid]), "skadegÖrelse"),
    ):
        answer = client.post(address, {"name": name, "seen": "1"})
        assert "Det finns redan en indikator" in words(answer)
    change = reverse("indicator-change", args=[district.slug, there.uuid])
    assert client.post(change, {"name": "SKADEGÖRELSE", "seen": "1"}).status_code == 302  # itself
