"""Agreements to print in tests: one of each level that says everything, and some awkward ones."""

from datetime import date

from plans.agreement import AboveDoc, AgreedAreaDoc, AgreedDoc, AgreementDocument, GroupDoc
from plans.document import DistrictDoc, PartyDoc, SignatoryDoc
from plans.vocabulary import AgreementLevel, GroupKind
from samverkan.documents.standing import Standing
from samverkan.organisation.vocabulary import PartyKind
from tests.formats.samples import ADMINISTRATION, DISTRICT, HOUSING, POLICE, uid

OF_CITY = AgreementDocument(
    uuid=uid("stadens överenskommelse"),
    level=AgreementLevel.CITY,
    municipality="Granstads kommun",
    title="Samverkansöverenskommelse mellan Granstads kommun och polisregion Norr",
    period_start=date(2026, 1, 1),
    parties=(
        PartyDoc("stad/stadskansliet", "Stadskansliet", "Stadskansliet", PartyKind.ADMINISTRATION),
        PartyDoc("stad/polisregionen", "Polisregion Norr", "Polisregionen", PartyKind.POLICE),
    ),
    signatories=(
        SignatoryDoc("stad/stadskansliet", "Kommundirektör", "GR 2025/11"),
        SignatoryDoc("stad/polisregionen", "Regionpolischef", "A100.001/2025"),
    ),
    sections=(AgreedDoc(uid("syfte"), "Syfte", "Färre brott.\nTryggare torg."),),
)

LOCAL = AgreementDocument(
    uuid=uid("den lokala överenskommelsen"),
    level=AgreementLevel.LOCAL,
    municipality="Granstads kommun",
    title="Lokal samverkansöverenskommelse för Tallbacken 2026–2027",
    period_start=date(2026, 1, 1),
    period_end=date(2027, 12, 31),
    signed_on=date(2025, 12, 11),
    registry_number="TAL 2025/340",
    next_review=date(2027, 10, 1),
    above=AboveDoc(OF_CITY.uuid, OF_CITY.title),
    districts=(DISTRICT,),
    parties=(ADMINISTRATION, POLICE, HOUSING),
    signatories=(
        SignatoryDoc(ADMINISTRATION.key, "Stadsdelsdirektör", "TAL 2025/340"),
        SignatoryDoc(POLICE.key, "Lokalpolisområdeschef", "A100.212/2025"),
        SignatoryDoc(HOUSING.key),
    ),
    areas=(
        AgreedAreaDoc("otrygga-platser", "Otrygga och brottsutsatta platser", year=2024),
        AgreedAreaDoc("nyrekrytering", "Nyrekrytering", own=True),
    ),
    groups=(
        GroupDoc(
            uid("styrgrupp"),
            GroupKind.STEERING,
            task="Beslutar om inriktning och tar bort hinder.",
            members="Stadsdelsdirektör\nLokalpolisområdeschef",
            meetings="Fyra gånger om året",
        ),
        GroupDoc(uid("torggruppen"), GroupKind.WORKING, "Torggruppen", "Går tillsammans på torget"),
    ),
    sections=(
        AgreedDoc(
            uid("mål"), "Syfte", "Den som bor i Tallbacken ska vara trygg.\n\nFärre utsätts."
        ),
        AgreedDoc(uid("hur"), "Hur vi samverkar", "Vi delar lägesbild varje vecka."),
    ),
)

_LONG = "Nämnden för samhällsbyggnad, trygghet, fritid och medborgarservice i Granstad med omnejd "
_WITHOUT_A_SPACE = "Trygghetssamverkansöverenskommelseundertecknandeordning"
_MANY = tuple(
    PartyDoc(f"part-{number}", f"{_LONG}{number}", f"{_LONG}{number}"[:60], PartyKind.PARTNER)
    for number in range(1, 13)
)

AWKWARD = {
    "tom": AgreementDocument(
        uuid=uid("tom"),
        level=AgreementLevel.LOCAL,
        municipality="Granstads kommun",
        title="Överenskommelse",
        period_start=date(2026, 1, 1),
    ),
    "lang": AgreementDocument(
        uuid=uid("lång"),
        level=AgreementLevel.LOCAL,
        municipality="Granstads kommun",
        title=f"{_LONG}och {_WITHOUT_A_SPACE * 2}"[:200],
        period_start=date(2026, 1, 1),
        registry_number="1" * 60,
        above=AboveDoc(OF_CITY.uuid, f"{OF_CITY.title} {_WITHOUT_A_SPACE}"),
        districts=tuple(
            DistrictDoc(f"tallbacken-{number}", f"Tallbacken-{'Norra ' * 6}{number}", "Granstad")
            for number in range(5)
        ),
        parties=_MANY,
        signatories=tuple(
            SignatoryDoc(party.key, f"{_LONG}ordförande", "A" * 60) for party in _MANY
        ),
        areas=tuple(
            AgreedAreaDoc(f"omrade-{number}", f"{_LONG}{_WITHOUT_A_SPACE}", own=True)
            for number in range(20)
        ),
        groups=tuple(
            GroupDoc(
                uid(f"grupp {number}"),
                GroupKind.WORKING,
                _WITHOUT_A_SPACE * 2,
                "Planerar och följer upp. " * 60,
                "Stadsdelsdirektör\n" * 25,
                _WITHOUT_A_SPACE,
            )
            for number in range(4)
        ),
        sections=(
            AgreedDoc(uid("stycken"), f"{_LONG}{_WITHOUT_A_SPACE}", "Vi möts ofta. " * 800),
            AgreedDoc(uid("inget"), "Ett avsnitt utan text"),
        ),
    ),
}
EVERY = {"stad": OF_CITY, "lokal": LOCAL} | AWKWARD


def standing_of(document: AgreementDocument) -> Standing:
    return Standing(
        state="Undertecknad" if document.signed_on else "Att underteckna",
        content_hash=document.content_hash(),
        printed_on=date(2026, 3, 1),
        is_decided=True,
        decided_on=document.signed_on,
    )
