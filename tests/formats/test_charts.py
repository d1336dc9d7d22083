"""Charts say everything in words too, and are whole whatever they are given."""

from decimal import Decimal
from xml.etree import ElementTree

from samverkan.documents.charts import LOOKS, Group, Point, Share, bars, line, stacked

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


# A bar in parts ----------------------------------------------------------------------------------


def in_parts(*shares: Share, row: float = 300) -> ElementTree.Element:
    return ElementTree.fromstring(stacked("Torget", shares, row))  # noqa: S314


def widths(chart: ElementTree.Element) -> list[float]:
    rects = [rect.get("width", "") for rect in chart.findall(f"{SVG}rect")]
    return [float(width.removesuffix("%")) for width in rects if width.endswith("%")]


def test_the_parts_fill_the_bar_as_their_numbers_are():
    shown = widths(in_parts(Share("går", 3, "full"), Share("vilar", 1, "rest")))
    assert sum(shown) > 99
    assert abs(shown[0] - 3 * shown[1]) < 0.1


def test_each_part_has_its_number_and_its_name_and_what_there_is_none_of_has_none():
    chart = in_parts(Share("går", 3, "full"), Share("kvar", 0, "half"), Share("vilar", 1, "rest"))
    assert words(chart) == ["3 går", "1 vilar"]
    assert chart[0].text == "Torget"


def test_the_parts_are_told_apart_without_colour():
    chart = in_parts(*(Share(look, 1, look) for look in LOOKS))
    fills = [rect.get("fill", "") for rect in chart.findall(f"{SVG}rect")]
    assert len(set(fills)) == len(LOOKS)
    drawn_patterns = {pattern.get("id") for pattern in chart.iter(f"{SVG}pattern")}
    assert {fill[5:-1] for fill in fills if fill.startswith("url")} == drawn_patterns


def test_names_that_have_no_room_beside_each_other_stand_under_each_other():
    shares = [Share("en bit kvar och lite till", 10, look) for look in LOOKS]
    rows = {text.get("y", "") for text in in_parts(*shares, row=300).iter(f"{SVG}text")}
    assert len(rows) == len(LOOKS)
    assert float(in_parts(*shares).get("height", "")) > max(map(float, rows))


def test_nothing_at_all_is_a_bar_too():
    assert words(in_parts()) == []


# A line through the years ------------------------------------------------------------------------


def through(*points: tuple[str, int | str | None, int | None]) -> ElementTree.Element:
    drawn_points = [
        Point(
            label,
            None if value is None else Decimal(value),
            None if target is None else Decimal(target),
        )
        for label, value, target in points
    ]
    return ElementTree.fromstring(line("Utveckling", drawn_points))  # noqa: S314


def lines(chart: ElementTree.Element, role: str) -> list[dict[str, str]]:
    return [one.attrib for one in chart.iter(f"{SVG}line") if one.get("class") == role]


def test_each_point_says_its_value_in_swedish():
    chart = through(("T1\n2025", "1234.5", None), ("T2\n2025", 0, None))
    assert words(chart) == ["1\xa0234,5", "T1", "2025", "0", "T2", "2025"]


def test_the_line_is_broken_where_nothing_was_measured():
    chart = through(("1", 4, None), ("2", 7, None), ("3", None, None), ("4", 10, None))
    assert len(lines(chart, "series")) == 1
    assert len(list(chart.iter(f"{SVG}circle"))) == 3


def test_the_target_is_a_line_at_its_own_height_each_year():
    chart = through(("1", 10, 10), ("2", 5, 20), ("3", 5, None))
    ten, twenty = [float(one["y1"]) for one in lines(chart, "target")]
    circle = next(chart.iter(f"{SVG}circle"))
    assert twenty < ten == float(circle.get("cy", ""))


def test_the_scale_begins_at_nought_or_under_it():
    (axis,) = lines(through(("1", 100, None), ("2", 90, None)), "axis")
    hundred, ninety = [
        float(one.get("cy", ""))
        for one in through(("1", 100, None), ("2", 90, None)).iter(f"{SVG}circle")
    ]
    floor = float(axis["y1"])
    assert abs((floor - ninety) / (floor - hundred) - 0.9) < 0.01
    below = through(("1", -5, None), ("2", 5, None))
    assert float(next(below.iter(f"{SVG}circle")).get("cy", "")) == float(
        lines(below, "axis")[0]["y1"]
    )


def test_no_points_and_only_noughts():
    assert words(through()) == []
    assert words(through(("1", 0, 0))) == ["0", "1"]
