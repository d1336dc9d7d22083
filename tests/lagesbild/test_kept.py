"""The series of a figure are kept from year to year: tied, filled with what is new, made into figures."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from lagesbild.document import BlockDoc, SeriesDoc, TableDoc, blocks_of
from lagesbild.editable import KINDS
from lagesbild.kept import Tie, table_of, tied_as
from lagesbild.models import Block, FigurePart, Report
from lagesbild.services.loading import to_document
from samverkan.collaboration.editing import write
from samverkan.collaboration.undoing import undo
from samverkan.indicators.models import Indicator
from samverkan.indicators.series import Kept
from samverkan.organisation.models import User
from samverkan.organisation.vocabulary import Role
from tests.factories import a_district, a_member
from tests.indicators.register import an_indicator, read_in, said_of, values
from tests.indicators.test_pages import words
from tests.lagesbild.demonstration import PICTURE, envelope
from tests.lagesbild.storing import stored


def numbers(*said: Any) -> tuple[Decimal | None, ...]:
    return tuple(None if one is None else Decimal(str(one)) for one in said)


def kept(said: dict[str, Any], name: str = "Skadegörelse", **more: Any) -> Kept:
    return Kept(uuid4(), name, values=values(said), **more)


def tie(labels: str, row: tuple, indicator: Kept) -> Tie:
    series = SeriesDoc(indicator.name, numbers(*row), indicator.uuid)
    return Tie(TableDoc(tuple(labels.split()), (series,)), {indicator.uuid: indicator})


class TestFilled:
    def test_new_years_come_after_and_holes_are_filled(self) -> None:
        found = tie("2021 2022 2023", (3, None, 5), kept({"2022": 4, "2023": 5, "2024": 6}))
        assert found.filled.labels == ("2021", "2022", "2023", "2024")
        assert found.filled.series[0].values == numbers(3, 4, 5, 6)

    def test_what_differs_becomes_as_the_register_says(self) -> None:
        found = tie("2023 2024", (180, 140), kept({"2024": 142}))
        assert found.filled.series[0].values == numbers(180, 142)
        assert found.sentences == ["Registret har 142 för 2024, figuren 140."]

    def test_no_time_before_the_figure_comes_into_it(self) -> None:
        found = tie("2023", (180,), kept({"2020": 1, "2023": 180}))
        assert not found.has_news
        assert found.sentences == []

    def test_the_latest_year_first_stays_so(self) -> None:
        found = tie("2023 2022", (2, 1), kept({"2024": 3}))
        assert found.filled.labels == ("2024", "2023", "2022")

    def test_a_quarter_is_no_year(self) -> None:
        assert not tie("2023", (180,), kept({"Kv 1 2024": 9})).has_news

    def test_that_nothing_was_measured_takes_nothing_away(self) -> None:
        assert not tie("2023", (180,), kept({"2023": None})).has_news

    def test_a_part_of_a_year_that_became_the_whole_is_called_so(self) -> None:
        series = SeriesDoc("x", numbers(5, 0), UUID(int=1))
        one = Kept(UUID(int=1), "x", values=values({"2023": 3}))
        table = TableDoc(("2022", "2023 t.o.m. nov"), (series,))
        assert Tie(table, {one.uuid: one}).filled.labels == ("2022", "2023")

    def test_a_series_that_is_not_tied_has_a_gap(self) -> None:
        one = kept({"2024": 142}, unit="procent")
        table = TableDoc(
            ("2023",),
            (
                SeriesDoc("Skadegörelse", numbers(140), one.uuid),
                SeriesDoc("Annat", numbers(7)),
            ),
        )
        found = Tie(table, {one.uuid: one})
        assert [series.values for series in found.filled.series] == [
            numbers(140, 142),
            numbers(7, None),
        ]
        assert found.sentences == ["Registret har värden för 2024, som figuren inte har."]

    def test_an_indicator_that_is_not_here_says_nothing(self) -> None:
        one = kept({"2024": 142})
        assert not Tie(tie("2023", (1,), one).table, {}).has_news

    def test_what_is_no_time_is_left(self) -> None:
        assert not tie("Torget Parken", (1, 2), kept({"2024": 142})).has_news


class TestTied:
    BEFORE = TableDoc(
        ("2023",),
        (SeriesDoc("a", numbers(1), UUID(int=1)), SeriesDoc("b", numbers(2), UUID(int=2))),
    )

    def ties(self, *names: str) -> list[UUID | None]:
        table = TableDoc(("2023",), tuple(SeriesDoc(name, numbers(1)) for name in names))
        return [series.indicator for series in tied_as(table, self.BEFORE).series]

    def test_the_same_names_are_the_same_series_wherever_they_stand(self) -> None:
        assert self.ties("b", "a") == [UUID(int=2), UUID(int=1)]

    def test_one_that_has_got_another_name_is_the_same_where_it_stands(self) -> None:
        assert self.ties("a", "nytt") == [UUID(int=1), UUID(int=2)]

    def test_a_series_more_or_less_is_not_guessed_about(self) -> None:
        assert self.ties("a", "nytt", "b") == [UUID(int=1), None, UUID(int=2)]
        assert self.ties("nytt") == [None]


def test_a_figure_out_of_indicators_has_all_their_years() -> None:
    one, other = kept({"2022": 1, "2024": 3}), kept({"2023": 2}, "Klotter")
    table = table_of([one, other])
    assert table.labels == ("2022", "2023", "2024")
    assert [series.values for series in table.series] == [
        numbers(1, None, 3),
        numbers(None, 2, None),
    ]
    assert [series.indicator for series in table.series] == [one.uuid, other.uuid]
    assert table.labels_are == "År"


# In a report -----------------------------------------------------------------------------------


@pytest.fixture
def report(db: None) -> Report:
    return stored(envelope(PICTURE))


@pytest.fixture
def anna(report: Report, client: Any) -> User:
    anna = a_member(Role.COORDINATOR, report.district)
    client.force_login(anna)
    return anna


def figure_of(report: Report, series: str) -> BlockDoc:
    """The one with a series of that name."""
    document = to_document(Report.objects.with_heading().get(pk=report.pk))
    return next(
        block
        for block in blocks_of(document)
        if block.table and any(one.name == series for one in block.table.series)
    )


def series_of(report: Report, name: str) -> SeriesDoc:
    table = figure_of(report, name).table
    assert table
    return next(series for series in table.series if series.name == name)


def at(name: str, report: Report, figure: BlockDoc, kind: str = "block") -> str:
    return reverse(name, args=[report.district.slug, report.pk, kind, figure.uuid])


def kind_of(figure: BlockDoc) -> str:
    return "block" if Block.objects.filter(uuid=figure.uuid).exists() else "part"


def row_of(figure: BlockDoc) -> Any:
    model = Block if kind_of(figure) == "block" else FigurePart
    return model.objects.get(uuid=figure.uuid)


def page_of(client: Any, report: Report) -> str:
    address = reverse("report-write", args=[report.district.slug, report.year])
    return client.get(address).content.decode()


def tied(report: Report, name: str = "Trygga", *, values_: dict | None = None) -> Indicator:
    """The district's indicator of the series that the demonstration's figure is tied to already."""
    uuid = series_of(report, name).indicator
    read_in(report.district, name, values_ or {"2020": 52, "2021": 51, "2022": 56, "2023": 60})
    Indicator.objects.filter(name=name).update(uuid=uuid, unit="procent")
    return Indicator.objects.get(name=name)


def test_the_numbers_written_anew_stay_tied(report: Report, anna: User) -> None:
    figure, before = figure_of(report, "Trygga"), series_of(report, "Trygga")
    written = write(
        actor=anna,
        work=report,
        kind=KINDS[kind_of(figure)],
        row=figure.uuid,
        typed={"table": "År\tTrygga\n2022\t56\n2023\t61"},
        seen=report.version,
    )
    assert not written.conflicts
    assert series_of(report, "Trygga").values == numbers(56, 61)
    assert series_of(report, "Trygga").indicator == before.indicator
    undo(actor=anna, work=report)
    assert series_of(report, "Trygga") == before


def test_the_same_numbers_written_again_are_no_change(report: Report, anna: User) -> None:
    figure = figure_of(report, "Trygga")
    text = KINDS["block"].fields["table"].typed(Block.objects.get(uuid=figure.uuid).table)
    kind = KINDS[kind_of(figure)]
    written = write(
        actor=anna, work=report, kind=kind, row=figure.uuid, typed={"table": text}, seen=1
    )
    assert not written.changes


def test_the_writer_is_told_where_register_and_figure_differ(
    report: Report, anna: User, client: Any
) -> None:
    indicator = tied(report)
    assert "Hämta nya värden" not in page_of(client, report)
    read_in(report.district, "Trygga", {"2023": 61, "2024": 63})
    html = page_of(client, report)
    assert "Registret har 61\u00a0% för 2023, figuren 60\u00a0%." in html
    assert "Registret har värden för 2024, som figuren inte har." in html
    assert reverse("indicator", args=[report.district.slug, indicator.uuid]) in html


def test_new_values_come_into_the_figure_and_go_again(
    report: Report, anna: User, client: Any
) -> None:
    tied(report)
    read_in(report.district, "Trygga", {"2024": 63})
    figure, before = figure_of(report, "Trygga"), series_of(report, "Trygga")
    answer = client.post(at("report-fetch", report, figure, kind_of(figure)), follow=True)
    assert "Registrets värden är hämtade." in words(answer)
    assert series_of(report, "Trygga").values == numbers(52, 51, 56, 60, 63)
    report.refresh_from_db()
    undo(actor=anna, work=report)
    assert series_of(report, "Trygga") == before
    client.post(at("report-fetch", report, figure, kind_of(figure)))
    answer = client.post(at("report-fetch", report, figure, kind_of(figure)), follow=True)
    assert "Figuren hade redan registrets värden." in words(answer)


def test_a_series_becomes_an_indicator_with_its_values(
    report: Report, anna: User, client: Any
) -> None:
    figure = figure_of(report, "Akalla")
    before = series_of(report, "Akalla")
    answer = client.post(
        at("report-keep", report, figure, kind_of(figure)),
        {"serie-0": "ny", "namn-0": "Otrygga i Akalla", "seen": report.version},
        follow=True,
    )
    assert "Valet är sparat." in words(answer)
    made = Indicator.objects.get(name="Otrygga i Akalla")
    assert made.unit == "procent"
    assert series_of(report, "Akalla").indicator == made.uuid
    assert series_of(report, "Kista").indicator is None
    measured = [value for value in before.values if value is not None]
    assert list(said_of(made).values()) == measured
    report.refresh_from_db()
    undo(actor=anna, work=report)
    assert series_of(report, "Akalla").indicator is None


def test_a_chosen_indicator_gets_what_it_lacks_and_keeps_what_it_says(
    report: Report, anna: User, client: Any
) -> None:
    indicator = an_indicator(report.district, "Akallas", values={"2018": 99})
    figure = figure_of(report, "Akalla")
    address = at("report-keep", report, figure, kind_of(figure))
    client.post(address, {"serie-0": str(indicator.uuid), "seen": report.version})
    assert said_of(indicator)["2018"] == 99
    assert said_of(indicator)["2023"] == 27
    assert "Akalla: registret har 99 för 2018, figuren 24." in page_of(client, report)


@pytest.mark.parametrize("where", ["figure", "above"])
def test_the_numbers_of_an_internal_figure_are_in_the_register_for_those_who_work_there_alone(
    report: Report, anna: User, client: Any, where: str
) -> None:
    open_, hidden = (
        an_indicator(report.district, name, values={"1990": 1}, is_internal=name == "Dold")
        for name in ("Öppen", "Dold")
    )
    figure = figure_of(report, "Akalla")
    row = row_of(figure)
    marked = row if where == "figure" else getattr(row, "block", row).section
    type(marked).objects.filter(pk=marked.pk).update(is_internal=True)
    address = at("report-keep", report, figure, kind_of(figure))
    assert "en ny indikator blir också intern" in words(client.get(address))

    def keep(**said: str) -> None:
        report.refresh_from_db()
        assert client.post(address, said | {"seen": report.version}).status_code == 302

    keep(**{"serie-0": "ny", "namn-0": "Otrygga i Akalla"})
    assert Indicator.objects.get(name="Otrygga i Akalla").is_internal
    keep(**{"serie-0": str(open_.uuid)})
    assert list(said_of(open_)) == ["1990"]
    assert series_of(report, "Akalla").indicator == open_.uuid  # tied all the same
    keep(**{"serie-0": str(hidden.uuid)})
    assert said_of(hidden)["2023"] == 27


def test_an_open_figure_that_gets_values_from_an_internal_indicator_is_internal(
    report: Report, anna: User, client: Any
) -> None:
    indicator = an_indicator(report.district, "Dold", values={"2023": 99}, is_internal=True)
    figure = figure_of(report, "Akalla")
    said = {"serie-0": str(indicator.uuid), "seen": report.version}
    client.post(at("report-keep", report, figure, kind_of(figure)), said)
    assert not row_of(figure).is_internal
    Indicator.objects.get(pk=indicator.pk).values.filter(label="2023").update(value=7)
    fetch = at("report-fetch", report, figure, kind_of(figure))
    assert "Figuren är intern nu" in words(client.post(fetch, follow=True))
    marked = row_of(figure)
    assert (marked.is_internal, marked.internal_reason) == (True, "En indikator som är intern")
    report.refresh_from_db()
    undo(actor=anna, work=report)
    marked.refresh_from_db()
    assert (marked.is_internal, marked.internal_reason) == (False, "")


def test_two_series_are_not_kept_as_one(report: Report, anna: User, client: Any) -> None:
    indicator = an_indicator(report.district)
    figure = figure_of(report, "Akalla")
    both = {"serie-0": str(indicator.uuid), "serie-1": str(indicator.uuid), "seen": report.version}
    answer = client.post(at("report-keep", report, figure, kind_of(figure)), both)
    assert "”Akalla” och ”Kista” kan inte vara samma indikator" in words(answer)
    assert series_of(report, "Akalla").indicator is None


def test_what_another_changed_meanwhile_is_not_written_over(
    report: Report, anna: User, client: Any
) -> None:
    seen, figure = report.version, figure_of(report, "Akalla")
    bertil = a_member(Role.COORDINATOR, report.district)
    write(
        actor=bertil,
        work=report,
        kind=KINDS[kind_of(figure)],
        row=figure.uuid,
        typed={"table": "År\tAkalla\n2022\t1\n2023\t2"},
        seen=seen,
    )
    said = {"serie-0": "ny", "namn-0": "Otrygga i Akalla", "seen": seen}
    answer = client.post(at("report-keep", report, figure, kind_of(figure)), said)
    assert "ändrade siffrorna medan du tittade" in words(answer)
    assert not Indicator.objects.filter(name="Otrygga i Akalla").exists()


def test_a_figure_of_places_cannot_be_kept(report: Report, anna: User, client: Any) -> None:
    figure = figure_of(report, "Hela staden")
    page = words(client.get(at("report-keep", report, figure, kind_of(figure))))
    assert "Bara en utveckling över tid kan följas från år till år." in page


def compose(client: Any, report: Report, *indicators: Indicator, **said: str) -> Any:
    section = report.all_sections.order_by("pk")[0]
    address = reverse("report-compose", args=[report.district.slug, report.pk, section.uuid])
    chosen = {"indikator": [str(one.uuid) for one in indicators]}
    return client.post(address, chosen | said, follow=True)


def test_a_figure_is_made_of_indicators_from_nothing(
    report: Report, anna: User, client: Any
) -> None:
    one = an_indicator(report.district, "Klotter", unit="anmälda brott", source="Polisen")
    other = an_indicator(report.district, "Stölder", unit="anmälda brott", source="Brå")
    compose(client, report, one, other, form="linje", caption="Klotter och stölder")
    figure = figure_of(report, "Klotter")
    assert (figure.caption, figure.unit, figure.source) == (
        "Klotter och stölder",
        "anmälda brott",
        "Polisen; Brå",
    )
    assert series_of(report, "Klotter").values == numbers(274, 180, 142)
    assert series_of(report, "Klotter").indicator == one.uuid
    assert not figure.is_internal


def test_what_is_internal_in_the_register_is_so_in_the_figure(
    report: Report, anna: User, client: Any
) -> None:
    compose(client, report, an_indicator(report.district, "Drogscener", is_internal=True))
    assert figure_of(report, "Drogscener").is_internal


def test_what_has_no_scale_in_common_is_not_drawn_together(
    report: Report, anna: User, client: Any
) -> None:
    one = an_indicator(report.district, "Trygga ute", unit="procent")
    other = an_indicator(report.district, "Stölder", unit="anmälda brott")
    assert "olika enheter" in words(compose(client, report, one, other))
    often = an_indicator(report.district, "Per kvartal", unit="procent", values={"Kv 1 2024": 1})
    assert "olika ofta" in words(compose(client, report, one, often))
    assert "Välj minst en indikator." in words(compose(client, report))


# Of a district that has become this one --------------------------------------------------------


@pytest.fixture
def before(report: Report) -> Indicator:
    """What Rinkeby kept, before it became a part of the district."""
    rinkeby = a_district("Rinkeby", "rinkeby", municipality=report.district.municipality)
    report.district.predecessors.add(rinkeby)
    return an_indicator(rinkeby, "Klotter", unit="anmälda brott", values={"2021": 10, "2022": 8})


def test_what_was_kept_before_a_merger_is_drawn_beside_what_is_kept_now_and_never_added_to_it(
    report: Report, anna: User, client: Any, before: Indicator
) -> None:
    now = an_indicator(
        report.district, "Klotter", unit="anmälda brott", values={"2022": 20, "2023": 30}
    )
    compose(client, report, now, before, caption="Klotter")
    assert series_of(report, "Klotter").values == numbers(None, 20, 30)
    earlier = series_of(report, "Klotter, Rinkeby")
    assert earlier.values == numbers(10, 8, None)
    assert earlier.indicator == before.uuid
    assert "Följs från år till år: Klotter , Klotter, Rinkeby" in words(
        client.get(reverse("report-write", args=[report.district.slug, report.year]))
    )


def test_a_series_can_be_what_was_kept_before_and_gives_it_no_values(
    report: Report, anna: User, client: Any, before: Indicator
) -> None:
    figure = figure_of(report, "Trygga")
    stood = said_of(before)
    address = at("report-keep", report, figure, kind_of(figure))
    assert "Klotter, Rinkeby (anmälda brott)" in words(client.get(address))
    assert figure.table
    place = [series.name for series in figure.table.series].index("Trygga")
    seen = Report.objects.get(pk=report.pk).version
    client.post(address, {f"serie-{place}": str(before.uuid), "seen": seen})
    assert series_of(report, "Trygga").indicator == before.uuid
    assert said_of(before) == stood
