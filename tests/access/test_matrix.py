"""Every address × every role × own and other district: what each meets at each door.

The matrix is complete: an address that is not in it fails the test, and so does a row whose
address is gone. What Django's admin and allauth bring is walked as groups at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lagesbild.models import Report
from plans.models import Agreement
from plans.services.files import KINDS
from plans.tokens import token_of
from plans.vocabulary import PlanState
from samverkan.indicators.models import Indicator
from samverkan.workflow.facts import standing_of
from tests.access.personas import EVERYBODY, INSIDE, OUTSIDE, Door

LOGIN = 302  # whoever is not logged in is shown to the log-in
TAKING_PART = set(INSIDE) - {"läsare", "bidragsgivare utan åtagande"}


@dataclass(frozen=True)
class Entry:
    """An address, and the status that each person meets. Whoever is not named meets `others`."""

    args: Callable[[Door], list] = lambda door: []
    meets: dict[int, set[str]] = field(default_factory=dict)
    others: int = 404
    state: PlanState = PlanState.DECIDED
    method: str = "get"
    data: Callable[[Door], dict] = lambda door: {}
    anonymous: int = LOGIN

    def expects(self, who: str) -> int:
        if who == "inte inloggad":
            return self.anonymous
        return next((status for status, people in self.meets.items() if who in people), self.others)


def plan(door: Door) -> list:
    return [door.district.slug, door.plan.year]


def its_party(door: Door) -> dict:
    return {"part": door.police.key}


def district(door: Door) -> list:
    return [door.district.slug]


def city(door: Door) -> list:
    return [door.district.municipality.slug]


def its_agreement(door: Door) -> list:
    """A draft: it is not signed yet."""
    return [door.plan.agreement.pk]


def its_signed_agreement(door: Door) -> list:
    Agreement.objects.filter(pk=door.plan.agreement.pk).update(signed_on=date(2024, 1, 1))
    return its_agreement(door)


def an_agreement_of_the_city(door: Door) -> list:
    city = door.district.municipality
    start = date(2024, 1, 1)
    made = Agreement.objects.create(
        municipality=city, level="stad", title="Staden och polisen", period_start=start
    )
    return [made.pk]


def a_file_of(agreement: Callable) -> Callable:
    return lambda door: [*agreement(door), "overenskommelse.json"]


def member(door: Door) -> list:
    return [door.district.slug, door.somebody.pk]


def catalogue(door: Door) -> list:
    return [*city(door), door.plan.catalogue.year]


def area(door: Door) -> list:
    return [*catalogue(door), door.area.pk]


def sent_draft(door: Door) -> list:
    return [*plan(door), door.sent_draft.pk]


MEMBERS = set(INSIDE) | {"stadsledning"}
COORDINATOR_ONLY = {200: {"samordnare"}, 403: (MEMBERS - {"samordnare"}) | {"systemförvaltare"}}
COORDINATOR_SAVES = {302: COORDINATOR_ONLY[200], 403: COORDINATOR_ONLY[403]}
CITY_READS = {200: {"stadsledning"}, 403: {"systemförvaltare"}}
CITY_SAVES = {302: {"stadsledning"}, 403: {"systemförvaltare"}}
READS_JOURNAL = {"samordnare", "chef sdf", "chef polis", "chef partner"}
READS_DECIDED = {
    200: TAKING_PART | {"läsare", "stadsledning"},
    403: {"bidragsgivare utan åtagande", "systemförvaltare"},
}
READS_DRAFT = {
    200: TAKING_PART | {"stadsledning"},
    403: {"läsare", "bidragsgivare utan åtagande", "systemförvaltare"},
}

# Nobody has undertaken anything in a report: those who stand behind it read it.
BEHIND = {"samordnare", "redaktör sdf", "kommunpolis", "chef sdf", "chef polis"}
READS_REPORT = {
    200: BEHIND | {"läsare", "stadsledning"},
    403: (MEMBERS - BEHIND - {"läsare", "stadsledning"}) | {"systemförvaltare"},
}
READS_DRAFT_REPORT = {
    200: BEHIND | {"stadsledning"},
    403: READS_REPORT[403] | {"läsare"},
}

# That of the city is read all over the city, and kept by its leadership.
NEIGHBOUR = "samordnare i annat område"
READS_AGREEMENT = {200: MEMBERS - {"läsare"}, 403: {"läsare", "systemförvaltare"}}
READS_SIGNED = {200: MEMBERS, 403: {"systemförvaltare"}}
READS_THE_CITYS = READS_AGREEMENT | {200: (MEMBERS - {"läsare"}) | {NEIGHBOUR}}
KEEPS_THE_CITYS = {
    200: {"stadsledning"},
    403: (MEMBERS - {"stadsledning"}) | {"systemförvaltare", NEIGHBOUR},
}

CHEFS = {"chef sdf", "chef polis"}
READS_DISPATCHES = {
    200: {"samordnare", "chef sdf", "chef polis", "chef partner"},
    403: (MEMBERS - {"samordnare", "chef sdf", "chef polis", "chef partner"})
    | {"systemförvaltare"},
}
READS_DISPATCHES_OF_REPORT = {
    200: {"samordnare", "chef sdf", "chef polis"},
    403: READS_DISPATCHES[403] | {"chef partner"},
}
CHEFS_ONLY = {200: CHEFS, 403: (MEMBERS - CHEFS) | {"systemförvaltare"}}
CHEFS_SAVE = {302: CHEFS, 403: CHEFS_ONLY[403]}
NOBODY = {403: MEMBERS | {"systemförvaltare"}}
DRAFT, CONSULTATION, DECIDED, CLOSED = PlanState
WRITES_SHARED = {"samordnare", "redaktör sdf", "kommunpolis"}
WRITES = WRITES_SHARED | {"redaktör partner", "bidragsgivare"}


def in_plan(door: Door) -> list:
    return [door.district.slug, door.plan.pk]


def an_action_of_it(door: Door) -> list:
    return [*in_plan(door), "action", door.action.uuid]


def a_comment(door: Door) -> list:
    return [*in_plan(door), door.comment.pk]


COMMENTS_OPEN = {"samordnare", "redaktör sdf", "kommunpolis", "bidragsgivare"} | {
    "chef sdf",
    "chef polis",
}
COMMENTS = {
    PlanState.DRAFT: COMMENTS_OPEN,
    PlanState.CONSULTATION: COMMENTS_OPEN,
    PlanState.DECIDED: {"samordnare", "redaktör sdf", "kommunpolis"},
    PlanState.CLOSED: set(),
}


def a_new_action(door: Door) -> list:
    return [*in_plan(door), "action"]


def an_action_of_the_district(door: Door) -> list:
    return [door.district.slug, door.action.uuid]


def an_action_with_a_past(door: Door) -> list:
    door.rewritten()
    return an_action_of_it(door)


def its_first_text(door: Door) -> dict:
    return {"text": "2-fore", "seen": 2}


def a_removal(door: Door) -> list:
    return [*in_plan(door), door.removed()]


def to_compare(door: Door) -> dict:
    return {"till": door.plan.pk}


def to_compare_since(door: Door) -> dict:
    return {"till": door.plan.pk, "sedan": 1}


def everybody_else(allowed: set[str]) -> dict[int, set[str]]:
    """Who belongs here but may not is told why; others are told that nothing is here."""
    return {403: (MEMBERS | {"systemförvaltare"}) - allowed}


def in_each_state(args: Callable, allowed: set[str], status: int, **more) -> list[Entry]:
    """Open to these while the plan is written, and to nobody once it has been decided."""
    return [
        Entry(args, {status: allowed} | everybody_else(allowed), state=state, **more)
        for state in (PlanState.DRAFT, PlanState.CONSULTATION)
    ] + [
        Entry(args, everybody_else(set()), state=state, **more)
        for state in (PlanState.DECIDED, PlanState.CLOSED)
    ]


def its_minutes(door: Door) -> list:
    said = {"action": door.action.uuid, "held_on": date(2025, 2, 1), "by": door.somebody.user}
    one = door.round.minutes.create(
        **said, file_name="p.pdf", content_type="application/pdf", content=b"%PDF-"
    )
    return [*a_round_of_it(door), one.pk]


def the_time_of_its_action(door: Door) -> list:
    return [*in_plan(door), door.action.uuid]


def its_report(door: Door) -> list:
    return [door.district.slug, door.report.pk]


def a_section_of_it(door: Door) -> list:
    return [*its_report(door), "section", door.report.all_sections.get(heading="Karta").uuid]


def a_section_alone(door: Door) -> list:
    return [*its_report(door), door.report.all_sections.get(heading="Karta").uuid]


def a_figure_of_it(door: Door) -> list:
    return [
        *its_report(door),
        "block",
        door.report.all_sections.get(heading="Karta").blocks.get().uuid,
    ]


def an_area_of_it(door: Door) -> list:
    return [*its_report(door), door.report_area.uuid]


def a_priority_of_it(door: Door) -> list:
    """And the plan of a year after, in the same state."""
    priority = door.report_area.priorities.get()
    return [*its_report(door), priority.uuid, door.later_plan.pk]


def a_section_to_draw_in(door: Door) -> list:
    return [*its_report(door), door.report.all_sections.get(heading="Karta").uuid]


def rows_of_report(door: Door) -> list:
    return [*its_report(door), "section"]


def a_row_taken_from_it(door: Door) -> list:
    """Taken away by somebody else than whoever comes."""
    doc = {"uuid": str(uuid4()), "heading": "Bakgrund", "form": "text"}
    before = {"place": {"in": "", "index": 0}, "doc": doc}
    report = door.report
    said = {"op": "removed", "kind": "section", "row": doc["uuid"], "before": before}
    report.changes.create(number=2, turn=2, **said)
    Report.objects.filter(pk=report.pk).update(version=2)
    return [*its_report(door), 2]


def its_goal(door: Door) -> list:
    return [*in_plan(door), door.goal.uuid]


def an_indicator(door: Door) -> list:
    return [door.district.slug, door.indicator.uuid]


def an_internal_indicator(door: Door) -> list:
    Indicator.objects.filter(pk=door.indicator.pk).update(is_internal=True)
    return an_indicator(door)


def a_reading(door: Door) -> list:
    return [door.district.slug, door.reading.pk]


KEEPERS = {"samordnare", "redaktör sdf", "kommunpolis"}


def keeps_indicators(args: Callable, status: int = 200, method: str = "get") -> Entry:
    return Entry(
        args, {status: KEEPERS, 403: (MEMBERS - KEEPERS) | {"systemförvaltare"}}, method=method
    )


def a_section_of_it_with_a_past(door: Door) -> list:
    """It has been called something else."""
    report, section = door.report, door.report.all_sections.get(heading="Karta")
    said = {"op": "set", "kind": "section", "row": section.uuid, "field": "heading"}
    if not report.changes.exists():
        report.changes.create(number=2, turn=2, before="Bild", after=section.heading, **said)
        Report.objects.filter(pk=report.pk).update(version=2)
    return [*its_report(door), "section", section.uuid]


def to_compare_reports(door: Door) -> dict:
    return {"till": door.report.pk}


def to_compare_reports_since(door: Door) -> dict:
    return {"till": door.report.pk, "sedan": 1}


def a_comment_of_report(door: Door) -> list:
    """Somebody's, about the section of it."""
    report = door.report
    said = {
        "kind": "section",
        "row": report.all_sections.get(heading="Karta").uuid,
        "by": door.somebody.user,
    }
    comment = report.comments.first() or report.comments.create(text="Hur går det?", **said)
    return [*its_report(door), comment.pk]


COMMENTS_REPORT = {state: people & BEHIND for state, people in COMMENTS.items()}


def the_report(door: Door) -> list:
    return [*plan(door), "lagesbild"]


def a_report(door: Door) -> list:
    return [door.district.slug, door.report.year]


def a_status_report(door: Door) -> list:
    return [door.district.slug, door.status_report.year]


def an_image_of_a_report(door: Door) -> list:
    report = door.report
    return [door.district.slug, report.pk, report.district.images.get().sha256]


def read_by_those_behind(args: Callable) -> list[Entry]:
    """A report while it is written, and when readers have it too."""
    return [
        Entry(args, READS_REPORT if state in (DECIDED, CLOSED) else READS_DRAFT_REPORT, state=state)
        for state in PlanState
    ]


def a_sent_report(door: Door) -> list:
    return [*its_report(door), door.sent_report.pk]


def the_plan(door: Door) -> Any:
    return door.plan


def steps_of(
    wing: str, args: Callable, draft: Callable, *, seen: Callable[[Door], Any]
) -> dict[str, list[Entry]]:
    """The pages of the steps, which a plan and a report have alike."""

    def typed(**words) -> Callable[[Door], dict]:
        """What the page of a step sends: which content was seen, and what was typed."""

        def sent(door: Door) -> dict:
            now = standing_of(seen(door)).seen
            return {"version": now.version, "content_hash": now.content_hash} | words

        return sent

    reads_dispatches = READS_DISPATCHES if wing == "plan" else READS_DISPATCHES_OF_REPORT
    return {
        # A step that changes the state is sent with nothing typed: it comes back with what is missing.
        f"{wing}-send": [
            Entry(args, COORDINATOR_ONLY, state=DRAFT),
            Entry(args, COORDINATOR_ONLY, state=DRAFT, method="post", data=typed()),
            *(Entry(args, NOBODY, state=state) for state in (CONSULTATION, DECIDED, CLOSED)),
        ],
        f"{wing}-withdraw": [
            Entry(args, COORDINATOR_ONLY, state=CONSULTATION),
            Entry(args, COORDINATOR_ONLY, state=CONSULTATION, method="post", data=typed()),
            *(Entry(args, NOBODY, state=state) for state in (DRAFT, DECIDED, CLOSED)),
        ],
        f"{wing}-postpone": [
            Entry(args, COORDINATOR_ONLY, state=CONSULTATION),
            Entry(args, COORDINATOR_ONLY, state=CONSULTATION, method="post", data=typed()),
            *(Entry(args, NOBODY, state=state) for state in (DRAFT, DECIDED, CLOSED)),
        ],
        f"{wing}-approve": [
            Entry(args, CHEFS_ONLY, state=CONSULTATION),
            Entry(
                args,
                CHEFS_SAVE,
                state=CONSULTATION,
                method="post",
                data=lambda door: typed()(door) | {"party": door.own_party.pk},
            ),
            *(Entry(args, NOBODY, state=state) for state in (DRAFT, DECIDED, CLOSED)),
        ],
        f"{wing}-return": [
            Entry(args, CHEFS_ONLY, state=CONSULTATION),
            Entry(
                args,
                CHEFS_SAVE,
                state=CONSULTATION,
                method="post",
                data=lambda door: typed(reason="Läs om.")(door) | {"party": door.own_party.pk},
            ),
            *(Entry(args, NOBODY, state=state) for state in (DRAFT, DECIDED, CLOSED)),
        ],
        f"{wing}-decide": [
            Entry(args, COORDINATOR_ONLY, state=CONSULTATION),
            Entry(args, COORDINATOR_ONLY, state=CONSULTATION, method="post", data=typed()),
            *(Entry(args, NOBODY, state=state) for state in (DRAFT, DECIDED, CLOSED)),
        ],
        f"{wing}-revise": [
            Entry(args, COORDINATOR_ONLY),
            Entry(args, COORDINATOR_ONLY, method="post", data=typed()),
            *(Entry(args, NOBODY, state=state) for state in (DRAFT, CONSULTATION, CLOSED)),
        ],
        f"{wing}-close": [
            Entry(args, COORDINATOR_ONLY),
            Entry(args, COORDINATOR_SAVES, method="post", data=typed()),
            *(Entry(args, NOBODY, state=state) for state in (DRAFT, CONSULTATION, CLOSED)),
        ],
        f"{wing}-dispatches": [Entry(args, reads_dispatches, state=state) for state in PlanState],
        f"{wing}-sent-draft": [Entry(draft, reads_dispatches, state=CONSULTATION)],
    }


FOLLOWS_UP = {"samordnare", "redaktör sdf", "kommunpolis", "redaktör partner", "bidragsgivare"}


def an_upload(door: Door) -> list:
    return [door.district.slug, door.upload.pk]


def a_report_upload(door: Door) -> list:
    return [door.district.slug, door.report_upload.pk]


def an_image_of_an_upload(door: Door) -> list:
    return [*a_report_upload(door), door.report_upload.images.get().sha256]


def a_round_of_it(door: Door) -> list:
    return [*in_plan(door), door.round.pk]


def a_closed_round(door: Door) -> list:
    return [*in_plan(door), door.closed_round.pk]


def a_snapshot(door: Door) -> list:
    round_ = door.closed_round
    content = {"plan": door.plan, "plan_hash": "0", "document": b"{}", "sha256": "0"}
    return [*a_closed_round(door), round_.snapshots.create(**content).pk]


def a_late_answer(door: Door) -> list:
    late = door.closed_round.late_answers.create(
        action=door.action.uuid, party=door.police, typed={"text": "Klart."}
    )
    return [*a_closed_round(door), late.pk]


def an_answer(door: Door) -> list:
    return [*a_round_of_it(door), door.action.uuid]


def an_answer_of_the_police(door: Door) -> list:
    return [*an_answer(door), door.police.pk]


def an_outcome(door: Door) -> list:
    return [*a_round_of_it(door), door.goal.uuid]


def a_link(door: Door) -> list:
    return [*a_round_of_it(door), door.link.pk]


def with_the_link(door: Door) -> list:
    return [token_of(door.link)]


def the_promises_of_the_police(door: Door) -> list:
    return [*in_plan(door), door.police.pk]


def the_part_of_the_police(door: Door) -> list:
    return [*a_round_of_it(door), door.police.pk]


def their_promises(door: Door) -> list:
    return [*the_promises_of_the_police(door), door.exchange_file().pk]


def their_file(door: Door) -> list:
    return [*the_part_of_the_police(door), door.exchange_file(door.round).pk]


FOR_THE_POLICE = {"samordnare", "kommunpolis"}
OPENS_ROUNDS = COORDINATOR_ONLY
MATRIX: dict[str, list[Entry]] = {
    "start": [Entry(others=200)],
    "health": [Entry(others=200, anonymous=200)],
    "accessibility": [Entry(others=200, anonymous=200)],
    "account": [Entry(others=200)],
    "kept": [Entry(others=302), Entry(others=302, method="post")],
    "appearance": [
        Entry(others=302, method="post"),
        Entry(others=405, method="get", anonymous=405),
    ],
    "city": [Entry(city, CITY_READS)],
    "city-picture": [Entry(city, CITY_READS)],
    "agreements": [Entry(district, READS_SIGNED)],
    "agreement-create": [
        Entry(district, COORDINATOR_ONLY),
        Entry(district, COORDINATOR_ONLY, method="post"),  # empty: back with its errors
    ],
    "agreement-areas": [Entry(district, COORDINATOR_SAVES)],
    "city-agreements": [Entry(city, CITY_READS)],
    "city-agreement-create": [Entry(city, CITY_READS), Entry(city, CITY_READS, method="post")],
    "agreement": [
        Entry(its_agreement, READS_AGREEMENT),
        Entry(its_signed_agreement, READS_SIGNED),
        Entry(an_agreement_of_the_city, READS_THE_CITYS),
    ],
    "agreement-edit": [
        Entry(its_agreement, COORDINATOR_ONLY),
        Entry(its_agreement, COORDINATOR_ONLY, method="post"),
        Entry(its_signed_agreement, COORDINATOR_ONLY),
        Entry(an_agreement_of_the_city, KEEPS_THE_CITYS),
    ],
    "agreement-file": [
        Entry(a_file_of(its_agreement), READS_AGREEMENT),
        Entry(a_file_of(its_signed_agreement), READS_SIGNED),
        Entry(a_file_of(an_agreement_of_the_city), READS_THE_CITYS),
    ],
    "catalogues": [
        Entry(city, CITY_READS),
        Entry(city, CITY_READS, method="post"),  # an empty form, back with its errors
    ],
    "catalogue": [Entry(catalogue, CITY_READS), Entry(catalogue, CITY_READS, method="post")],
    "catalogue-change": [Entry(catalogue, CITY_READS), Entry(catalogue, CITY_READS, method="post")],
    "catalogue-delete": [Entry(catalogue, CITY_SAVES, method="post")],
    "area-change": [Entry(area, CITY_READS), Entry(area, CITY_READS, method="post")],
    "area-move": [Entry(area, CITY_SAVES, method="post")],
    "area-delete": [Entry(area, CITY_SAVES, method="post")],
    "district": [Entry(district, {200: MEMBERS, 403: {"systemförvaltare"}})],
    "plan-create": [
        Entry(district, COORDINATOR_ONLY),
        Entry(district, COORDINATOR_ONLY, method="post"),
    ],
    # A file that is read in: the form of it, back with its errors where nothing was sent.
    "import": [
        Entry(district, COORDINATOR_ONLY),
        Entry(district, COORDINATOR_ONLY | {422: {"samordnare"}, 200: set()}, method="post"),
    ],
    "import-preview": [Entry(an_upload, COORDINATOR_ONLY)],
    "import-file": [Entry(an_upload, COORDINATOR_ONLY)],
    "import-answer": [Entry(an_upload, COORDINATOR_SAVES, method="post")],
    "import-apply": [
        # Nothing says what to do with it: the preview once more.
        Entry(an_upload, COORDINATOR_ONLY | {409: {"samordnare"}, 200: set()}, method="post")
    ],
    "import-take-back": [Entry(an_upload, COORDINATOR_SAVES, method="post")],
    "import-forget": [Entry(an_upload, COORDINATOR_SAVES, method="post")],
    # And a lägesbild.
    "report-import": [
        Entry(district, COORDINATOR_ONLY),
        Entry(district, COORDINATOR_ONLY | {422: {"samordnare"}, 200: set()}, method="post"),
    ],
    "report-import-preview": [Entry(a_report_upload, COORDINATOR_ONLY)],
    "report-import-file": [Entry(a_report_upload, COORDINATOR_ONLY)],
    "report-import-image": [Entry(an_image_of_an_upload, COORDINATOR_ONLY)],
    "report-import-answer": [Entry(a_report_upload, COORDINATOR_SAVES, method="post")],
    "report-import-apply": [
        Entry(a_report_upload, COORDINATOR_ONLY | {409: {"samordnare"}, 200: set()}, method="post")
    ],
    "report-import-take-back": [Entry(a_report_upload, COORDINATOR_SAVES, method="post")],
    "report-import-forget": [Entry(a_report_upload, COORDINATOR_SAVES, method="post")],
    "plan-nearest": [Entry(district, {302: MEMBERS, 403: {"systemförvaltare"}})],
    "members": [Entry(district, COORDINATOR_ONLY)],
    "member-invite": [
        Entry(district, COORDINATOR_ONLY),
        Entry(district, COORDINATOR_ONLY, method="post"),
    ],
    "member-change": [
        Entry(member, COORDINATOR_ONLY),
        Entry(member, COORDINATOR_ONLY, method="post"),
    ],
    "member-end": [Entry(member, COORDINATOR_SAVES, method="post")],
    "member-resume": [Entry(member, COORDINATOR_SAVES, method="post")],
    "member-remind": [Entry(member, COORDINATOR_SAVES, method="post")],
    "journal": [
        Entry(
            district,
            {200: READS_JOURNAL, 403: (MEMBERS - READS_JOURNAL) | {"systemförvaltare"}},
        )
    ],
    **{
        name: [
            Entry(plan, READS_DECIDED),
            Entry(plan, READS_DECIDED, state=PlanState.CLOSED),
            Entry(plan, READS_DRAFT, state=PlanState.DRAFT),
            Entry(plan, READS_DRAFT, state=PlanState.CONSULTATION),
        ]
        for name in ("plan", "plan-picture", "plan-summary", "plan-files", "follow-up")
    },
    # Whoever reads the plan has every file of it; the part of one party among them.
    **{
        kind.address: [
            Entry(plan, READS_DECIDED, data=its_party),
            Entry(plan, READS_DECIDED, data=its_party, state=PlanState.CLOSED),
            Entry(plan, READS_DRAFT, data=its_party, state=PlanState.DRAFT),
            Entry(plan, READS_DRAFT, data=its_party, state=PlanState.CONSULTATION),
        ]
        for kind in KINDS.values()
    },
    # Whoever reads it chooses what to see of it; what was chosen is kept, and led on to.
    "plan-table": [
        Entry(plan, READS_DECIDED),
        Entry(plan, READS_DECIDED, state=PlanState.CLOSED),
        Entry(plan, READS_DRAFT, state=PlanState.DRAFT),
        Entry(plan, READS_DRAFT, state=PlanState.CONSULTATION),
        Entry(plan, {302: READS_DECIDED[200], 403: READS_DECIDED[403]}, method="post"),
        Entry(
            plan,
            {302: READS_DRAFT[200], 403: READS_DRAFT[403]},
            method="post",
            state=PlanState.DRAFT,
        ),
    ],
    "plan-remove": [
        Entry(plan, COORDINATOR_ONLY, state=PlanState.DRAFT),
        Entry(plan, COORDINATOR_SAVES, state=PlanState.DRAFT, method="post"),
        *(
            Entry(plan, {403: {*MEMBERS, "systemförvaltare"}}, state=state, method=method)
            for state in PlanState
            if state != PlanState.DRAFT
            for method in ("get", "post")
        ),
    ],
    **steps_of("plan", plan, sent_draft, seen=the_plan),
    **steps_of("report", its_report, a_sent_report, seen=lambda door: door.report),
    "plan-write": [
        *in_each_state(plan, WRITES, 200),
        *in_each_state(plan, WRITES, 302, method="post"),
    ],
    "report-write": in_each_state(a_report, WRITES_SHARED, 200),
    "status-report-write": [
        Entry(plan, {404: set(EVERYBODY) - {"systemförvaltare"}, 403: {"systemförvaltare"}})
    ],
    "report-news": [
        Entry(its_report, READS_REPORT),
        Entry(its_report, READS_DRAFT_REPORT, state=PlanState.DRAFT),
    ],
    "report-presence": [
        Entry(
            its_report,
            {204: READS_DRAFT_REPORT[200], 403: READS_DRAFT_REPORT[403]},
            state=PlanState.DRAFT,
            method="post",
        ),
    ],
    "report-undo": in_each_state(its_report, WRITES_SHARED, 302, method="post"),
    "report-redo": in_each_state(its_report, WRITES_SHARED, 302, method="post"),
    "report-row": [
        *in_each_state(a_section_of_it, WRITES_SHARED, 200),
        *in_each_state(a_section_of_it, WRITES_SHARED, 302, method="post"),
    ],
    "report-row-add": in_each_state(rows_of_report, WRITES_SHARED, 302, method="post"),
    "report-row-move": in_each_state(a_section_of_it, {"samordnare"}, 302, method="post"),
    # The samordnare comes first, and the row is gone when the others come to it.
    "report-row-remove": [
        Entry(
            a_section_of_it,
            {302: {"samordnare"}, 410: WRITES_SHARED - {"samordnare"}}
            | everybody_else(WRITES_SHARED),
            state=state,
            method="post",
        )
        for state in (PlanState.DRAFT, PlanState.CONSULTATION)
    ],
    "report-row-restore": in_each_state(a_row_taken_from_it, {"samordnare"}, 302, method="post"),
    "report-numbers": [
        *in_each_state(a_figure_of_it, WRITES_SHARED, 200),
        *in_each_state(a_figure_of_it, WRITES_SHARED, 422, method="post"),
    ],
    "report-keep": [
        *in_each_state(a_figure_of_it, WRITES_SHARED, 200),
        *in_each_state(a_figure_of_it, WRITES_SHARED, 200, method="post"),  # it has no numbers
    ],
    "report-fetch": in_each_state(a_figure_of_it, WRITES_SHARED, 302, method="post"),
    "report-compose": [
        *in_each_state(a_section_to_draw_in, WRITES_SHARED, 200),
        *in_each_state(a_section_to_draw_in, WRITES_SHARED, 422, method="post"),
    ],
    "goal-read-indicator": in_each_state(its_goal, WRITES_SHARED, 302, method="post"),
    "indicators": [Entry(district, {200: MEMBERS, 403: {"systemförvaltare"}})],
    "indicators-csv": [Entry(district, {200: MEMBERS, 403: {"systemförvaltare"}})],
    "indicator": [
        Entry(an_indicator, {200: MEMBERS, 403: {"systemförvaltare"}}),
        Entry(an_internal_indicator, {200: MEMBERS - {"läsare"}, 403: {"systemförvaltare"}}),
    ],
    "indicator-create": [
        keeps_indicators(district),
        keeps_indicators(district, method="post"),  # empty: back with its errors
    ],
    "indicator-change": [
        keeps_indicators(an_indicator),
        keeps_indicators(an_indicator, method="post"),
    ],
    "indicator-value": [keeps_indicators(an_indicator, 422, "post")],
    "indicator-remove": [keeps_indicators(an_indicator, 302, "post")],  # it has values, and stays
    "indicators-paste": [
        keeps_indicators(district),
        keeps_indicators(district, 422, "post"),
    ],
    "indicators-undo": [keeps_indicators(a_reading, 302, "post")],
    "report-lacks": in_each_state(its_report, WRITES_SHARED, 200),
    "report-personal-data": in_each_state(its_report, WRITES_SHARED, 200, method="post"),
    "report-comments": [
        Entry(its_report, {200: BEHIND} | everybody_else(BEHIND), state=state)
        for state in PlanState
    ],
    "report-row-comments": [
        *(
            Entry(a_section_of_it, {200: BEHIND} | everybody_else(BEHIND), state=state)
            for state in PlanState
        ),
        *(
            Entry(
                a_section_of_it,
                {302: COMMENTS_REPORT[state]} | everybody_else(COMMENTS_REPORT[state]),
                state=state,
                method="post",
                data=lambda door: {"text": "Bra."},
            )
            for state in PlanState
        ),
    ],
    **{
        name: [
            Entry(
                a_comment_of_report,
                {302: COMMENTS_REPORT[state]} | everybody_else(COMMENTS_REPORT[state]),
                state=state,
                method="post",
            )
            for state in PlanState
        ]
        for name in ("report-comment-resolve", "report-comment-reopen")
    },
    # Another's: nobody changes it, whatever she may otherwise.
    **{
        name: [
            Entry(
                a_comment_of_report,
                everybody_else(set()),
                method="post",
                state=state,
                data=lambda door: {"text": "Bra."},
            )
            for state in PlanState
        ]
        for name in ("report-comment-change", "report-comment-take-back")
    },
    # Also of a decided one: but not for those who read only what was decided.
    **{
        name: [Entry(args, READS_DRAFT_REPORT, state=state) for state in PlanState]
        for name, args in {
            "report-history": its_report,
            "report-row-history": a_section_of_it_with_a_past,
        }.items()
    },
    "report-row-history-restore": in_each_state(
        a_section_of_it_with_a_past, WRITES_SHARED, 302, method="post", data=its_first_text
    ),
    "report-differences": [
        Entry(district, {200: MEMBERS, 403: {"systemförvaltare"}}),
        Entry(district, READS_REPORT, data=to_compare_reports),
        Entry(district, READS_DRAFT_REPORT, data=to_compare_reports_since),
    ],
    "report-areas": [
        *in_each_state(its_report, WRITES_SHARED, 200),
        *in_each_state(
            its_report, WRITES_SHARED, 200, method="post"
        ),  # empty: back with its errors
    ],
    "report-new-image": in_each_state(its_report, WRITES_SHARED, 302, method="post"),
    # Whoever reads the one and writes in the other; whoever reads neither is told of the first.
    "report-take-up": in_each_state(a_priority_of_it, WRITES_SHARED, 302, method="post"),
    "report-results": [
        *in_each_state(an_area_of_it, WRITES_SHARED, 200),
        *in_each_state(an_area_of_it, WRITES_SHARED, 422, method="post"),  # nothing is ticked
    ],
    "report-unchanged": in_each_state(a_section_alone, WRITES_SHARED, 302, method="post"),
    "plan-news": [
        Entry(in_plan, READS_DECIDED),
        Entry(in_plan, READS_DRAFT, state=PlanState.DRAFT),
    ],
    "plan-presence": [
        Entry(
            in_plan,
            {204: READS_DRAFT[200], 403: READS_DRAFT[403]},
            state=PlanState.DRAFT,
            method="post",
        ),
    ],
    "plan-comments": [
        Entry(in_plan, {200: COMMENTS_OPEN} | everybody_else(COMMENTS_OPEN), state=state)
        for state in PlanState
    ],
    "row-comments": [
        *(
            Entry(
                an_action_of_it, {200: COMMENTS_OPEN} | everybody_else(COMMENTS_OPEN), state=state
            )
            for state in PlanState
        ),
        *(
            Entry(
                an_action_of_it,
                {302: COMMENTS[state]} | everybody_else(COMMENTS[state]),
                state=state,
                method="post",
                data=lambda door: {"text": "Bra."},
            )
            for state in PlanState
        ),
    ],
    **{
        name: [
            Entry(
                a_comment,
                {302: COMMENTS[state]} | everybody_else(COMMENTS[state]),
                state=state,
                method="post",
            )
            for state in PlanState
        ]
        for name in ("comment-resolve", "comment-reopen")
    },
    # Another's: nobody changes it, whatever she may otherwise (tests/plans/test_comments.py has one's own).
    **{
        name: [
            Entry(
                a_comment,
                everybody_else(set()),
                method="post",
                state=state,
                data=lambda door: {"text": "Bra."},
            )
            for state in PlanState
        ]
        for name in ("comment-change", "comment-take-back")
    },
    "plan-lacks": in_each_state(in_plan, WRITES, 200),
    "plan-personal-data": in_each_state(in_plan, WRITES, 200, method="post"),
    "plan-undo": in_each_state(in_plan, WRITES, 302, method="post"),
    "plan-redo": in_each_state(in_plan, WRITES, 302, method="post"),
    "row": [
        *in_each_state(an_action_of_it, WRITES, 200),
        *in_each_state(an_action_of_it, WRITES_SHARED, 302, method="post"),
    ],
    "plan-paste": [
        *in_each_state(in_plan, WRITES_SHARED, 200),
        *in_each_state(in_plan, WRITES_SHARED, 200, method="post"),
    ],
    "row-add": in_each_state(a_new_action, WRITES_SHARED, 302, method="post"),
    "row-move": in_each_state(an_action_of_it, {"samordnare"}, 302, method="post"),
    # The samordnare comes first, and the row is gone when the others come to it.
    "row-remove": [
        Entry(
            an_action_of_it,
            {302: {"samordnare"}, 410: WRITES_SHARED - {"samordnare"}}
            | everybody_else(WRITES_SHARED),
            state=PlanState.DRAFT,
            method="post",
        ),
        Entry(an_action_of_it, everybody_else(set()), method="post"),
    ],
    "plan-areas": [
        *in_each_state(in_plan, WRITES_SHARED, 200),
        *in_each_state(in_plan, WRITES_SHARED, 200, method="post"),  # empty: back with its errors
    ],
    # Also of a decided plan: but not for those who read only what was decided.
    **{
        name: [
            Entry(args, {200: READS_DRAFT[200], 403: READS_DRAFT[403]}, state=state)
            for state in PlanState
        ]
        for name, args in {"plan-history": in_plan, "row-history": an_action_of_it}.items()
    },
    "row-history-restore": in_each_state(
        an_action_with_a_past, WRITES_SHARED, 302, method="post", data=its_first_text
    ),
    # The samordnare puts it back, and is the only one who may.
    "row-restore": in_each_state(a_removal, {"samordnare"}, 302, method="post"),
    "plan-differences": [
        Entry(district, {200: MEMBERS, 403: {"systemförvaltare"}}),
        Entry(district, READS_DECIDED, data=to_compare),
        Entry(district, READS_DRAFT, data=to_compare, state=PlanState.DRAFT),
        # What stood in the draft is not for those who read only what was decided.
        Entry(district, READS_DRAFT, data=to_compare_since),
    ],
    "plan-rollover": [
        Entry(in_plan, COORDINATOR_ONLY),
        Entry(in_plan, COORDINATOR_ONLY, method="post"),  # empty: back with its errors
        Entry(in_plan, COORDINATOR_ONLY, state=PlanState.DRAFT),
    ],
    "my-commitments": [Entry(others=200)],
    "city-rounds": [Entry(city, CITY_READS), Entry(city, CITY_READS, method="post")],
    "round-open": [
        Entry(in_plan, OPENS_ROUNDS),
        Entry(in_plan, OPENS_ROUNDS, method="post"),  # empty: back with its errors
        *(Entry(in_plan, NOBODY, state=state) for state in (DRAFT, CONSULTATION, CLOSED)),
    ],
    "round": [
        Entry(a_round_of_it, READS_DECIDED),
        Entry(a_round_of_it, READS_DECIDED, state=PlanState.CLOSED),
    ],
    "round-change": [
        Entry(a_round_of_it, OPENS_ROUNDS),
        Entry(a_round_of_it, OPENS_ROUNDS, method="post"),
    ],
    "round-close": [
        Entry(a_round_of_it, OPENS_ROUNDS),
        Entry(a_round_of_it, {302: OPENS_ROUNDS[200], 403: OPENS_ROUNDS[403]}, method="post"),
        *(Entry(a_round_of_it, NOBODY, state=state) for state in (DRAFT, CONSULTATION, CLOSED)),
    ],
    "round-reopen": [
        Entry(a_closed_round, OPENS_ROUNDS),
        Entry(a_closed_round, OPENS_ROUNDS, method="post"),
    ],
    "round-snapshot": [
        Entry(a_snapshot, {200: READS_DRAFT[200], 403: READS_DRAFT[403]}),
    ],
    "round-late": [
        Entry(a_late_answer, {302: OPENS_ROUNDS[200], 403: OPENS_ROUNDS[403]}, method="post"),
    ],
    "answer": [
        Entry(an_answer, COORDINATOR_SAVES, method="post"),
        *(
            Entry(an_answer, NOBODY, method="post", state=state)
            for state in (DRAFT, CONSULTATION, CLOSED)
        ),
    ],
    # The samordnare writes a draft for the police; its own people answer.
    "answer-of-party": [
        Entry(
            an_answer_of_the_police,
            {302: {"samordnare", "kommunpolis"}} | everybody_else({"samordnare", "kommunpolis"}),
            method="post",
        ),
        Entry(an_answer_of_the_police, NOBODY, method="post", state=PlanState.CLOSED),
    ],
    "round-exchange": [
        Entry(the_part_of_the_police, {200: FOR_THE_POLICE} | everybody_else(FOR_THE_POLICE)),
        Entry(  # empty: back with its errors
            the_part_of_the_police,
            {422: FOR_THE_POLICE} | everybody_else(FOR_THE_POLICE),
            method="post",
        ),
        Entry(the_part_of_the_police, NOBODY, state=PlanState.CLOSED),
    ],
    "round-exchange-out": [
        Entry(
            the_part_of_the_police,
            {200: FOR_THE_POLICE} | everybody_else(FOR_THE_POLICE),
            method="post",
        ),
        Entry(the_part_of_the_police, NOBODY, method="post", state=PlanState.CLOSED),
    ],
    "round-exchange-in": [
        Entry(their_file, {200: FOR_THE_POLICE} | everybody_else(FOR_THE_POLICE)),
        Entry(
            their_file,
            {302: FOR_THE_POLICE} | everybody_else(FOR_THE_POLICE),
            method="post",
            data=lambda door: {"gor": "las-in"},
        ),
    ],
    "round-exchange-file": [
        Entry(their_file, {200: FOR_THE_POLICE} | everybody_else(FOR_THE_POLICE)),
    ],
    "plan-exchange": [
        *in_each_state(the_promises_of_the_police, FOR_THE_POLICE, 200),
        *in_each_state(the_promises_of_the_police, FOR_THE_POLICE, 422, method="post"),
    ],
    "plan-exchange-out": in_each_state(
        the_promises_of_the_police, FOR_THE_POLICE, 200, method="post"
    ),
    "plan-exchange-in": in_each_state(their_promises, FOR_THE_POLICE, 200),
    "plan-exchange-file": in_each_state(their_promises, FOR_THE_POLICE, 200),
    "outcome": [
        Entry(an_outcome, COORDINATOR_SAVES, method="post", data=lambda door: {"value": "2"}),
        Entry(an_outcome, NOBODY, method="post", state=PlanState.CLOSED),
    ],
    "round-remind": [
        Entry(a_round_of_it, {302: OPENS_ROUNDS[200], 403: OPENS_ROUNDS[403]}, method="post"),
        *(
            Entry(a_round_of_it, NOBODY, method="post", state=state)
            for state in (DRAFT, CONSULTATION, CLOSED)
        ),
    ],
    "round-link": [
        Entry(a_round_of_it, OPENS_ROUNDS),
        Entry(a_round_of_it, OPENS_ROUNDS, method="post"),  # empty: back with its errors
        *(Entry(a_round_of_it, NOBODY, state=state) for state in (DRAFT, CONSULTATION, CLOSED)),
    ],
    "round-link-revoke": [
        Entry(a_link, {302: OPENS_ROUNDS[200], 403: OPENS_ROUNDS[403]}, method="post"),
        Entry(a_link, NOBODY, method="post", state=PlanState.CLOSED),
    ],
    # The address is the key: whoever has it comes in, logged in as whom she may (tests/follow_up/).
    "answer-link": [
        Entry(with_the_link, others=200, anonymous=200),
        Entry(with_the_link, others=410, anonymous=410, state=PlanState.CLOSED),
        Entry(lambda door: ["1.gissad"], others=404, anonymous=404),
    ],
    "answer-by-link": [
        Entry(
            lambda door: [token_of(door.link), door.action.uuid],
            others=302,
            anonymous=302,
            method="post",
            data=lambda door: {"text": "Klart.", "seen": 99},
        ),
        Entry(
            lambda door: [token_of(door.link), door.action.uuid],
            others=410,
            anonymous=410,
            method="post",
            state=PlanState.CLOSED,
        ),
    ],
    "calendar-feed": [
        Entry(lambda door: [token_of(door.calendar)], others=200, anonymous=200),
        Entry(lambda door: ["1.gissad"], others=404, anonymous=404),
    ],
    # One's own.
    "calendar": [Entry(others=200), Entry(others=302, method="post")],
    "reminders": [Entry(others=200), Entry(others=302, method="post")],
    "plan-carried": [
        Entry(in_plan, READS_DECIDED),
        Entry(in_plan, READS_DRAFT, state=PlanState.DRAFT),
    ],
    "action-thread": [
        Entry(an_action_of_the_district, READS_DECIDED),
        Entry(an_action_of_the_district, READS_DRAFT, state=PlanState.DRAFT),
    ],
    "minutes-add": [
        Entry(an_answer, {200: FOLLOWS_UP} | everybody_else(FOLLOWS_UP)),
        Entry(an_answer, {200: FOLLOWS_UP} | everybody_else(FOLLOWS_UP), method="post"),  # empty
        *(Entry(an_answer, NOBODY, state=state) for state in (DRAFT, CONSULTATION, CLOSED)),
    ],
    "minutes-file": [
        Entry(its_minutes, {200: READS_DRAFT[200], 403: READS_DRAFT[403]}, state=state)
        for state in (DECIDED, CLOSED)
    ],
    # The samordnare comes first, and they are gone when the others come to them; those who may follow
    # up take away their own (tests/follow_up/test_minutes.py).
    "minutes-remove": [
        Entry(
            its_minutes,
            {302: {"samordnare"}, 404: {*OUTSIDE} | (FOLLOWS_UP - {"samordnare"})}
            | {403: (MEMBERS | {"systemförvaltare"}) - FOLLOWS_UP},
            method="post",
        ),
        Entry(its_minutes, NOBODY, method="post", state=PlanState.CLOSED),
    ],
    # A decided plan's time is put right; an open one's is written.
    "action-understood": [
        Entry(the_time_of_its_action, OPENS_ROUNDS),
        Entry(
            the_time_of_its_action,
            {302: OPENS_ROUNDS[200], 403: OPENS_ROUNDS[403]},
            method="post",
            data=lambda door: {"timing_kind": "lopande"},
        ),
        Entry(the_time_of_its_action, NOBODY, state=PlanState.DRAFT),
        Entry(the_time_of_its_action, NOBODY, state=PlanState.CLOSED),
    ],
    "year-cycle": [Entry(plan, {200: MEMBERS, 403: {"systemförvaltare"}})],
    "year-moment": [
        Entry(the_report, COORDINATOR_ONLY),
        Entry(the_report, COORDINATOR_ONLY, method="post"),  # empty: back with its errors
    ],
    "reports": [Entry(district, {200: MEMBERS, 403: {"systemförvaltare"}})],
    "report-create": [
        Entry(district, COORDINATOR_ONLY),
        Entry(district, COORDINATOR_ONLY, method="post"),  # empty: back with its errors
    ],
    "report-nearest": [Entry(district, {302: MEMBERS, 403: {"systemförvaltare"}})],
    **{
        name: read_by_those_behind(args)
        for page, args in (("report", a_report), ("status-report", a_status_report))
        for name in (page, f"{page}-pdf", f"{page}-docx", f"{page}-json")
    },
    "report-image": read_by_those_behind(an_image_of_a_report),
    "report-decided-pdf": [
        Entry(its_report, READS_REPORT),
        Entry(its_report, {403: READS_DRAFT_REPORT[403]}, state=PlanState.DRAFT),
    ],
    "plan-decided-pdf": [
        Entry(plan, READS_DECIDED),
        Entry(plan, {403: READS_DRAFT[403]}, state=PlanState.DRAFT),  # nothing is frozen yet
    ],
}


def rows():
    return [
        pytest.param(name, entry, id=f"{name}-{entry.method}-{entry.state}-{number}")
        for name, entries in MATRIX.items()
        for number, entry in enumerate(entries)
    ]


@pytest.fixture(autouse=True)
def _quick_pdf(monkeypatch):
    for wing in ("plans", "lagesbild"):
        monkeypatch.setattr(f"{wing}.services.files.Wanted.make", lambda wanted: b"%PDF-")


@pytest.mark.parametrize(("name", "entry"), rows())
def test_what_each_meets_at_the_door(name, entry, client, db):
    door = Door(entry.state)
    address = reverse(name, args=entry.args(door))
    met = {}
    for who in who_come(entry):
        client.logout()
        if user := door.person(who):
            client.force_login(user)
            door.own_party = next((m.party for m in user.standing if m.party), door.sdf)
        met[who] = getattr(client, entry.method)(address, entry.data(door)).status_code
    assert met == {who: entry.expects(who) for who in met}


def who_come(entry: Entry) -> list[str]:
    """Everybody. On the second database the first of those who are answered alike: who may what is
    the table's to say, and no database's; that what it asks can be asked there, one of them shows."""
    if connection.vendor == "sqlite":
        return list(EVERYBODY)
    first: dict[int, str] = {}
    for who in EVERYBODY:
        first.setdefault(entry.expects(who), who)
    return list(first.values())


def our_addresses(resolver=None):
    """The names of all addresses but those of Django's admin and of allauth's log-in."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from our_addresses(pattern)
        elif isinstance(pattern, URLPattern) and not pattern.name.startswith(ALLAUTH):
            yield pattern.name


ALLAUTH = ("account_", "mfa_", "openid_connect_", "socialaccount_")


def test_the_matrix_has_every_address_and_no_other():
    assert set(MATRIX) == set(our_addresses())
