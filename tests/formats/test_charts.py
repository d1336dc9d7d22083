"""Charts say everything in words too, and are whole whatever they are given."""

from xml.etree import ElementTree

from samverkan.documents.charts import Group, bars

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*groups: Group, series=("Problem", "Åtgärder")) -> ElementTree.Element:
    return ElementTree.fromstring(bars("Stapeldiagram", series, groups))  # noqa: S314


def words(chart: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in chart.iter(f"{SVG}text")]


def lengths(chart: ElementTree.Element, series: int) -> list[float]:
    """Of the bars of a series; the first is its key."""
    found = [bar for bar in chart.iter(f"{SVG}rect") if bar.get("class") == f"series-{series}"]
    return [float(bar.get("width", "").removesuffix("%")) for bar in found[1:]]


def test_each_bar_has_its_number_and_each_group_its_name():
    chart = drawn(Group("Torget", [3, 12]), Group("Parken", [0, 1]))
    assert words(chart) == ["Problem", "Åtgärder", "Torget", "3", "12", "Parken", "0", "1"]


def test_lengths_are_as_the_numbers_from_nought():
    chart = drawn(Group("Torget", [6, 12]), Group("Parken", [0, 3]))
    (six, nought), (twelve, three) = lengths(chart, 1), lengths(chart, 2)
    assert (nought, six * 2, three * 4) == (0, twelve, twelve)


def test_title_is_the_first_child_so_that_it_becomes_the_alternative_text():
    assert drawn(Group("Torget", [1, 2]))[0].text == "Stapeldiagram"


def test_markup_in_a_name_is_a_name():
    assert "<b>Torg & park</b>" in words(drawn(Group("<b>Torg & park</b>", [1, 2])))


def test_a_long_name_runs_on_over_lines():
    name = "Riktat arbete mot avgränsade platser och utsatta områden " * 4
    assert " ".join(words(drawn(Group(name, [1]), series=("Problem",)))[:-1]) == name.strip()


def test_only_noughts_and_nothing_at_all():
    assert words(drawn(Group("Torget", [0, 0])))[-1] == "0"
    assert drawn() is not None
