"""Which party is meant: "Polisens", "Sdf", "Trafikkontorets". One that nobody knows is a new one."""

from collections.abc import Iterable

from django.utils.text import slugify

from plans.document import PartyDoc
from plans.reading.words import alike, folded
from samverkan.organisation.vocabulary import PartyKind
from samverkan.reading.outcome import Answers, Sureness

NEW = "ny"
# What the main parties are called where there is but one of the kind.
_CALLED = {
    PartyKind.ADMINISTRATION: "stadsdelsförvaltning; sdf; sdn; förvaltning; kommun; stadsdel; stad",
    PartyKind.POLICE: "polis; lokalpolis; polismyndighet; lpo; lokalpolisområde; kommunpolis; "
    "polisområde",
}
_ENDINGS = ("ernas", "arnas", "ens", "ets", "ns", "en", "et", "s")


def question_about(words: str) -> str:
    return f"party:{_stem(words)}"


class Parties:
    """Those that are known, and those that the file adds."""

    def __init__(self, known: Iterable[PartyDoc], answers: Answers):
        self.known = list(known)
        self.new: dict[str, PartyDoc] = {}
        self._answers = answers

    @property
    def everybody(self) -> list[PartyDoc]:
        return [*self.known, *self.new.values()]

    def find(self, words: str) -> tuple[PartyDoc, Sureness]:
        """The party, and how sure that is."""
        said = self._answers.get(question_about(words))
        for party in self.known:
            if party.key == said:
                return party, Sureness.CERTAIN
        stem = _stem(words)
        if stem in self.new or said == NEW:
            return self._add(stem, words), Sureness.CERTAIN
        if named := [party for party in self.known if stem in _stems(party)]:
            return named[0], Sureness.CERTAIN if len(named) == 1 else Sureness.UNSURE
        if of_kind := self._of_kind(stem):
            return of_kind[0], Sureness.CERTAIN if len(of_kind) == 1 else Sureness.UNSURE
        close = max(self.known, key=lambda party: _likeness(stem, party), default=None)
        if close and _likeness(stem, close) >= 0.85:
            return close, Sureness.LIKELY
        return self._add(stem, words), Sureness.LIKELY

    def _of_kind(self, stem: str) -> list[PartyDoc]:
        """The district's own before the whole city's: its plan does not mean the police region by Polisen."""
        found = [party for party in self.known if stem in _called(party.kind)]
        return [party for party in found if not party.key.startswith("stad/")] or found

    def _add(self, stem: str, words: str) -> PartyDoc:
        if stem not in self.new:
            name = " ".join(words.split())
            name = name[:1].upper() + name[1:].removesuffix("s")
            self.new[stem] = PartyDoc(
                key=self._free(slugify(name)[:70] or "part"),
                name=name[:150],
                short_name=name[:60],
                kind=_kind(stem),
            )
        return self.new[stem]

    def _free(self, slug: str) -> str:
        taken = {party.key for party in self.everybody}
        key, number = slug, 1
        while key in taken:
            number += 1
            key = f"{slug}-{number}"
        return key


def _stem(words: str) -> str:
    """Without the endings of the genitive and of the definite form."""
    said = folded(words)
    for ending in _ENDINGS:
        if said.endswith(ending) and len(said) - len(ending) >= 3:
            return said.removesuffix(ending)
    return said


def _stems(party: PartyDoc) -> set[str]:
    return {_stem(party.name), _stem(party.short_name), _stem(party.key.removeprefix("stad/"))}


def _called(kind: PartyKind) -> set[str]:
    return {_stem(word) for word in _CALLED.get(kind, "").split(";") if word}


def _likeness(stem: str, party: PartyDoc) -> float:
    return max(alike(stem, said) for said in _stems(party))


def _kind(stem: str) -> PartyKind:
    for kind in (PartyKind.ADMINISTRATION, PartyKind.POLICE):
        if stem in _called(kind):
            return kind
    return PartyKind.PARTNER
