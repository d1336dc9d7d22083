"""Reading a plan, and looking through it."""

from collections.abc import Callable
from typing import Any

from tests.bench.figures import Figure, measure


def plan_page() -> list[Figure]:
    """The plan's page through the whole house, against its template with everything in memory."""
    from django.template.loader import get_template
    from django.test import Client
    from django.test.utils import setup_test_environment, teardown_test_environment
    from django.urls import reverse

    from samverkan.organisation.vocabulary import Role
    from tests.factories import a_member
    from tests.formats.samples import large
    from tests.plans.storing import stored

    results = []
    for actions in (60, 300):
        plan = stored(large(actions))
        user = a_member(Role.COORDINATOR, plan.district, plan.agreement.parties.first().party)
        address = reverse("plan", args=[plan.district.slug, plan.year])
        client = Client()
        client.force_login(user)
        setup_test_environment()  # so that the response tells what its template was given
        contexts: Any = client.get(address).context
        teardown_test_environment()
        template: Any = get_template("plans/plan.html")
        results.append(
            measure(
                f"Plansidan, {actions} åtgärder",
                lambda client=client, address=address: client.get(address),
                "samma mall ur minnet",
                lambda template=template.template, context=contexts[0]: template.render(context),
            )
        )
        plan.delete()  # the next is for the same period
    return results


def looking_through() -> list[Figure]:
    """What looks through a whole plan, against writing it as bytes."""
    from msgspec.structs import replace

    from plans.difference import differences
    from plans.quality import personal_data, shortcomings
    from samverkan.document import encode
    from tests.formats.samples import large

    plan = large(300)
    revised = replace(
        plan,
        areas=tuple(replace(area, comment=f"{area.comment} Mer.") for area in plan.areas),
    )
    things: dict[str, Callable] = {
        "Brister": lambda: shortcomings(plan),
        "Personuppgifter": lambda: personal_data(plan),
        "Skillnader": lambda: differences(plan, revised),
    }
    return [
        measure(f"{name}, 300 åtgärder", thing, "planen som byte", lambda: encode(plan))
        for name, thing in things.items()
    ]


def comparing_texts() -> list[Figure]:
    """Twenty thousand characters with a tenth of the words changed, and the worst that is known;
    against splitting them into words."""
    from samverkan.difference import words

    varied = [f"ord{number * number % 1999}" for number in range(3000)]
    changed = ["nytt" if number % 10 == 0 else word for number, word in enumerate(varied)]
    few = [str(number * number % 131) for number in range(7000)]
    texts = {
        "var tionde ord ändrat": (" ".join(varied), " ".join(changed)),
        "få ord, annan ordning": (" ".join(few), " ".join(reversed(few))),
    }
    return [
        measure(
            f"Skillnad i ord, {name}",
            lambda one=one, other=other: words(one, other),
            "texten delad i ord",
            lambda one=one, other=other: (one.split(), other.split()),
        )
        for name, (one, other) in texts.items()
    ]
