"""`manage.py remind`: once a day. Twice on the same day does no harm."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from plans.services.reminding import Digest, digests, remind
from plans.services.reviews import remind_of_reviews, review_letters


class Command(BaseCommand):
    help = "Skickar dagens påminnelser om uppföljning: ett brev till var och en som har något kvar."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="skriv ut vilka som skulle få vad; skicka inget"
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        sent = digests(timezone.localdate()) if dry_run else remind()
        for digest in sent:
            self.stdout.write(_words(digest))
        did = "skulle skickas" if dry_run else "skickade"
        self.stdout.write(f"{len(sent)} {'påminnelse' if len(sent) == 1 else 'påminnelser'} {did}.")
        today = timezone.localdate()
        for letter in review_letters(today) if dry_run else remind_of_reviews(today):
            titles = "; ".join(f"{one}, {one.next_review}" for one, _ in letter.reviews)
            self.stdout.write(f"{letter.user.email}: översyn. {titles}.")


def _words(digest: Digest) -> str:
    why = "; ".join(
        f"{round_}, {round_.period.district}: {occasion.label.lower()}"
        for round_, occasion in digest.because.items()
    )
    left = sum(line.left for line in digest.own)
    of_others = len(digest.awaited)
    what = [
        f"{left} svar kvar" if left else "",
        f"väntar på {of_others} {'part' if of_others == 1 else 'parter'}" if of_others else "",
    ]
    how = " (genom länk)" if digest.link else ""
    return f"{digest.to}{how}: {why}. {', '.join(filter(None, what)).capitalize()}."
