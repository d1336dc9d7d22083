"""What a turn in a report leads to: its figures are still such as a document can have, and who had
approved it is told."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q

from lagesbild.models import FigurePart, Image
from lagesbild.vocabulary import BlockForm
from samverkan.collaboration.turns import Op, Turn
from samverkan.workflow.voiding import void


class ReportTurn(Turn):
    def led_to(self, now: datetime) -> None:
        self._refuse_words_in_figures()
        self._refuse_images_from_elsewhere()
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

    def _refuse_images_from_elsewhere(self) -> None:
        """Another district's cannot be read here, and no file could be made with it."""
        said = [change.after for change in self.changes if change.field == "image"]
        said += [
            change.after["doc"].get("image") for change in self.changes if change.op == Op.ADDED
        ]
        named = {image["sha256"] for image in said if image}
        if named:
            here = Image.objects.filter(district=self.work.district_id, sha256__in=named)
            if here.count() < len(named):
                raise ValidationError("Bilden finns inte. Skicka den igen.")
