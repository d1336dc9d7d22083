"""Benchmarks: each figure beside a floor measured in the same run. `make bench`.

The machine is noisy and shared, so it is the ratio that counts: thing and floor are run in turn,
and the medians are compared. Nothing here decides a test.
"""

import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

RESULTS = Path(__file__).resolve().parents[1] / "var/bench.json"
ROUNDS = 15


@dataclass(frozen=True)
class Result:
    name: str
    floor: str
    milliseconds: float
    floor_milliseconds: float

    @property
    def ratio(self) -> float:
        return self.milliseconds / self.floor_milliseconds


def measure(name: str, thing: Callable, floor_name: str, floor: Callable) -> Result:
    """Run the two in turn, so that a slow moment strikes both."""
    thing(), floor()
    times: dict[Callable, list[float]] = {thing: [], floor: []}
    for _ in range(ROUNDS):
        for run, taken in times.items():
            start = time.perf_counter()
            run()
            taken.append((time.perf_counter() - start) * 1000)
    return Result(name, floor_name, *(round(statistics.median(t), 2) for t in times.values()))


def plan_page() -> list[Result]:
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


def saving_a_field() -> list[Result]:
    """A field saved by the script, against the least that a view could do: session, user, one
    guarded UPDATE and one row in the log."""
    from itertools import count

    from django.db import transaction
    from django.db.models import F
    from django.http import HttpRequest, HttpResponse
    from django.test import Client
    from django.urls import path, reverse

    import samverkan.urls
    from plans.models import Action, Change
    from samverkan.organisation.vocabulary import Role
    from tests.factories import a_member
    from tests.formats.samples import large
    from tests.plans.storing import stored

    plan = stored(large(300))
    user = a_member(Role.COORDINATOR, plan.district, plan.agreement.parties.first().party)
    action = Action.objects.filter(area__plan=plan)[0]
    numbers = count(1_000_000)

    def least(request: HttpRequest) -> HttpResponse:
        number = next(numbers)
        with transaction.atomic():
            Action.objects.filter(pk=action.pk, version=request.POST["version"]).update(
                timing=f"{request.user.pk} {number}", version=F("version") + 1
            )
            Change.objects.create(
                plan=plan, number=number, turn=number, op="set", kind="action", row=action.uuid
            )
        return HttpResponse(str(number))

    samverkan.urls.urlpatterns.insert(0, path("golv/", least))
    client = Client()
    client.force_login(user)
    address = reverse("row", args=[plan.district.slug, plan.pk, "action", action.uuid])
    version = Action.objects.filter(pk=action.pk).values_list("version", flat=True)
    seen = count(1)
    result = measure(
        "Ett fält sparas, 300 åtgärder",
        lambda: client.post(
            address,
            {"responsible": f"Nummer {(number := next(seen))}", "seen": number},
            headers={"Accept": "application/json"},
        ),
        "vy med en UPDATE och en loggrad",
        lambda: client.post("/golv/", {"version": version.get()}),
    )
    return [result]


def looking_through() -> list[Result]:
    """What looks through a whole plan, against writing it as bytes."""
    from msgspec.structs import replace

    from plans.difference import differences
    from plans.document import encode
    from plans.quality import personal_data, shortcomings
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


def comparing_texts() -> list[Result]:
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


BENCHMARKS = [plan_page, saving_a_field, looking_through, comparing_texts]


def main() -> None:
    with TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
        os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        results = [result for benchmark in BENCHMARKS for result in benchmark()]
        print(f"{'':<34}{'ms':>9}{'golv ms':>10}{'kvot':>7}  golv")
        for result in results:
            print(
                f"{result.name:<34}{result.milliseconds:>9.1f}"
                f"{result.floor_milliseconds:>10.1f}{result.ratio:>7.2f}  {result.floor}"
            )
        RESULTS.parent.mkdir(exist_ok=True)
        rows = [asdict(result) | {"ratio": round(result.ratio, 3)} for result in results]
        RESULTS.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
