"""What a plan says on paper has a version, which the database itself raises.

A file of the plan that was made at this version says what the plan says, and is served without
the plan being read (plans/services/files.py). So no way of writing may leave it behind: not a
service, not the administration, not a name that was changed beside the plan.
"""

from plans.models.rules import PLAN_OF, SAID_BY_THE_PLAN
from samverkan.triggers import Follow

_IN_CITY = (
    "period_id IN (SELECT p.id FROM plans_period p JOIN organisation_district d "
    "ON d.id = p.district_id WHERE d.municipality_id = {municipality})"
)
_OF_ROUND = "period_id = (SELECT period_id FROM plans_followupround WHERE id = {row}.round_id)"

# From a row to the plans whose paper says something of it; {row} is NEW or OLD.
PLANS_THAT_SAY = {table: f"id = {plan}" for table, plan in PLAN_OF.items()} | {
    "plans_period": "period_id = {row}.id",
    "plans_agreement": "agreement_id = {row}.id",
    "plans_agreementparty": "agreement_id = {row}.agreement_id",
    "plans_catalogue": "catalogue_id = {row}.id",
    "plans_priorityarea": "id IN (SELECT plan_id FROM plans_planarea WHERE area_id = {row}.id)",
    "plans_followupround": "period_id = {row}.period_id",
    "plans_followup": _OF_ROUND,
    "plans_outcome": _OF_ROUND,
    "plans_approval": "id = {row}.plan_id",
    "plans_decision": "id = {row}.plan_id",
    "plans_registrynumber": (
        "id = (SELECT plan_id FROM plans_decision WHERE id = {row}.decision_id)"
    ),
    "organisation_district": (
        "period_id IN (SELECT id FROM plans_period WHERE district_id = {row}.id)"
    ),
    "organisation_municipality": _IN_CITY.format(municipality="{row}.id"),
    "organisation_party": _IN_CITY.format(municipality="{row}.municipality_id"),
}


def _raised(table: str, when: str, plans: str, version: str = "paper_version") -> Follow:
    return Follow(
        name=f"{table}_is_on_paper_{when.split()[1].lower()}",
        table=table,
        when=when,
        statement=f"UPDATE plans_plan SET paper_version = {version} + 1 WHERE {plans}",  # noqa: S608
    )


TRIGGERS = [
    *(
        _raised(table, f"AFTER {event}", " OR ".join(plans.format(row=row) for row in rows))
        for table, plans in PLANS_THAT_SAY.items()
        for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"]))
    ),
    # Counted from what it was: whoever saves a whole row that she read a while ago, takes nothing back.
    _raised(
        "plans_plan",
        f"AFTER UPDATE OF {', '.join([*SAID_BY_THE_PLAN, 'agreement_id', 'state'])}",
        "id = NEW.id",
        version="OLD.paper_version",
    ),
    # A log-in is written in the user's row too, and is on no paper.
    _raised(
        "organisation_user",
        "AFTER UPDATE OF name",
        "id IN (SELECT plan_id FROM plans_approval WHERE by_id = NEW.id)",
    ),
]
