"""Cells pasted from Excel become what the one who copied them meant."""

import pytest

from plans.reading.pasted import Column, actions, read

HEADINGS = "Problem\tOrsak\tÅtgärd\tOperativa mål\tTid\tAnsvar\tUppföljning\n"


def test_a_block_with_headings_is_understood_by_them():
    block = read("Ansvar\tÅtgärd\tTid\nPolisen\tNattvandring\tT1\n")
    assert block.columns == [Column.RESPONSIBLE, Column.ACTION, Column.TIMING]
    (row,) = actions(block)
    assert (row.responsible, row.description, row.timing) == ("Polisen", "Nattvandring", "T1")


def test_headings_may_go_on_with_a_help_text():
    block = read("Problem (identifierat)\tOrsak\tÅtgärd\nTorget\tMörkt\tBelys\n")
    assert block.columns[:3] == [Column.PROBLEM, Column.CAUSE, Column.ACTION]
    assert len(block.rows) == 1


def test_a_first_row_that_only_begins_like_a_heading_is_a_row():
    block = read("Åtgärda belysningen\tMaj\nMåla tunneln\tJuni\n")
    assert len(block.rows) == 2


def test_without_headings_the_columns_begin_where_it_was_pasted():
    block = read("T1 och T2\tPolisen\n", Column.TIMING)
    assert block.columns == [Column.TIMING, Column.RESPONSIBLE]


def test_a_whole_row_of_the_form_begins_with_the_problem_wherever_it_was_pasted():
    block = read("Torget\tMörkt\tBelys\tTio lampor\tMaj\tSdf\n", Column.ACTION)
    assert block.columns[0] == Column.PROBLEM


def test_a_cell_with_line_breaks_is_one_cell():
    (row,) = actions(read('"Nattvandring\npå fredagar"\tMaj\n', Column.ACTION))
    assert row.description == "Nattvandring\npå fredagar"


def test_problem_and_orsak_that_are_empty_are_those_of_the_row_above():
    rows = actions(
        read(HEADINGS + "Torget\tMörkt\tBelys\n\t\tKlipp häckar\n\tTomt\tVandra\nTunneln\t\tMåla\n")
    )
    assert [(row.problem, row.cause) for row in rows] == [
        ("Torget", "Mörkt"),
        ("Torget", "Mörkt"),
        ("Torget", "Tomt"),
        ("Tunneln", ""),
    ]


@pytest.mark.parametrize(
    ("cell", "goals"),
    [
        ("Minst tio", ("Minst tio",)),
        ('"- Minst tio\n- Högst fem"', ("Minst tio", "Högst fem")),
        ('"• Minst tio\nvandringar\n• Högst fem"', ("Minst tio vandringar", "Högst fem")),
        ('"1. Ett\n2) Två"', ("Ett", "Två")),
        ('"En mening.\nOch en till."', ("En mening.\nOch en till.",)),
        ("", ()),
    ],
)
def test_a_list_is_one_goal_to_an_item(cell, goals):
    (row,) = actions(read(f"Åtgärd\tOperativa mål\nVandra\t{cell}\n"))
    assert row.goals == goals


def test_no_word_is_lost_where_two_columns_are_said_to_be_the_same():
    block = read("Vandra\tpå fredagar\n", Column.ACTION)
    (row,) = actions(block, [Column.ACTION, Column.ACTION])
    assert row.description == "Vandra\npå fredagar"


def test_empty_rows_are_passed_over_and_ragged_ones_filled():
    block = read("Ett\tMaj\n\t\nTvå\n", Column.ACTION)
    assert [list(row) for row in block.rows] == [["Ett", "Maj"], ["Två", ""]]


def test_nothing_is_nothing():
    assert actions(read("")) == []
