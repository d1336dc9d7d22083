"""Two files at once into one plan: one goes in, and whoever comes second sees the plan anew."""

from functools import partial

import pytest
from msgspec.structs import replace

from plans.document import ActionDoc
from plans.models import Action, Plan, Upload
from plans.services import importing
from plans.services.importing import Use
from samverkan.organisation.vocabulary import Role
from samverkan.reading.uploads import AlreadyUsed, Changed
from tests.factories import a_member
from tests.formats.samples import at, full, uid
from tests.importing.files import a_file, a_place_for, an_upload, read_in, reading_of
from tests.plans.test_creation_race import at_once


@pytest.fixture
def place(transactional_db):
    return a_place_for(full())


@pytest.fixture
def anna(place):
    return a_member(Role.COORDINATOR, place)


def an_extra_action(name):
    actions = (*full().areas[0].actions, ActionDoc(uid(name), name=name))
    return a_file(replace(at(full(), "areas", 0, actions=actions), rounds=()))


def press(anna, upload, use):
    """Whoever has the preview before her, as the plan was when it was shown."""
    seen = importing.target_for(upload, reading_of(upload)).seen

    def press():
        try:
            importing.apply(actor=anna, upload=upload, use=use, seen=seen)
        except (Changed, AlreadyUsed) as refusal:
            return type(refusal)
        return None

    return press


def test_two_files_into_one_draft(place, anna):
    read_in(anna, an_upload(anna, place))
    uploads = [an_upload(anna, place, an_extra_action(name)) for name in ("Ett", "Två")]
    met = at_once(*(press(anna, upload, Use.MERGED) for upload in uploads))
    assert sorted(met, key=str) == [Changed, None]
    plan = Plan.objects.get()
    assert Action.objects.filter(area__plan=plan, name__in=["Ett", "Två"]).count() == 1
    again = Upload.objects.get(use=Use.NONE)
    read_in(anna, again, Use.MERGED)  # she looks at it anew, and reads on
    assert Action.objects.filter(area__plan=plan, name__in=["Ett", "Två"]).count() == 2


def test_two_files_for_a_period_without_a_plan(place, anna):
    uploads = [an_upload(anna, place, an_extra_action(name)) for name in ("Ett", "Två")]
    met = at_once(*(press(anna, upload, Use.NEW) for upload in uploads))
    assert sorted(met, key=str) == [Changed, None]
    assert Plan.objects.count() == 1


def test_one_file_twice(place, anna):
    upload = an_upload(anna, place)
    met = at_once(*(partial(press(anna, upload, Use.NEW)) for _ in range(2)))
    assert sorted(met, key=str) == [AlreadyUsed, None]
    assert Plan.objects.count() == 1
    assert Upload.objects.get().use == Use.NEW
