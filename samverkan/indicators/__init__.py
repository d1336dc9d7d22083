"""The series of numbers that a district keeps from year to year: lägesbilder draw them, goals are
set by them."""
