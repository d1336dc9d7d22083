"""The rules about a report that the database itself holds, so that no way of writing can break them."""

from samverkan.workflow.rules import (
    never_altered,
    rows_are_frozen,
    stays_decided,
    what_was_decided_stands,
)

# From a row of a report to the report; {row} is NEW or OLD.
REPORT_OF = (
    dict.fromkeys(
        (
            "lagesbild_section",
            "lagesbild_source",
            "lagesbild_extra",
            "lagesbild_behind",
            "lagesbild_report_covers",
        ),
        "{row}.report_id",
    )
    | dict.fromkeys(
        (
            "lagesbild_block",
            "lagesbild_aim",
            "lagesbild_result",
            "lagesbild_priority",
            "lagesbild_deviation",
        ),
        "(SELECT report_id FROM lagesbild_section WHERE id = {row}.section_id)",
    )
    | {
        "lagesbild_figurepart": (
            "(SELECT s.report_id FROM lagesbild_section s JOIN lagesbild_block b "
            "ON b.section_id = s.id WHERE b.id = {row}.block_id)"
        )
    }
)

SAID_BY_THE_REPORT = (
    *("kind", "district_id", "year", "revision", "title", "described_on", "instruction"),
    "catalogue_id",
)

_FROZEN = "En beslutad lägesbild kan inte ändras. Öppna en ny revision i stället"

TRIGGERS = [
    *what_was_decided_stands("lagesbild"),
    *rows_are_frozen("lagesbild_report", REPORT_OF, _FROZEN),
    *stays_decided("lagesbild_report", SAID_BY_THE_REPORT, _FROZEN),
    *never_altered("lagesbild_change", "Lägesbildens historik kan inte ändras"),
    # What was decided, sent or changed names its images by their SHA-256, for ever.
    *never_altered("lagesbild_image", "En bild kan inte ändras eller tas bort"),
]
