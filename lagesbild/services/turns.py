"""What a turn in a report leads to: a figure with parts is still one, and who had approved it is told."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q

from lagesbild.models import FigurePart
from lagesbild.vocabulary import BlockForm
from samverkan.collaboration.turns import Op, Turn
from samverkan.workflow.voiding import void


class ReportTurn(Turn):
    def led_to(self, now: datetime) -> None:
        self._refuse_words_in_figures()
        void(self.work, by=self.actor, before=self._first - 1)

    def _refuse_words_in_figures(self) -> None:
        """Whatever way it came: written, added, moved, taken back. No document can say it."""
        if not any(
            change.kind in ("block", "part") and (change.op != Op.SET or change.field == "form")
            for change in self.changes
        ):
            return
        of_report = FigurePart.objects.filter(block__section__report=self.work)
        if of_report.filter(Q(form=BlockForm.TEXT) | Q(block__form=BlockForm.TEXT)).exists():
            raise ValidationError(
                "En figur med delar kan inte vara text, och inte delarna heller. Välj diagram, tabell "
                "eller bild, eller ta bort delarna."
            )
