"""The file beside the plan it became: every question stands where somebody meets it."""

from plans.preview import Preview
from plans.reading.interpret import interpret
from tests.reading.sources import excel, known, sheet

HEAD = ["Problem", "Orsak", "Åtgärd", "Prio"]


def test_a_question_about_what_a_sheet_is_called_stands_over_it():
    source = excel(
        sheet("Otrygga platser", HEAD, ["Torget", "Mörkt", "Lampor", "Hög"]),
        sheet("Hamnen", HEAD, ["Båtar", "", "Patrullera", "Låg"]),
    )
    reading = interpret(source, known=known(), answers={})
    preview = Preview(reading, "/las-in/1/", number=2)
    (shown,) = preview.blocks
    assert [asked.question.asks for asked in shown.asked] == [
        "Vilket prioriterat område är ”Hamnen”?"
    ]
    assert shown.asked[0].where == "fliken Hamnen"
    assert preview.first_unsure == "/las-in/1/?blad=2#fraga-1"


def test_every_question_stands_somewhere():
    source = excel(
        sheet("Hamnen", HEAD, ["Båtar", "", "Patrullera", "Låg"], [], ["Skrivet i maj"]),
        sheet("Blad2", ["Kajen"], HEAD, ["Kajen", "", "Lampor", "Hög"]),
    )
    reading = interpret(source, known=known(), answers={})
    stands = []
    for number in (1, 2):
        for block in Preview(reading, "/", number=number).blocks:
            stands += [asked.question.key for asked in block.asked]
            stands += [asked.question.key for row in block.rows for asked in row.asked]
    assert sorted(stands) == sorted(question.key for question in reading.questions)
