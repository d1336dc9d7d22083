"""What a turn in a report leads to: who had approved it is told."""

from datetime import datetime

from samverkan.collaboration.turns import Turn
from samverkan.workflow.voiding import void


class ReportTurn(Turn):
    def led_to(self, now: datetime) -> None:
        void(self.work, by=self.actor, before=self._first - 1)
