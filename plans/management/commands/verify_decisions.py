from django.core.management.base import BaseCommand, CommandError

from plans.models import Decision
from plans.services.decisions import fault_of


class Command(BaseCommand):
    help = "Räknar om kontrollsumman på varje fryst beslut och säger om något inte stämmer."

    def handle(self, **options):
        count, faults = 0, []
        decisions = Decision.objects.select_related("plan__period__district").order_by("pk")
        for decision in decisions.iterator(chunk_size=20):  # each carries its PDF
            count += 1
            if fault := fault_of(decision):
                faults.append(f"{decision.plan}, beslutad {decision.decided_on}: {fault}.")
        if faults:
            raise CommandError(
                "\n".join([f"{len(faults)} av {count} beslut stämmer inte:", *faults])
            )
        match count:
            case 0:
                said = "Det finns inga beslut att kontrollera."
            case 1:
                said = "Det enda beslutet stämmer med sin kontrollsumma."
            case _:
                said = f"Alla {count} beslut stämmer med sina kontrollsummor."
        self.stdout.write(said)
