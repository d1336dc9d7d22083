"""The rules about a plan that span tables, so that no way of writing can break them."""

from samverkan.triggers import Follow, Refuse, Trigger
from samverkan.workflow.rules import (
    never_altered,
    rows_are_frozen,
    stays_decided,
    what_was_decided_stands,
)

_AREA_OF_CAUSE = (
    "(SELECT p.area_id FROM plans_cause c JOIN plans_problem p ON p.id = c.problem_id "
    "WHERE c.id = NEW.cause_id)"
)
_AREA_OF_PROBLEM = "(SELECT p.area_id FROM plans_problem p WHERE p.id = NEW.problem_id)"


def _chain_stays_in_its_area() -> list[Trigger]:
    return [
        Refuse(
            name=f"plans_action_{event.lower()}_in_area_of_its_chain",
            table="plans_action",
            when=f"BEFORE {event}",
            condition=f"NEW.area_id <> {_AREA_OF_CAUSE} OR NEW.area_id <> {_AREA_OF_PROBLEM}",
            message="Åtgärden hör inte till samma område som sitt problem eller sin orsak",
        )
        for event in ("INSERT", "UPDATE")
    ] + [
        # A problem that moves takes its actions along, and so does a cause.
        Follow(
            name="plans_problem_moves_with_its_actions",
            table="plans_problem",
            when="AFTER UPDATE OF area_id",
            statement=(
                "UPDATE plans_action SET area_id = NEW.area_id WHERE area_id <> NEW.area_id AND "
                "(problem_id = NEW.id OR cause_id IN "
                "(SELECT id FROM plans_cause WHERE problem_id = NEW.id))"
            ),
        ),
        Follow(
            name="plans_cause_moves_with_its_actions",
            table="plans_cause",
            when="AFTER UPDATE OF problem_id",
            statement=(
                "UPDATE plans_action SET area_id = "
                "(SELECT area_id FROM plans_problem WHERE id = NEW.problem_id) "
                "WHERE cause_id = NEW.id"
            ),
        ),
    ]


def _areas_of_one_plan() -> list[Trigger]:
    """An area that is pointed to, or also served, is an area of the same plan."""
    plan_of_action = (
        "(SELECT a.plan_id FROM plans_planarea a JOIN plans_action x ON x.area_id = a.id "
        "WHERE x.id = NEW.action_id)"
    )
    return [
        Refuse(
            name=f"{table}_{event.lower()}_within_the_plan",
            table=table,
            when=f"BEFORE {event}",
            condition=f"{plan} <> (SELECT plan_id FROM plans_planarea WHERE id = NEW.{pointer})",  # noqa: S608
            message="Området hör till en annan plan",
        )
        for table, plan, pointer in (
            ("plans_action_also_serves", plan_of_action, "planarea_id"),
            ("plans_planarea", "NEW.plan_id", "handled_in_id"),
        )
        for event in ("INSERT", "UPDATE")
    ]


# From a row of the plan part to its plan; {row} is NEW or OLD.
PLAN_OF = {
    "plans_section": "{row}.plan_id",
    "plans_planarea": "{row}.plan_id",
    "plans_extra": "{row}.plan_id",
    "plans_problem": "(SELECT plan_id FROM plans_planarea WHERE id = {row}.area_id)",
    "plans_cause": (
        "(SELECT a.plan_id FROM plans_planarea a JOIN plans_problem p ON p.area_id = a.id "
        "WHERE p.id = {row}.problem_id)"
    ),
    "plans_action": "(SELECT plan_id FROM plans_planarea WHERE id = {row}.area_id)",
} | dict.fromkeys(
    ("plans_action_also_serves", "plans_goal", "plans_commitment"),
    "(SELECT a.plan_id FROM plans_planarea a JOIN plans_action x ON x.area_id = a.id "
    "WHERE x.id = {row}.action_id)",
)

_FROZEN = "En beslutad plan kan inte ändras. Öppna en ny revision i stället"


def _a_closed_round_is_locked() -> list[Trigger]:
    """Nothing is answered in it, and no answer is altered or taken from it, until it is open again."""

    def closed(row: str) -> str:
        return (
            "EXISTS (SELECT 1 FROM plans_followupround "  # noqa: S608
            f"WHERE id = {row}.round_id AND closed_at IS NOT NULL)"
        )

    return [
        Refuse(
            name=f"{table}_is_locked_{event.lower()}",
            table=table,
            when=f"BEFORE {event}",
            condition=" OR ".join(closed(row) for row in rows),
            message="Uppföljningen är stängd",
        )
        for table in ("plans_followup", "plans_outcome", "plans_minutes")
        for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"]))
    ]


SAID_BY_THE_PLAN = ("period_id", "revision", "layout", "annex_label", "catalogue_id")

TRIGGERS = [
    *_chain_stays_in_its_area(),
    *_areas_of_one_plan(),
    *what_was_decided_stands("plans"),
    *rows_are_frozen("plans_plan", PLAN_OF, _FROZEN),
    *stays_decided("plans_plan", (*SAID_BY_THE_PLAN, "agreement_id"), _FROZEN),
    *never_altered("plans_change", "Planens historik kan inte ändras"),
    *_a_closed_round_is_locked(),
    *never_altered("plans_answerchange", "Uppföljningens historik kan inte ändras"),
    *never_altered("plans_roundsnapshot", "En fryst uppföljning kan inte ändras"),
]
