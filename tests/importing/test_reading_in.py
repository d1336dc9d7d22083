"""A file becomes a plan, or goes into one: all of it or nothing, told in the history, and undone."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse
from msgspec.structs import replace

from plans.document import ActionDoc
from plans.editable import KINDS
from plans.models import Action, Approval, Change, FollowUp, Plan, Upload
from plans.places import replayed, rewound
from plans.services import importing
from plans.services.importing import Use, take_back
from plans.services.loading import to_document
from plans.services.uploads import UPLOADS
from plans.vocabulary import PlanState
from samverkan.collaboration.editing import write
from samverkan.collaboration.undoing import redo, undo
from samverkan.journal.kinds import sentence
from samverkan.journal.models import Entry
from samverkan.organisation.vocabulary import Role
from samverkan.reading.uploads import AlreadyUsed, Changed
from tests.factories import a_decision, a_member, settle
from tests.formats.samples import at, full, uid
from tests.importing.files import a_file, a_place_for, an_upload, read_in, reading_of
from tests.plans.test_history import words_of

pytestmark = pytest.mark.django_db
NEW_ACTION = ActionDoc(uid("ny"), name="Trygghetsvandring")


@pytest.fixture
def place():
    return a_place_for(full())


@pytest.fixture
def anna(place):
    return a_member(Role.COORDINATOR, place)


@pytest.fixture
def bo(place):
    return a_member(Role.COORDINATOR, place)


@pytest.fixture
def draft(place, anna):
    """A plan for the period, as a file made it."""
    return read_in(anna, an_upload(anna, place)).plan


def now(plan):
    return to_document(Plan.objects.with_heading().get(pk=plan.pk))


def said(document):
    """All that a file brings, but for the order that the database has parties in."""
    named = ("period_start", "period_end", "layout", "annex_label", "agreement", "areas", "extras")
    return (
        [getattr(document, name) for name in named],
        {party.key for party in document.parties},
        [section.heading for section in document.sections],
    )


def written(person, plan, **typed):
    plan = Plan.objects.get(pk=plan.pk)
    action = Action.objects.filter(area__plan=plan).order_by("area__position", "position").first()
    write(
        actor=person,
        work=plan,
        kind=KINDS["action"],
        row=action.uuid,
        typed=typed,
        seen=plan.version,
    )


# --- A new plan ---


def test_a_file_becomes_a_draft_with_all_that_it_says(place, anna):
    upload = read_in(anna, an_upload(anna, place))
    assert upload.plan.state == PlanState.DRAFT
    assert said(now(upload.plan)) == said(full())
    assert now(upload.plan).rounds == full().rounds


def test_the_journal_and_the_file_itself_are_kept(place, anna):
    upload = read_in(anna, an_upload(anna, place, name="Plan 2025.json"))
    assert bytes(Upload.objects.get().content) == a_file()
    said = sentence(Entry.objects.filter(kind="plan-read-in").get())
    assert said == (
        f"{anna.name} läste in filen Plan 2025.json till Åtgärdsplan 2025–2026 för Tallbacken, "
        f"revision {upload.plan.revision}: en ny plan."
    )


def test_the_file_is_read_for_the_district_and_year_that_were_asked_for(place, anna):
    upload = read_in(anna, an_upload(anna, place, year=2027))
    assert (upload.plan.district, upload.plan.year) == (place, 2027)
    warnings = reading_of(upload).warnings
    assert warnings == ("Filen säger att planen gäller 2025–2026. Den läses in för 2027.",)


def test_a_file_with_a_period_of_its_own_in_that_year_keeps_it(place, anna):
    upload = read_in(anna, an_upload(anna, place))
    assert upload.plan.period.end == date(2026, 12, 31)
    assert not reading_of(upload).warnings


def test_a_new_plan_is_taken_back_whole(place, anna, draft):
    take_back(actor=anna, upload=Upload.objects.get())
    assert not Plan.objects.exists()
    assert not place.periods.exists()
    assert not FollowUp.objects.exists()
    assert "ångrade inläsningen" in sentence(
        Entry.objects.filter(kind="plan-read-in-taken-back").get()
    )


def test_a_new_plan_that_somebody_has_written_in_stays(place, anna, bo, draft):
    written(bo, draft, convener="Någon annan")
    with pytest.raises(ValidationError, match=f"{bo.name} ändrade Sammankallande i ”"):
        take_back(actor=anna, upload=Upload.objects.get())
    assert Plan.objects.exists()


def test_the_same_file_in_another_year_is_another_plan(place, anna, draft):
    other = read_in(anna, an_upload(anna, place, year=2026)).plan
    actions = [
        set(Action.objects.filter(area__plan=p).values_list("uuid", flat=True))
        for p in (draft, other)
    ]
    assert not actions[0] & actions[1]


# --- Into the draft ---


def test_what_is_empty_is_filled_in_and_what_stands_is_left(place, anna, bo, draft):
    written(anna, draft, convener="Samordnaren", funding="")
    file = at(full(), "areas", 0, actions=(*full().areas[0].actions, NEW_ACTION))
    read_in(bo, an_upload(bo, place, a_file(file)), Use.MERGED)
    area = now(draft).areas[0]
    assert area.actions[0].convener == "Samordnaren"
    assert area.actions[0].funding == full().areas[0].actions[0].funding
    assert area.actions[-1] == NEW_ACTION


def test_the_files_words_are_taken_where_somebody_chooses_them(place, anna, draft):
    written(anna, draft, convener="Samordnaren")
    upload = an_upload(anna, place)
    reading = reading_of(upload)
    target = importing.target_for(upload, reading)
    found = importing.outcome(target, Use.MERGED, reading.document)
    (clash,) = found.merged.clashes
    read_in(anna, upload, Use.MERGED, {clash.key})
    assert now(draft).areas == full().areas


INTO = [Use.MERGED, Use.REPLACED]


def another():
    """Another plan with some of the same rows: in another order, some new, some gone."""
    first, *rest = full().areas
    goals = first.actions[0].goals[:1]
    changed = replace(first.actions[0], description="Något annat", goals=goals, funding="")
    first = replace(first, actions=(NEW_ACTION, changed), comment="")
    return replace(full(), areas=(*rest, first), rounds=(), sections=full().sections[::-1])


@pytest.mark.parametrize("use", INTO)
def test_the_history_gives_every_fields_value_both_ways(use, place, anna, draft):
    before = now(draft)
    upload = read_in(anna, an_upload(anna, place, a_file(another())), use)
    after = now(draft)
    changes = list(Change.objects.filter(plan=draft))
    assert changes
    assert {change.turn for change in changes} == {upload.turn}
    parties = tuple({p.key: p for p in (*before.parties, *after.parties)}.values())
    before, after = (replace(d, rounds=(), parties=parties) for d in (before, after))
    assert replayed(before, changes) == after
    assert rewound(after, changes) == before


def test_a_draft_that_is_replaced_says_what_the_file_says_and_no_more(place, anna, draft):
    wanted = another()
    read_in(anna, an_upload(anna, place, a_file(wanted)), Use.REPLACED)
    assert said(now(draft)) == said(wanted)


@pytest.mark.parametrize("use", INTO)
def test_it_is_taken_back_in_one_turn(use, place, anna, draft):
    before = now(draft)
    upload = read_in(anna, an_upload(anna, place, a_file(another())), use)
    take_back(actor=anna, upload=upload)
    assert now(draft) == before
    undoing = Change.objects.filter(plan=draft, undoes=upload.turn)
    assert undoing.values("turn").distinct().count() == 1


@pytest.mark.parametrize("use", INTO)
def test_it_is_not_taken_back_from_under_what_somebody_has_built_on_it(use, place, anna, bo, draft):
    upload = read_in(anna, an_upload(anna, place, a_file(another())), use)
    plan = Plan.objects.get(pk=draft.pk)
    new = Action.objects.get(area__plan=plan, name=NEW_ACTION.name)
    typed = {"timing": "Hela året"}
    write(actor=bo, work=plan, kind=KINDS["action"], row=new.uuid, typed=typed, seen=plan.version)
    with pytest.raises(ValidationError, match=f"{bo.name} skrev Tid i ”Trygghetsvandring”"):
        take_back(actor=anna, upload=upload)
    assert Action.objects.filter(area__plan=plan, name=NEW_ACTION.name).exists()


def test_what_others_have_written_elsewhere_stays_when_it_is_taken_back(place, anna, bo, draft):
    file = at(full(), "areas", 0, actions=(*full().areas[0].actions, NEW_ACTION))
    upload = read_in(anna, an_upload(anna, place, a_file(file)), Use.MERGED)
    written(bo, draft, convener="Bo själv")
    take_back(actor=anna, upload=upload)
    assert now(draft).areas[0].actions[0].convener == "Bo själv"
    assert NEW_ACTION.uuid not in [a.uuid for a in now(draft).areas[0].actions]


def test_a_file_is_not_undone_bit_by_bit(place, anna, draft):
    upload = read_in(anna, an_upload(anna, place, a_file(another())), Use.MERGED)
    with pytest.raises(ValidationError, match="läsa in en fil"):
        undo(actor=anna, work=Plan.objects.get(pk=draft.pk))
    take_back(actor=anna, upload=upload)
    with pytest.raises(ValidationError, match="på sidan Läs in en plan"):
        redo(actor=anna, work=Plan.objects.get(pk=draft.pk))


def test_the_history_tells_of_it_and_the_differences_too(place, anna, bo, draft, client):
    changed = replace(another(), extras=full().extras[:1])
    upload = read_in(anna, an_upload(anna, place, a_file(changed)), Use.REPLACED)
    client.force_login(bo)
    told = words_of(client.get(reverse("plan-history", args=[place.slug, draft.pk])))
    assert "lade till åtgärden ”Trygghetsvandring”" in told
    assert "tog bort uppgiften ”Bildtext”" in told
    assert upload.turn
    asked = {"till": draft.pk, "sedan": upload.turn - 1}
    differs = words_of(client.get(reverse("plan-differences", args=[place.slug]), asked))
    assert "Trygghetsvandring" in differs
    json = {"Accept": "application/json"}
    address = reverse("plan-news", args=[place.slug, draft.pk])
    assert client.get(address, {"seen": 1}, headers=json).status_code == 200


# --- A decided plan ---


@pytest.fixture
def decided(draft):
    a_decision(draft)
    return settle(draft, PlanState.DECIDED)


def test_a_decided_plan_gets_a_new_revision(place, anna, decided):
    upload = read_in(anna, an_upload(anna, place, a_file(another())), Use.REVISION)
    assert upload.plan.revision == decided.revision + 1
    assert upload.plan.state == PlanState.DRAFT
    assert now(upload.plan).areas == another().areas
    assert now(decided).plan_part().areas == full().areas


def test_nothing_goes_into_what_is_decided(place, anna, decided):
    for use in (Use.NEW, Use.MERGED, Use.REPLACED):
        with pytest.raises(Changed):
            read_in(anna, an_upload(anna, place), use)
    assert Plan.objects.count() == 1


def test_a_revision_that_a_file_made_goes_again(place, anna, decided):
    upload = read_in(anna, an_upload(anna, place, a_file(another())), Use.REVISION)
    take_back(actor=anna, upload=upload)
    assert Plan.objects.get() == decided


# --- Follow-ups ---


def test_follow_ups_come_into_the_periods_rounds_once(place, anna, draft):
    answers = FollowUp.objects.count()
    assert answers == sum(len(round_.answers) for round_ in full().rounds)
    read_in(anna, an_upload(anna, place), Use.MERGED)
    assert FollowUp.objects.count() == answers


def test_nobodys_follow_up_is_written_over_and_the_files_is_kept(place, anna, draft):
    place.periods.get().rounds.update(closed_at=None)
    answer = FollowUp.objects.exclude(text="").first()
    FollowUp.objects.filter(pk=answer.pk).update(text="Det vi såg själva")
    read_in(anna, an_upload(anna, place), Use.MERGED)
    assert FollowUp.objects.get(pk=answer.pk).text == "Det vi såg själva"
    assert answer.text in [extra.text for extra in now(draft).extras]


# --- Who, and what stands in the way ---


def test_an_approval_does_not_outlive_what_was_approved(place, anna, draft):
    settle(draft, PlanState.CONSULTATION)
    party = draft.agreement.parties.first().party
    chef = a_member(Role.MANAGER, place, party)
    plan = Plan.objects.get(pk=draft.pk)
    seen = {"version": plan.version, "content_hash": now(draft).content_hash()}
    Approval.objects.create(plan=plan, party=party, answer="godkand", by=chef, **seen)
    read_in(anna, an_upload(anna, place, a_file(another())), Use.MERGED)
    assert Entry.objects.filter(kind="approval-voided").exists()


def test_nothing_is_done_when_the_plan_has_changed_since_the_preview(place, anna, bo, draft):
    upload = an_upload(anna, place, a_file(another()))
    seen = importing.target_for(upload, reading_of(upload)).seen
    written(bo, draft, convener="Bo")
    before = now(draft)
    with pytest.raises(Changed):
        importing.apply(actor=anna, upload=upload, use=Use.REPLACED, seen=seen)
    assert now(draft) == before
    assert not Upload.objects.get(pk=upload.pk).use


def test_the_same_file_is_read_in_once(place, anna):
    upload = an_upload(anna, place)
    read_in(anna, upload)
    with pytest.raises(AlreadyUsed):
        read_in(anna, upload)
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTRIBUTOR, Role.MANAGER, Role.READER])
def test_only_the_coordinator_reads_in_a_file(role, place, anna):
    upload, other = an_upload(anna, place), a_member(role, place)
    with pytest.raises(PermissionDenied, match="Bara samordnaren läser in"):
        an_upload(other, place)
    with pytest.raises(PermissionDenied):
        read_in(other, upload)
    with pytest.raises(Http404):
        read_in(a_member(Role.COORDINATOR), upload)
    assert not Plan.objects.exists()


def test_a_file_that_fails_half_way_leaves_nothing(place, anna, monkeypatch):
    def stop(*args):
        raise ConnectionError

    monkeypatch.setattr("plans.services.importing.answers.put_in", stop)
    upload = an_upload(anna, place)
    with pytest.raises(ConnectionError):
        read_in(anna, upload)
    assert not Plan.objects.exists()
    assert not Upload.objects.get().use


# --- Areas that the city's list here does not have ---


class TestAnAreaThatIsNotInTheList:
    ASKED = "Vilket prioriterat område är ”Brottsutsatta platser”?"
    TOLD = "Området Brottsutsatta platser finns inte i Stadens prioriterade områden."

    @pytest.fixture
    def upload(self, place, anna):
        """Of a plan whose areas were called something else where it was written."""
        catalogue = place.municipality.catalogues.get()
        catalogue.areas.filter(slug="platser").update(name="Torg och parker", slug="torg")
        return an_upload(anna, place, a_file(named(full(), "platser", "Brottsutsatta platser")))

    def test_the_preview_says_which_it_is_and_asks_before_anything_else_is_answered(
        self, upload, place, anna, client
    ):
        client.force_login(anna)
        page = client.get(reverse("import-preview", args=[place.slug, upload.pk]))
        assert page.status_code == 200
        said = words_of(page)
        assert f"{self.TOLD} Det läses in som ett eget område." in said
        assert self.ASKED in said

    def test_it_is_one_of_the_districts_own_until_somebody_says_which(self, upload, anna):
        plan = read_in(anna, upload).plan
        assert ("Brottsutsatta platser", True) in {(a.name, a.own) for a in now(plan).areas}

    def test_it_becomes_the_one_that_somebody_says(self, upload, anna):
        question = next(q for q in reading_of(upload).questions if q.asks == self.ASKED)
        torg = next(o.value for o in question.options if o.words == "Torg och parker")
        UPLOADS.answer(actor=anna, upload=upload, question=question.key, said=torg)
        plan = read_in(anna, Upload.objects.get(pk=upload.pk)).plan
        assert ("Torg och parker", False) in {(a.name, a.own) for a in now(plan).areas}

    def test_a_file_that_goes_by_a_list_of_another_city_goes_by_the_one_here(self, place, anna):
        place.municipality.catalogues.update(year=2023)
        upload = an_upload(anna, place)
        assert "Här går den efter Stadens prioriterade områden (2023)." in " ".join(
            reading_of(upload).warnings
        )
        plan = read_in(anna, upload).plan
        assert now(plan).catalogue.year == 2023
        assert [a.slug for a in now(plan).areas] == [a.slug for a in full().areas]


def named(document, slug, name):
    """The same, with the area called something else."""
    areas = [replace(a, name=name) if a.slug == slug else a for a in document.areas]
    return replace(document, areas=tuple(areas))
