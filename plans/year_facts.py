"""What the database knows of a district's year, in as many questions whatever there is in it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from plans.access import DistrictPlans
from plans.addresses import address_of
from plans.cards import sheets
from plans.mine import is_asked
from plans.models import Approval, FollowUpRound, Plan, YearDate
from plans.vocabulary import Moment, PlanState, RoundKind
from plans.year import AgreementFact, Do, Kept, Known, PlanFact, ReportFact, RoundFact
from samverkan.access.ask import may, memberships_in
from samverkan.access.table import Right
from samverkan.organisation.models import District
from samverkan.text import list_of

# Of a district, what a user sees of its reports, and where she makes a new one of the year. The wing of
# the reports says so as it is made ready: the plans know nothing of it.
Reports = tuple[list[ReportFact], Mapping[Moment, str]]
_reports_of: Callable[[Any, District, int], Reports] | None = None


def ask_about_reports(reports_of: Callable[[Any, District, int], Reports]) -> None:
    global _reports_of
    _reports_of = reports_of


def known_of(plans: DistrictPlans, year: int, today: date) -> Known:
    user, district = plans.user, plans.district
    dates = YearDate.objects.filter(district=district, year__in=(year, year - 1))
    kept = {(one.year, one.moment): Kept(one.day, one.is_done) for one in dates}
    last_year = kept.get((year - 1, Moment.REPORT))
    assert _reports_of
    reports, create_report_urls = _reports_of(user, district, year)
    return Known(
        year=year,
        today=today,
        plans=list(_plans(plans)),
        reports=reports,
        create_report_urls=create_report_urls,
        rounds=list(_rounds(plans, year)),
        agreement=_agreement(district, year),
        kept={Moment(moment): one for (of, moment), one in kept.items() if of == year},
        reported_last_year=bool(last_year and last_year.is_done),
        begins=district.valid_from,
        ends=district.valid_to,
        became=_became(district) if district.valid_to else "",
        keeps=bool(may(user, Right.KEEP_YEAR, district)),
        create_url=reverse("plan-create", args=[district.slug])
        if may(user, Right.CREATE_PLAN, district)
        else "",
    )


def _became(district: District) -> str:
    return list_of(str(after) for after in district.successors.all())


def _agreement(district: District, year: int) -> AgreementFact | None:
    """The latest that holds in some part of the year."""
    found = (
        district.agreements.filter(Q(period_end=None) | Q(period_end__year__gte=year))
        .filter(period_start__year__lte=year)
        .first()
    )
    if found is None:
        return None
    return AgreementFact(found.signed_on or found.period_start, found.period_end, found.next_review)


def _plans(plans: DistrictPlans) -> Iterable[PlanFact]:
    """Those that are decided, which is no secret, and those being written that the user reads."""
    shown = [p for p in plans.all if p in plans.readable or p.state in _SETTLED]
    answered = _answered(plans.user, shown)
    for plan in shown:
        is_read = plan in plans.readable
        do, do_url = _to_do(plans, plan, answered) if is_read else (None, "")
        decision = getattr(plan, "decision", None)
        yield PlanFact(
            start=plan.period.start,
            end=plan.period.end,
            state=PlanState(plan.state),
            period=str(plan.period),
            decided_on=decision.decided_on if decision else None,
            reply_by=plan.reply_by,
            url=address_of(plan, plans.readable) if is_read else "",
            do=do,
            do_url=do_url,
            open_url=_in_plan("round-open", plan)
            if plan.in_force and may(plans.user, Right.OPEN_ROUNDS, plan)
            else "",
        )


_SETTLED = (PlanState.DECIDED, PlanState.CLOSED)


def _answered(user: Any, plans: Iterable[Plan]) -> set[tuple[int, int]]:
    """Which plans on consultation have had their answer, by party, as they stand now."""
    sent = {plan.pk: plan.version for plan in plans if plan.state == PlanState.CONSULTATION}
    parties = {m.party_id for m in user.standing if m.party_id}
    if not sent or not parties:
        return set()
    answers = Approval.objects.filter(plan__in=sent, party__in=parties)
    return {
        (plan, party)
        for plan, party, version in answers.values_list("plan", "party", "version")
        if version == sent[plan]
    }


def _to_do(
    plans: DistrictPlans, plan: Plan, answered: set[tuple[int, int]]
) -> tuple[Do | None, str]:
    user, is_sent = plans.user, plan.state == PlanState.CONSULTATION
    parties = [m.party for m in memberships_in(user, plan) if m.party]
    for party in parties:
        if may(user, Right.APPROVE, plan, party) and (plan.pk, party.pk) not in answered:
            return Do.APPROVE, address_of(plan, plans.all, "plan-approve")
    if plan.state not in _SETTLED and may(user, Right.CHANGE_STATE, plan):
        page = "plan" if is_sent else "plan-write"
        return Do.GATHER if is_sent else Do.WRITE, address_of(plan, plans.all, page)
    for party in parties:
        if may(user, Right.EDIT_OWN, plan, party):
            if is_sent:
                return Do.REPLY, address_of(plan, plans.all, part=party.key)
            return Do.WRITE, address_of(plan, plans.all, "plan-write")
    return None, ""


def _rounds(plans: DistrictPlans, year: int) -> Iterable[RoundFact]:
    by_period: dict[int, Plan] = {}
    for plan in plans.all:  # the one in force, where one is
        if plan.in_force or plan.period_id not in by_period:
            by_period[plan.period_id] = plan
    rounds = list(
        FollowUpRound.objects.filter(
            period__in=by_period, reporting_date__year=year
        ).prefetch_related("parties")
    )
    left = _left(plans.user, [(by_period[one.period_id], one) for one in rounds if one.is_open])
    for one in rounds:
        plan = by_period[one.period_id]
        is_read = plan in plans.readable
        closes = one.is_open and may(plans.user, Right.OPEN_ROUNDS, plan)
        yield RoundFact(
            kind=RoundKind(one.kind),
            name=one.name,
            reporting_date=one.reporting_date,
            due_date=one.due_date,
            is_open=one.is_open,
            closed_on=timezone.localdate(one.closed_at) if one.closed_at else None,
            url=_in_plan("round", plan, one.pk) if is_read else "",
            left=left[one.pk],
            answer_url=reverse("my-commitments"),
            close_url=_in_plan("round-close", plan, one.pk) if closes else "",
        )


def _left(user: Any, open_: list[tuple[Plan, FollowUpRound]]) -> Counter[int]:
    """What the parties that the user answers for have not answered, by round."""
    asked = [
        (plan, one, party)
        for plan, one in open_
        for party in dict.fromkeys(m.party for m in memberships_in(user, plan) if m.party)
        if is_asked(party, one)
        and plan.takes_part(party)
        and may(user, Right.FOLLOW_UP, plan, party)
    ]
    left: Counter[int] = Counter()
    for sheet in sheets(asked):
        left[sheet.round.pk] += sheet.left
    return left


def _in_plan(page: str, plan: Plan, *more: int) -> str:
    return reverse(page, args=[plan.district.slug, plan.pk, *more])
