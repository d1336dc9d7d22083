"""What is copied in Excel, Word or Teams becomes what the one who copied it meant."""

from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from plans.document import ActionDoc, CauseDoc, ProblemDoc
from plans.reading import labels
from plans.reading.clipboard import read_clipboard
from plans.reading.labels import CAUSE, PROBLEM, TIMING, Meaning
from plans.reading.pasted import FORM, Into, Pasted, read_pasted
from tests.reading.sources import known

TORGET = ProblemDoc(UUID(int=1), "Otryggt torg", causes=(CauseDoc(UUID(int=2), "Mörkt"),))
HEADINGS = "Problem\tOrsak\tÅtgärd\tOperativa mål\tTid\tAnsvar\tPlan för uppföljning\n"
PLACES = "Otrygga och brottsutsatta platser"


def read(
    text: str = "", html: str = "", answers: dict[str, str] | None = None, **into: Any
) -> Pasted:
    """Pasted under an orsak, by somebody who writes for the förvaltning and for the police."""
    here = Into(
        area=UUID(int=9),
        title=PLACES,
        problems=(TORGET,),
        parties=known().parties[:2],
        cause=UUID(int=2),
    )
    source = read_clipboard(html, text)
    return read_pasted(source, into=replace(here, **into), known=known(), answers=answers or {})


def the_action(found: Pasted) -> ActionDoc:
    (action,) = found.area.actions
    return action


def chain(found: Pasted) -> list[tuple[str, str, str]]:
    """Problem, orsak and åtgärd, line by line."""
    rows: dict[UUID | None, tuple[str, str]] = {None: ("", "")}
    for problem in found.area.problems:
        rows[problem.uuid] = (problem.text, "")
        rows |= {cause.uuid: (problem.text, cause.text) for cause in problem.causes}
    return [
        (*rows[one.cause or one.problem], one.name or one.description) for one in found.area.actions
    ]


def left(found: Pasted) -> list[tuple[str, str]]:
    return [(one.text, one.why) for one in found.left]


class TestRowsOutOfATable:
    def test_its_headings_say_what_is_what_in_any_order(self) -> None:
        action = the_action(read("Ansvar\tÅtgärd\tNär\nPolisen\tNattvandring\tT1\n"))
        assert (action.responsible, action.description, action.timing) == (
            "Polisen",
            "Nattvandring",
            "T1",
        )

    def test_headings_are_known_by_all_the_names_that_files_have_for_them(self) -> None:
        action = the_action(
            read(
                "Insats\tFinansiering\tHur ofta\tSamman kallande\tHur följs det upp\tDelmål\n"
                "Vandra\tEgen budget\t2 ggr/år\tSdf\tEnkät\tTio kvällar\n"
            )
        )
        assert (action.description, action.funding, action.meeting_frequency) == (
            "Vandra",
            "Egen budget",
            "2 ggr/år",
        )
        assert (action.convener, action.follow_up_plan) == ("Sdf", "Enkät")
        assert [goal.text for goal in action.goals] == ["Tio kvällar"]

    @pytest.mark.parametrize(
        "meaning", [one for one in labels.everything() if one.row == "action"], ids=str
    )
    def test_each_field_of_an_action_is_taken(self, meaning: Meaning) -> None:
        answers = {"label:saken": meaning.value, "label:namnet": "action.name"}
        found = read("Åtgärd\tTid\tSaken\nVandra\tMaj\tNågot\n", answers=answers)
        assert "Något" in getattr(the_action(found), meaning.field)
        assert not found.left

    def test_a_partys_own_column_is_its_atagande(self) -> None:
        action = the_action(
            read("Åtgärd\tPolisens åtagande\tPolisens kontakt\nVandra\tGår med\tKommunpolis\n")
        )
        (commitment,) = action.commitments
        assert (commitment.party, commitment.text, commitment.contact_role) == (
            "polis",
            "Går med",
            "Kommunpolis",
        )

    def test_without_headings_the_columns_begin_where_it_was_pasted(self) -> None:
        found = read("Otryggt torg\tTomt\tVandra\n", begins=PROBLEM)
        assert chain(found) == [("Otryggt torg", "Tomt", "Vandra")]
        assert chain(read("Tomt\tVandra\n", begins=CAUSE)) == [("Otryggt torg", "Tomt", "Vandra")]
        found = read("T1\tPolisen\n", begins=TIMING)
        assert [question.answer for question in found.questions] == [
            "action.timing",
            "action.responsible",
        ]

    def test_a_whole_row_of_the_form_begins_with_the_problem_wherever_it_was_pasted(self) -> None:
        found = read("Torget\tMörkt\tBelys\tTio lampor\tMaj\tSdf\n")
        assert chain(found) == [("Torget", "Mörkt", "Belys")]
        assert the_action(found).responsible == "Sdf"

    def test_a_first_row_that_only_begins_like_a_heading_is_a_row(self) -> None:
        found = read("Åtgärda belysningen\tMaj\nMåla tunneln\tJuni\n")
        assert len(found.area.actions) == 2

    def test_problem_and_orsak_that_are_empty_are_those_of_the_row_above(self) -> None:
        rows = "Torget\tMörkt\tBelys\n\t\tKlipp häckar\n\tTomt\tVandra\nTunneln\t\tMåla\n"
        assert chain(read(HEADINGS + rows)) == [
            ("Torget", "Mörkt", "Belys"),
            ("Torget", "Mörkt", "Klipp häckar"),
            ("Torget", "Tomt", "Vandra"),
            ("Tunneln", "", "Måla"),
        ]

    def test_a_problem_that_stands_in_the_area_is_gone_on_with(self) -> None:
        found = read(HEADINGS + "OTRYGGT  torg\tMörkt\tBelys\nOtryggt torg\tTomt\tVandra\n")
        (problem,) = found.area.problems
        assert (problem.uuid, problem.causes[0].uuid) == (UUID(int=1), UUID(int=2))
        assert found.stands == {UUID(int=1), UUID(int=2)}
        assert problem.causes[1].text == "Tomt"

    def test_what_names_no_problem_hangs_on_what_it_was_pasted_in(self) -> None:
        rows = "Åtgärd\tTid\nVandra\tMaj\n"
        assert chain(read(rows)) == [("Otryggt torg", "Mörkt", "Vandra")]
        under_problem = read(rows, cause=None, problem=UUID(int=1))
        assert chain(under_problem) == [("Otryggt torg", "", "Vandra")]
        assert chain(read(rows, cause=None)) == [("", "", "Vandra")]

    def test_what_stands_there_and_gets_nothing_is_not_shown_again(self) -> None:
        assert not read("Åtgärd\tTid\nVandra\tMaj\n", cause=None).area.problems

    def test_a_name_is_set_off_by_a_colon(self) -> None:
        action = the_action(read("Åtgärd\tTid\nVandring: två kvällar i veckan\tMaj\n"))
        assert (action.name, action.description) == ("Vandring", "två kvällar i veckan")

    def test_no_word_is_lost_where_two_columns_are_said_to_be_the_same(self) -> None:
        answers = dict.fromkeys(("column:0:0", "column:0:1"), "action.responsible")
        found = read(
            "Sdf\tPolisen\tVandra\n", answers=answers | {"column:0:2": "action.description"}
        )
        assert the_action(found).responsible == "Sdf\nPolisen"

    def test_cells_of_one_column_are_an_action_each(self) -> None:
        html = "<table><tr><td>Vandra</td></tr><tr><td>Måla</td></tr></table>"
        assert [row[-1] for row in chain(read(html=html, text="Vandra\nMåla"))] == [
            "Vandra",
            "Måla",
        ]

    def test_a_first_row_that_tells_what_to_do_is_no_help_text_where_there_are_no_headings(
        self,
    ) -> None:
        found = read("Skriv en plan\tBeskriv läget\nVandra\tMaj\n")
        assert len(found.area.actions) == 2

    def test_merged_cells_from_excel_go_on_downwards(self) -> None:
        html = (
            "<table><tr><td>Problem</td><td>Orsak</td><td>Åtgärd</td></tr>"
            "<tr><td rowspan=2>Torget</td><td rowspan=2>Mörkt</td><td>Belys</td></tr>"
            "<tr><td>Klipp häckar</td></tr></table>"
        )
        assert chain(read(html=html)) == [
            ("Torget", "Mörkt", "Belys"),
            ("Torget", "Mörkt", "Klipp häckar"),
        ]


class TestAnActivityOutOfWord:
    HTML = (
        "<table><tr><td>Aktivitet</td><td>Nattvandring</td></tr>"
        "<tr><td>Löptid</td><td>Hela 2025</td></tr>"
        "<tr><td>Mötesfrekvens</td><td>1 gång i månaden</td></tr>"
        "<tr><td>Polisens åtagande</td><td><ul><li>Går med</li><li>Berättar</li></ul></td></tr>"
        "<tr><td>Uppföljning</td><td>Enkät i maj</td></tr>"
        "<tr><td>Egen rubrik</td><td>Egna ord</td></tr></table>"
    )

    def test_its_labels_say_what_is_what(self) -> None:
        found = read(html=self.HTML)
        action = the_action(found)
        assert (action.name, action.timing, action.meeting_frequency, action.follow_up_plan) == (
            "Nattvandring",
            "Hela 2025",
            "1 gång i månaden",
            "Enkät i maj",
        )
        assert action.commitments[0].text == "- Går med\n- Berättar"
        assert chain(found) == [("Otryggt torg", "Mörkt", "Nattvandring")]

    def test_each_label_can_be_set_right_and_is_asked_about_again(self) -> None:
        answers = {"label:egenrubrik": "action.promise", "label:loptid": "ovrigt"}
        found = read(html=self.HTML, answers=answers)
        assert the_action(found).promise == "Egna ord"
        assert [one.text for one in found.left] == ["Hela 2025"]
        asked = {question.key: question.answer for question in found.questions}
        assert asked["label:egenrubrik"] == "action.promise"
        assert asked["label:loptid"] == "ovrigt"


class TestLists:
    def test_a_list_is_an_action_to_an_item(self) -> None:
        found = read("- Nattvandring: två kvällar\n- Måla tunneln\n")
        assert chain(found) == [
            ("Otryggt torg", "Mörkt", "Nattvandring"),
            ("Otryggt torg", "Mörkt", "Måla tunneln"),
        ]

    def test_under_a_label_it_is_what_the_label_says(self) -> None:
        found = read("Problem:\n- Tunneln\nOrsaker:\n- Trasiga lampor\nÅtgärder:\n- Byt dem\n")
        assert chain(found) == [("Tunneln", "Trasiga lampor", "Byt dem")]

    def test_where_a_problem_is_written_a_list_is_problems(self) -> None:
        found = read("- Tunneln\n- Stationen\n", begins=PROBLEM, cause=None)
        assert [problem.text for problem in found.area.problems] == ["Tunneln", "Stationen"]

    def test_where_an_orsak_is_written_a_list_is_orsaker(self) -> None:
        found = read("- Tomt\n- Trångt\n", begins=CAUSE, cause=None, problem=UUID(int=1))
        (problem,) = found.area.problems
        assert [cause.text for cause in problem.causes] == ["Tomt", "Trångt"]

    def test_a_label_after_an_action_is_about_it(self) -> None:
        assert the_action(read("- Måla tunneln\n\nAnsvar: Fastighetsägaren\n")).responsible == (
            "Fastighetsägaren"
        )

    def test_what_leads_up_to_the_list_is_no_action_until_somebody_says_so(self) -> None:
        text = "Under året ska vi:\n- Måla tunneln\n"
        found = read(text)
        assert left(found) == [("Under året ska vi:", "det går inte att se var det hör hemma")]
        question = found.left[0].question
        assert question
        found = read(text, answers={question.key: "area.comment"})
        assert (found.area.comment, found.left) == ("Under året ska vi:", ())

    def test_what_the_items_are_can_be_said_once_for_all_of_them(self) -> None:
        text = "- Tunneln är mörk\n- Stationen är tom\n"
        (question,) = read(text).questions
        found = read(text, answers={question.key: "problem.text"})
        assert len(found.area.problems) == 2
        assert not found.area.actions


class TestWhatIsNotTaken:
    def test_results_belong_to_the_follow_up_and_can_be_called_something_else(self) -> None:
        text = "Åtgärd\tTid\tUppföljning\nVandra\tMaj\tTio kvällar\n"
        found = read(text)
        assert left(found) == [("Tio kvällar", "resultatet skrivs i uppföljningen, inte i planen")]
        found = read(text, answers={"label:uppfoljning": "action.follow_up_plan"})
        assert the_action(found).follow_up_plan == "Tio kvällar"

    def test_another_partys_atagande_is_left_to_the_party(self) -> None:
        found = read(
            "Åtgärd\tTid\tPolisens åtagande\nVandra\tMaj\tGår med\n",
            parties=known().parties[:1],
        )
        assert not the_action(found).commitments
        ((text, why),) = left(found)
        assert (text, why.endswith("skrivs av parten själv och av samordnaren")) == (
            "Går med",
            True,
        )

    def test_a_party_that_nobody_knows_is_not_made_up(self) -> None:
        found = read("Åtgärd\tTid\tRymdbolagets åtagande\nVandra\tMaj\tTittar ner\n")
        assert left(found) == [("Tittar ner", "Rymdbolaget finns inte bland parterna")]
        answers = {"label:rymdbolagetsatagande": "commitment.text@Polisen"}
        found = read(
            "Åtgärd\tTid\tRymdbolagets åtagande\nVandra\tMaj\tTittar ner\n", answers=answers
        )
        assert the_action(found).commitments[0].party == "polis"

    def test_an_areas_text_fills_what_is_empty_and_writes_over_nothing(self) -> None:
        text = "Övergripande mål\nTrygga kvällar\n"
        assert read(text).area.overall_goal == "Trygga kvällar"
        found = read(text, written=frozenset({"overall_goal"}))
        assert (found.area.overall_goal, left(found)) == (
            "",
            [("Trygga kvällar", f"{PLACES} har redan en text under övergripande mål och syfte")],
        )

    def test_a_column_nobody_knows_a_picture_and_a_link_are_shown(self) -> None:
        html = (
            "<table><tr><td>Åtgärd</td><td>Tid</td><td>Zon</td></tr><tr><td>Vandra"
            '<img alt="Karta"></td><td>Maj</td><td>Gul</td></tr></table>'
        )
        found = read(html=html)
        assert [(one.label, one.text) for one in found.left] == [("Zon", "Gul"), ("Bild", "Karta")]

    def test_an_action_that_no_column_tells_is_not_made_up(self) -> None:
        found = read("T1\tPolisen\n", begins=TIMING)
        assert not found.area.actions
        assert [one.text for one in found.left] == ["T1", "Polisen"]


class TestWhichArea:
    def test_all_goes_into_the_area_that_it_was_pasted_in_and_that_is_said(self) -> None:
        html = (
            "<h2>Unga i riskzon för destruktivt beteende</h2><table><tr><td>Problem</td>"
            "<td>Orsak</td><td>Åtgärd</td></tr><tr><td>Skolan</td><td>Rörigt</td><td>Vuxna</td></tr>"
            "</table>"
        )
        found = read(html=html)
        assert found.warnings == (
            f"Texten nämner Unga i riskzon för destruktivt beteende. Allt läggs i {PLACES}.",
        )
        assert chain(found) == [("Skolan", "Rörigt", "Vuxna")]

    def test_a_column_of_areas_is_no_areas(self) -> None:
        named = "Systemhotande brottslighet"
        rows = f"{named}\tTorget\tMörkt\tVandra\n{named}\t\t\tMåla\n"
        found = read("Område\tProblem\tOrsak\tÅtgärd\n" + rows)
        assert chain(found) == [("Torget", "Mörkt", "Vandra"), ("Torget", "Mörkt", "Måla")]
        assert (len(found.area.actions), len(found.warnings)) == (2, 1)
        assert found.document.areas[0].title == PLACES

    def test_its_own_name_is_nothing_to_say(self) -> None:
        for title in (PLACES, "Ett eget område"):
            found = read(f"{title}\n\n- Vandra\n", title=title)
            assert (len(found.area.actions), found.warnings, found.left) == (1, (), ())


@pytest.mark.parametrize(
    "text",
    [
        HEADINGS
        + "Torget\tMörkt\tBelys: tio lampor\t- Ett\tMaj\tSdf\tEnkät\n\t\tMåla\t\t\t\t\textra\n",
        "Rubrik\n\nEn mening.\n- Ett\n- Två\nAnsvar: Polisen\nOrsak: Tomt\n",
        "Område\tÅtgärd\tOrsak\nTorget\tVandra\tTomt\n",
        "ett\ttvå\ttre\tfyra\tfem\tsex\tsju\tåtta\n",
    ],
)
@pytest.mark.parametrize("begins", FORM)
def test_each_word_is_in_what_it_becomes_or_among_what_is_left(text: str, begins: Meaning) -> None:
    found = read(text, begins=begins, cause=None)
    said = f"{found.document} {found.left} {found.warnings}"
    named = " ".join(question.asks for question in found.questions)  # its labels
    for word in text.replace("- ", "").replace("\n", " ").replace(":", " ").split():
        assert word in said or word in named or word in ("Ansvar", "Orsak"), word
