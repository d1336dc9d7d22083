from django.core.management.base import BaseCommand, CommandError

from plans.models import RoundSnapshot
from plans.services.rounds import fault_of_snapshot
from samverkan.workflow.decisions import fault_of, fault_of_document
from samverkan.workflow.wings import all_wings


class Command(BaseCommand):
    help = (
        "Räknar om kontrollsumman på varje fryst beslut, varje skickat utkast och varje fryst "
        "uppföljning, och säger om något inte stämmer."
    )

    def handle(self, **options):
        decisions = self._decisions()
        rounds, drafts = self._rounds(), self._drafts()
        every = [*decisions, *drafts, *rounds]
        faults = [fault for fault in every if fault]
        if faults:
            count = len(every)
            raise CommandError(
                "\n".join([f"{len(faults)} av {count} kontrollsummor stämmer inte:", *faults])
            )
        match len(decisions):
            case 0:
                said = "Det finns inga beslut att kontrollera."
            case 1:
                said = "Det enda beslutet stämmer med sin kontrollsumma."
            case count:
                said = f"Alla {count} beslut stämmer med sina kontrollsummor."
        if rounds:
            said += f" Det gör också de uppföljningar som är frysta: {len(rounds)}."
        if drafts:
            said += f" Utkasten som har skickats är som de var: {len(drafts)}."
        self.stdout.write(said)

    def _decisions(self) -> list[str]:
        """Of plans, and of reports."""
        return [
            f"{one.work}, beslutad {one.decided_on}: {fault}." if (fault := fault_of(one)) else ""
            for wing in all_wings()
            for one in wing.decision._default_manager.select_related(wing.name)
            .order_by("pk")
            .iterator(chunk_size=20)  # each carries its PDF
        ]

    def _drafts(self) -> list[str]:
        return [
            f"{work}, utkastet som skickades: {fault}."
            if (fault := fault_of_document(work := getattr(one, wing.name), one))
            else ""
            for wing in all_wings()
            for one in wing.sent_draft._default_manager.select_related(wing.name)
            .order_by("pk")
            .iterator(chunk_size=20)
        ]

    def _rounds(self) -> list[str]:
        found = RoundSnapshot.objects.select_related("round", "plan__period__district")
        return [
            f"{one.plan}, {one.round}: {fault}." if (fault := fault_of_snapshot(one)) else ""
            for one in found.iterator(chunk_size=200)
        ]
