"""What the rows and paragraphs of a file mean, as a careful colleague reads them."""

import pytest

from plans.counting import count_plan
from plans.document import NotAPlan, PlanDocument
from plans.reading.interpret import interpret
from plans.reading.outcome import Reading
from plans.reading.source import Cell, Note, Source, Table
from plans.vocabulary import ActionState, Layout, TimingKind
from samverkan.reading.outcome import Answers, Sureness
from tests.reading.sources import excel, known, sheet, word

HEAD = ["Problem/utmaning", "Orsak", "Åtgärd", "Operativa mål", "Tid", "Ansvar", "Uppföljning"]
HELP = ["Ange problemet här", "Beskriv orsaken", "Koppla åtgärden till orsaken", "", "", "", ""]
PLACES = "Otrygga och brottsutsatta platser"
YOUNG = "Unga i riskzon för destruktivt beteende"


def read(source: Source, answers: Answers | None = None, year: int = 2025) -> Reading:
    return interpret(source, known=known(year), answers=answers or {})


def form(*rows: list[str], title: str = PLACES, name: str = "Platser") -> Source:
    return excel(sheet(name, [title], HEAD, HELP, *rows))


def unsure(reading: Reading) -> list[str]:
    return [question.asks for question in reading.questions if question.sureness == Sureness.UNSURE]


def kept(document: PlanDocument) -> dict[str, str]:
    return {extra.label: extra.text for extra in document.extras}


class TestTheCitysForm:
    def test_each_row_is_an_action_under_its_cause_and_its_problem(self) -> None:
        reading = read(
            form(
                ["Torget", "Mörkt", "Fler lampor", "Ljusare", "T1", "Sdf", "Klart i maj"],
                ["Torget", "Tomt", "Öppet café", "Fler besökare", "Löpande", "Sdf", ""],
            )
        )
        (area,) = reading.document.areas
        (problem,) = area.problems
        assert (problem.text, [cause.text for cause in problem.causes]) == (
            "Torget",
            ["Mörkt", "Tomt"],
        )
        lamps, cafe = area.actions
        assert lamps.cause == problem.causes[0].uuid
        assert (lamps.description, lamps.goals[0].text) == ("Fler lampor", "Ljusare")
        assert (cafe.timing, cafe.timing_kind, cafe.responsible) == (
            "Löpande",
            TimingKind.ONGOING,
            "Sdf",
        )
        (year_end,) = reading.document.rounds
        assert [(answer.action, answer.text) for answer in year_end.answers] == [
            (lamps.uuid, "Klart i maj")
        ]
        assert reading.document.layout == Layout.CAUSES
        assert not reading.questions

    def test_an_empty_problem_or_cause_is_that_of_the_row_above(self) -> None:
        reading = read(
            form(
                ["Torget", "Mörkt", "Lampor"],
                ["", "", "Klippa buskar"],
                ["", "Tomt", "Café"],
                ["Parken", "", "Städa"],
            )
        )
        assert count_plan(reading.document).causes == 2
        lamps, bushes, cafe, clean = reading.document.areas[0].actions
        assert lamps.cause == bushes.cause != cafe.cause
        assert clean.problem == reading.document.areas[0].problems[1].uuid

    def test_the_same_problem_far_down_is_the_same_and_its_cause_is_its_own(self) -> None:
        reading = read(
            form(
                ["Torget", "Mörkt", "Lampor"],
                ["Parken", "Mörkt", "Klippa buskar"],
                ["TORGET ", "mörkt", "Vandring"],
            )
        )
        counts = count_plan(reading.document)
        assert (counts.problems, counts.causes, counts.actions) == (2, 2, 3)

    @pytest.mark.parametrize(
        ("cell", "name", "description"),
        [
            ("Vandring: två kvällar i veckan", "Vandring", "två kvällar i veckan"),
            ("Vandring\nTvå kvällar i veckan", "Vandring", "Två kvällar i veckan"),
            ("Vi vandrar. Så här: vi går.", "", "Vi vandrar. Så här: vi går."),
            ("Vandring", "", "Vandring"),
            ("- Vandra\n- Gå", "", "- Vandra\n- Gå"),
        ],
    )
    def test_a_name_is_set_off_by_a_colon_or_stands_on_its_own_line(
        self, cell: str, name: str, description: str
    ) -> None:
        (action,) = read(form(["Torget", "Mörkt", cell])).document.areas[0].actions
        assert (action.name, action.description) == (name, description)

    def test_a_row_that_only_goes_on_belongs_to_the_action_above(self) -> None:
        reading = read(
            form(
                ["Torget", "Mörkt", "Lampor", "Ljusare", "T1", "Sdf"],
                ["", "", "", "Färre brott", "", "Polisen"],
            )
        )
        (action,) = reading.document.areas[0].actions
        assert [goal.text for goal in action.goals] == ["Ljusare", "Färre brott"]
        assert action.responsible == "Sdf\nPolisen"

    def test_a_problem_may_stand_without_an_action(self) -> None:
        reading = read(form(["Torget", "Mörkt", ""], ["Parken", "", "Städa"]))
        counts = count_plan(reading.document)
        assert (counts.problems, counts.causes, counts.actions) == (2, 1, 1)

    def test_a_cause_without_a_problem_is_kept_and_said(self) -> None:
        reading = read(form(["", "Mörkt", "Lampor"]))
        assert kept(reading.document) == {"Orsak": "Mörkt"}
        assert reading.warnings == (
            "Platser, B4: orsaken har inget problem, och sparas som övrigt.",
        )

    def test_the_state_is_set_where_the_words_are_certain(self) -> None:
        reading = read(
            form(
                ["Torget", "Mörkt", "Lampor", "", "", "", "Genomförd"],
                ["", "", "Café", "", "", "", "Det mesta är genomfört"],
            )
        )
        answers = reading.document.rounds[0].answers
        assert [answer.state for answer in answers] == [ActionState.DONE, None]
        assert [answer.text for answer in answers] == ["Genomförd", "Det mesta är genomfört"]

    def test_what_somebody_wrote_among_the_help_texts_is_kept(self) -> None:
        source = excel(
            sheet("Platser", [PLACES], HEAD, [*HELP[:3], "Ej ifyllt i år"], ["Torget", "", "Städa"])
        )
        assert kept(read(source).document) == {"Operativa mål": "Ej ifyllt i år"}

    def test_a_date_in_the_time_is_when_it_ends(self) -> None:
        from datetime import date

        rows = form(["Torget", "Mörkt", "Lampor", "", "2025-05-31"]).blocks[0]
        assert isinstance(rows, Table)
        *above, last = rows.rows
        dated = Cell(3, 4, "2025-05-31", date=date(2025, 5, 31))
        source = excel(Table("Platser", (*above, (*last[:-1], dated)), is_sheet=True))
        (action,) = read(source).document.areas[0].actions
        assert (action.ends_on, action.timing_kind) == (date(2025, 5, 31), TimingKind.DATE)

    def test_text_below_the_table_is_asked_about(self) -> None:
        source = form(["Torget", "Mörkt", "Lampor"], [], ["Beslutat på mötet i mars"])
        reading = read(source)
        assert reading.document.areas[0].comment == "Beslutat på mötet i mars"
        (question,) = reading.questions
        assert question.sureness == Sureness.UNSURE
        as_problem = read(source, {question.key: "problem.text"}).document.areas[0]
        assert [problem.text for problem in as_problem.problems] == [
            "Torget",
            "Beslutat på mötet i mars",
        ]


class TestColumns:
    def test_they_are_known_by_other_words_in_any_order(self) -> None:
        source = excel(
            sheet("Platser", [PLACES], ["Aktör", "Insats", "När"], ["Polisen", "Vandring", "T2"])
        )
        (action,) = read(source).document.areas[0].actions
        assert (action.responsible, action.description, action.timing) == (
            "Polisen",
            "Vandring",
            "T2",
        )

    def test_damaged_and_misspelled_letters_are_read(self) -> None:
        source = excel(
            sheet(
                "Platser",
                [PLACES],
                ["Problem", "Orsdk", "dtgdrd", "Operativa mal", "Tidd", "Ansvr"],
                ["Torget", "Mörkt", "Lampor", "Ljusare", "T1", "Sdf"],
            )
        )
        reading = read(source)
        (action,) = reading.document.areas[0].actions
        assert (action.description, action.timing, action.responsible) == ("Lampor", "T1", "Sdf")
        assert count_plan(reading.document).causes == 1
        assert not unsure(reading)

    def test_one_that_nobody_knows_is_kept_until_somebody_says_what_it_is(self) -> None:
        source = excel(
            sheet("Platser", [PLACES], ["Åtgärd", "Ansvar", "Prio"], ["Vandring", "Sdf", "Hög"])
        )
        reading = read(source)
        (extra,) = reading.document.extras
        assert (extra.where, extra.label, extra.text) == ("Platser, C3", "Prio", "Hög")
        (question,) = reading.questions
        assert question.asks == "Vad står i kolumnen ”Prio”?"
        answered = read(source, {question.key: "action.communication"})
        assert answered.document.areas[0].actions[0].communication == "Hög"
        assert not answered.document.extras

    def test_one_that_was_taken_for_another_can_be_kept_instead(self) -> None:
        source = excel(
            sheet("Platser", [PLACES], ["Åtgärd", "Ansvar", "Kostn"], ["Vandring", "Sdf", "5 tkr"])
        )
        reading = read(source)
        assert reading.document.areas[0].actions[0].funding == "5 tkr"
        (question,) = reading.questions
        assert kept(read(source, {question.key: "ovrigt"}).document) == {"Kostn": "5 tkr"}

    def test_a_party_may_have_a_column_of_its_own(self) -> None:
        source = excel(
            sheet(
                "Platser",
                [PLACES],
                ["Åtgärd", "Polisens åtagande", "Trafikkontorets åtagande"],
                ["Vandring", "Går med", "Lagar lampor"],
            )
        )
        reading = read(source)
        (action,) = reading.document.areas[0].actions
        assert [(one.party, one.text) for one in action.commitments] == [
            ("polis", "Går med"),
            ("trafikkontoret", "Lagar lampor"),
        ]
        assert [party.name for party in reading.document.parties][-1] == "Trafikkontoret"


class TestAreas:
    def test_a_title_spelled_wrong_or_cut_short_is_the_area(self) -> None:
        for title in (
            "Systemhotade brottslighet",
            "2. Systemhotande brottslighet",
            "systemhotande",
        ):
            (area,) = read(form(["Torget", "", "Städa"], title=title)).document.areas
            assert area.slug == "systemhotande-brottslighet"

    def test_without_a_title_the_sheet_says_which_area(self) -> None:
        source = excel(sheet("Otrygga platser", HEAD, ["Torget", "Mörkt", "Lampor"]))
        (area,) = read(source).document.areas
        assert (area.slug, area.title) == ("otrygga-och-brottsutsatta-platser", "Otrygga platser")

    def test_an_empty_page_of_the_catalogue_is_an_area_and_the_empty_own_one_is_none(self) -> None:
        source = excel(
            sheet("Platser", [PLACES], HEAD, HELP),
            sheet("Eget", ["[Eget prioriterat område]"], HEAD, HELP),
        )
        (area,) = read(source).document.areas
        assert (area.title, area.actions) == (PLACES, ())

    def test_an_area_that_nobody_knows_is_the_districts_own_until_somebody_says(self) -> None:
        source = form(["Båtar", "", "Patrullera"], title="Stölder i hamnen", name="Hamnen")
        reading = read(source)
        (area,) = reading.document.areas
        assert (area.own, area.slug) == (True, "stolder-i-hamnen")
        (question,) = reading.questions
        assert question.sureness == Sureness.UNSURE
        chosen = next(o.value for o in question.options if o.words == PLACES)
        (area,) = read(source, {question.key: chosen}).document.areas
        assert (area.own, area.name, area.title) == (False, PLACES, "Stölder i hamnen")

    def test_an_own_area_is_known_by_its_other_name(self) -> None:
        (area,) = read(form(["Torget", "", "Städa"], title="Torgen")).document.areas
        assert (area.own, area.slug, area.title) == (True, "trygga-torg", "Torgen")

    def test_an_area_of_the_old_catalogue_is_what_it_became(self) -> None:
        source = excel(
            sheet("A", [PLACES], HEAD, ["Torget", "", "Städa"]),
            sheet("B", ["Systemhotande brottslighet"], HEAD, ["Bolag", "", "Tillsyn"]),
            sheet("C", ["Unga i risk för kriminalitet"], HEAD, ["Unga", "", "Fält"]),
            sheet("D", ["Ordningsvakter"], HEAD, ["Vakter", "", "Utbilda"]),
        )
        reading = read(source)
        assert [area.slug for area in reading.document.areas][2:] == [
            "unga-i-riskzon-for-destruktivt-beteende",
            "ordningsvakter",
        ]
        assert reading.document.areas[3].own  # it became two: somebody must say which
        assert unsure(reading) == ["Vilket prioriterat område är ”Ordningsvakter”?"]

    def test_an_old_plan_is_read_by_the_old_catalogue(self) -> None:
        source = excel(
            sheet("A", ["Skolan som brottsplats"], HEAD, ["Bråk", "", "Rastvärdar"]),
            sheet("B", ["Ordningsvakter"], HEAD, ["Vakter", "", "Utbilda"]),
        )
        assert read(source, year=2022).document.catalogue.year == 2019

    def test_two_pages_with_the_same_area_are_put_together_only_when_somebody_says_so(self) -> None:
        source = excel(
            sheet("A", [PLACES], HEAD, ["Torget", "Mörkt", "Lampor"]),
            sheet("B", [PLACES], HEAD, ["torget", "Mörkt", "Klippa"], ["Parken", "", "Städa"]),
        )
        reading = read(source)
        assert reading.faults == (
            f"Området {PLACES} står två gånger: A, A1 och B, A1. Slå ihop dem, eller säg att ett av "
            "dem är ett annat område.",
        )
        (question,) = reading.questions
        together = read(source, {question.key: question.options[0].value})
        assert not together.faults
        counts = count_plan(together.document)
        assert (len(together.document.areas), counts.problems, counts.causes) == (1, 2, 1)
        assert counts.actions == 3

    def test_areas_may_be_rows_within_one_table(self) -> None:
        source = excel(
            sheet(
                "Plan",
                ["Åtgärd", "Ansvar", "Tid"],
                [YOUNG],
                ["Fältgrupp", "Sdf", "T1"],
                [PLACES],
                ["Vandring", "Polisen", "T2"],
            )
        )
        reading = read(source)
        assert [(a.title, len(a.actions)) for a in reading.document.areas] == [
            (YOUNG, 1),
            (PLACES, 1),
        ]

    def test_a_title_that_names_another_year_is_said(self) -> None:
        source = excel(
            sheet(
                "P", ["Åtgärdsplan Norra innerstaden 2023"], [PLACES], HEAD, ["Torget", "", "Städa"]
            )
        )
        assert read(source).warnings == (
            "Filens rubrik säger 2023, men planen läses in för 2025-01-01 – 2025-12-31.",
        )


class TestTheSummary:
    ROWS = (["Prioriterat område", "Antal problem", "Antal orsaker", "Antal åtgärder"],)

    def test_it_is_no_area_and_where_it_counts_otherwise_that_is_said(self) -> None:
        source = excel(
            sheet("Platser", [PLACES], HEAD, ["Torget", "Mörkt", "Lampor"], ["", "", "Café"]),
            sheet("Sammanställning", *self.ROWS, [PLACES, "2", "1", "2"], ["Summa", "2", "1", "2"]),
        )
        reading = read(source)
        assert [area.title for area in reading.document.areas] == [PLACES]
        assert reading.warnings == (
            f"Sammanställning säger om {PLACES}: problem 2 (vi räknar 1).",
            "Sammanställning säger om Summa: problem 2 (vi räknar 1).",
        )

    def test_one_that_counts_right_is_not_mentioned(self) -> None:
        source = excel(
            sheet("Platser", [PLACES], HEAD, ["Torget", "Mörkt", "Lampor"]),
            sheet("Sammanställning", *self.ROWS, [PLACES, "1", "1", "1"]),
        )
        assert not read(source).warnings


class TestActivityTables:
    def test_undertaking_and_name_stand_over_what_each_party_undertakes(self) -> None:
        reading = read(
            word(
                "# Skolan som brottsplats",
                [
                    ["Övergripande mål och syfte", "Trygga skolor"],
                    ["Lägesbild", "Få brott anmäls."],
                ],
                [
                    ["Samverkan kring skolor", "Skolrond"],
                    ["Mål och syfte", "Se skolan med unga ögon"],
                    ["Löptid", "Tillsvidare"],
                    ["Samman kallande", "Rektor"],
                    ["Stadsdelsförvaltningens kontakt", "Samman kallande"],
                    ["Polisens åtagande", "Går med"],
                    ["Utbildningsförvaltningens övriga deltagare", "Elevrådet"],
                    ["Övriga deltagare", "Föräldrar"],
                    ["Uppföljning", "Varje termin"],
                ],
            ),
            year=2022,
        )
        document = reading.document
        (area,) = document.areas
        assert (area.overall_goal, area.situation) == ("Trygga skolor", "<p>Få brott anmäls.</p>")
        (action,) = area.actions
        assert (action.undertaking, action.name) == ("Samverkan kring skolor", "Skolrond")
        assert (action.aim, action.follow_up_plan) == ("Se skolan med unga ögon", "Varje termin")
        assert action.other_participants == "Föräldrar"
        sdf, police, schools = action.commitments
        assert (sdf.party, sdf.contact_role) == ("sdf", "Rektor (sammankallande)")
        assert (police.party, police.text) == ("polis", "Går med")
        assert schools.other_participants == "Elevrådet"
        assert document.layout == Layout.ACTIVITIES
        assert not document.rounds  # how it will be followed up is no follow-up
        assert not reading.questions

    def test_labels_may_have_what_they_say_in_the_row_below(self) -> None:
        reading = read(
            word(
                "**Ordningsvakter**",
                [
                    ["Aktivitet Våld i nära relation", "Arbetsgrupp"],
                    ["Utbilda vakter i att se tecken.", "Vaktgruppen"],
                    ["Löptid", "Klar juni"],
                ],
            ),
            year=2020,
        )
        (action,) = reading.document.areas[0].actions
        assert (action.undertaking, action.name) == (
            "Våld i nära relation",
            "Utbilda vakter i att se tecken.",
        )
        assert (action.working_group, action.timing) == ("Vaktgruppen", "Klar juni")

    def test_a_table_that_goes_on_with_or_without_its_head_is_one_activity(self) -> None:
        for again in ([["Rondering", "Skolrond"]], []):
            reading = read(
                word(
                    "# Skolan som brottsplats",
                    [["Rondering", "Skolrond"], ["Löptid", "2022"], ["Mötesfrekvens", "Ofta"]],
                    [*again, ["Finansiering", "Ingen"], ["Kommunikation", "Mejl"]],
                ),
                year=2022,
            )
            (action,) = reading.document.areas[0].actions
            assert (action.timing, action.communication) == ("2022", "Mejl")

    def test_two_activities_in_one_area_are_two(self) -> None:
        reading = read(
            word(
                "# Skolan som brottsplats",
                [["Rondering", "Skolrond"], ["Löptid", "2022"], ["Finansiering", "Ingen"]],
                [["Rondering", "Nattrond"], ["Löptid", "2023"], ["Finansiering", "Delad"]],
            ),
            year=2022,
        )
        assert [a.name for a in reading.document.areas[0].actions] == ["Skolrond", "Nattrond"]

    def test_a_label_that_nobody_knows_is_kept_under_its_own_name(self) -> None:
        source = word(
            "# Skolan som brottsplats",
            [
                ["Rondering", "Skolrond"],
                ["Löptid", "2022"],
                ["Väder", "Sol"],
                ["Mål och syfte", "X"],
            ],
        )
        reading = read(source, year=2022)
        (extra,) = reading.document.extras
        assert (extra.where, extra.label, extra.text) == (
            "Tabell 1, rad 3, kolumn 2",
            "Väder",
            "Sol",
        )


class TestText:
    def test_front_matter_becomes_sections(self) -> None:
        reading = read(
            word(
                "Bilaga 2: Åtgärdsplan för Norra innerstaden 2025",
                "# Bakgrund",
                "Så började det.",
                "- en punkt",
                f"# {PLACES}",
                [["Åtgärd", "Ansvar"], ["Vandring", "Sdf"]],
            )
        )
        (section,) = reading.document.sections
        assert (section.heading, section.text) == (
            "Bakgrund",
            "<p>Så började det.</p><ul><li>en punkt</li></ul>",
        )
        assert reading.document.annex_label == "Bilaga 2"

    def test_a_situation_in_prose_keeps_its_list(self) -> None:
        reading = read(
            word(
                f"**{PLACES}**",
                "Lägesbild",
                "Anmälda brott:",
                "- Stölder från 12 till 9",
                [["Åtgärd", "Ansvar"], ["Vandring", "Sdf"]],
            )
        )
        assert reading.document.areas[0].situation == (
            "<p>Anmälda brott:</p><ul><li>Stölder från 12 till 9</li></ul>"
        )

    def test_actions_may_be_a_list_under_a_heading(self) -> None:
        reading = read(
            word(
                f"**{PLACES}**",
                "Åtgärder:",
                "- Nattvandring: varje fredag",
                "Ansvar: Polisen",
                "- Belysning",
            )
        )
        walk, light = reading.document.areas[0].actions
        assert (walk.name, walk.description, walk.responsible) == (
            "Nattvandring",
            "varje fredag",
            "Polisen",
        )
        assert light.description == "Belysning"

    def test_a_list_without_a_label_is_asked_about(self) -> None:
        source = word(f"**{PLACES}**", "- Vandra", "- Belysa", "# Kontakt", "Se webben.")
        reading = read(source)
        assert [a.description for a in reading.document.areas[0].actions] == ["Vandra", "Belysa"]
        (question,) = reading.questions
        assert question.sureness == Sureness.UNSURE
        answered = read(source, {question.key: "area.situation"}).document.areas[0]
        assert (answered.situation, answered.actions) == (
            "<ul><li>Vandra</li><li>Belysa</li></ul>",
            (),
        )

    def test_a_disposition_that_does_not_say_what_follows_is_told(self) -> None:
        reading = read(
            word(
                "# Beskrivning och disposition",
                "- Skolan som brottsplats",
                "- Kameraövervakning vid torget",
                "# Skolan som brottsplats",
                [["Rondering", "Skolrond"], ["Löptid", "2022"]],
            ),
            year=2022,
        )
        assert reading.warnings == (
            "”Beskrivning och disposition” nämner ”Kameraövervakning vid torget”, som inte finns "
            "längre fram i filen.",
            "”Beskrivning och disposition” nämner inte ”Rondering Skolrond”, som finns i filen.",
        )

    def test_what_stands_beside_the_text_is_kept(self) -> None:
        source = excel(
            sheet("Platser", [PLACES], HEAD, ["Torget", "", "Städa"]),
            notes=[Note("Platser, C3", "Kommentar", "Fråga Sdf")],
        )
        assert kept(read(source).document) == {"Kommentar": "Fråga Sdf"}

    def test_a_page_heading_is_kept_once_and_not_where_it_says_what_is_known(self) -> None:
        notes = [
            Note(f"{sheet_name}, {where}", "Sidhuvud", text)
            for sheet_name in ("A", "B")
            for where, text in (
                ("vänster", "Åtgärdsplan 2025 Norra innerstaden"),
                ("höger", "Utkast"),
            )
        ]
        source = excel(sheet("A", [PLACES], HEAD, ["Torget", "", "Städa"]), notes=notes)
        assert [extra.text for extra in read(source).document.extras] == ["Utkast"]

    def test_a_file_that_is_no_plan_is_refused_in_a_sentence(self) -> None:
        for source in (
            excel(sheet("Blad1", ["Namn", "Pris"], ["Kaffe", "12"])),
            word("Ett brev.", "Med hälsning"),
        ):
            with pytest.raises(NotAPlan, match="Det finns ingen åtgärdsplan att läsa i filen"):
                read(source)


def test_every_cell_is_told_where_it_went_and_the_same_file_gives_the_same_plan() -> None:
    source = form(["Torget", "Mörkt", "Lampor", "Ljusare", "T1", "Sdf", "Klart"], ["", "", "Café"])
    reading = read(source)
    assert isinstance(block := source.blocks[0], Table)
    assert {(piece.at.row, piece.at.column) for piece in reading.pieces} == {
        (cell.row, cell.column) for cell in block.cells()
    }
    assert read(source) == reading
