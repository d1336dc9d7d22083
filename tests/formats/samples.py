"""Plans to write and to read in tests: one that uses every field there is, and some awkward ones."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from msgspec.structs import replace

from plans.document import (
    ActionDoc,
    AgreementDoc,
    AnswerDoc,
    AreaDoc,
    CatalogueDoc,
    CauseDoc,
    CommitmentDoc,
    DistrictDoc,
    ExtraDoc,
    GoalDoc,
    OutcomeDoc,
    PartyDoc,
    PlanDocument,
    ProblemDoc,
    RoundDoc,
    SectionDoc,
    SignatoryDoc,
)
from plans.vocabulary import ActionState, HandledAs, Layout, Met, RoundKind, TimingKind
from samverkan.organisation.vocabulary import PartyKind

DISTRICT = DistrictDoc(slug="tallbacken", name="Tallbacken", municipality="Granstads kommun")
CATALOGUE = CatalogueDoc(year=2024, name="Stadens prioriterade områden")

ADMINISTRATION = PartyDoc(
    "stadsdelsforvaltningen",
    "Tallbackens stadsdelsförvaltning",
    "Stadsdelsförvaltningen",
    PartyKind.ADMINISTRATION,
)
POLICE = PartyDoc("polisen", "Lokalpolisområde Granstad Norr", "Polisen", PartyKind.POLICE)
SCHOOLS = PartyDoc(
    "utbildningsforvaltningen",
    "Granstads utbildningsförvaltning",
    "Utbildningsförvaltningen",
    PartyKind.PARTNER,
)
TRAFFIC = PartyDoc(
    "stad/trafikkontoret", "Granstads trafikkontor", "Trafikkontoret", PartyKind.PARTNER
)
HOUSING = PartyDoc("granhem", "Bostadsbolaget Granhem AB", "Granhem", PartyKind.PARTNER)
PARTIES = (ADMINISTRATION, POLICE, SCHOOLS, TRAFFIC, HOUSING)


def uid(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


def at(document, *path, **changes):
    """The document with that changed in the part at the end of the path: "areas", 0, "actions", 1."""
    if not path:
        return replace(document, **changes)
    field, *rest = path
    value = getattr(document, field)
    if rest and isinstance(rest[0], int):
        number, *rest = rest
        changed = (*value[:number], at(value[number], *rest, **changes), *value[number + 1 :])
    else:
        changed = at(value, *rest, **changes)
    return replace(document, **{field: changed})


def emptiest(layout: Layout = Layout.CAUSES) -> PlanDocument:
    """As a plan is when somebody has just pressed "Ny plan"."""
    return PlanDocument(
        district=DISTRICT,
        period_start=date(2025, 1, 1),
        period_end=date(2025, 12, 31),
        layout=layout,
        catalogue=CATALOGUE,
    )


def with_action(
    action: ActionDoc, layout: Layout = Layout.CAUSES, parties: tuple[PartyDoc, ...] = PARTIES
) -> PlanDocument:
    area = AreaDoc(uid("area"), "centrum", "Centrum", "Centrum", actions=(action,))
    return replace(emptiest(layout), parties=parties, areas=(area,))


def large(actions: int, layout: Layout = Layout.CAUSES) -> PlanDocument:
    """Five areas with that many ordinary actions between them."""
    plan = full(layout)
    model = plan.areas[0].actions[0]
    areas = []
    for number in range(5):
        problems = tuple(
            ProblemDoc(
                uid(f"problem-{number}-{place}"),
                f"Otrygghet kring plats {place} under sena kvällar och helger",
                causes=(
                    CauseDoc(
                        uid(f"cause-{number}-{place}"), "Mörka gångvägar och få som rör sig där."
                    ),
                ),
            )
            for place in range(-(-actions // 15))
        )
        own = tuple(
            replace(
                model,
                uuid=uid(f"action-{number}-{place}"),
                problem=None,
                cause=problems[place // 3].causes[0].uuid if layout == Layout.CAUSES else None,
                also_serves=(),
                goals=(
                    GoalDoc(uid(f"goal-{number}-{place}"), "Fler ska känna sig trygga på platsen."),
                ),
                commitments=tuple(
                    replace(one, uuid=uid(f"commitment-{number}-{place}-{one.party}"))
                    for one in model.commitments[:2]
                ),
            )
            for place in range(len(range(number, actions, 5)))
        )
        areas.append(
            AreaDoc(
                uid(f"area-{number}"),
                f"omrade-{number}",
                f"Område {number}",
                f"Prioriterat område {number}",
                overall_goal="Tryggheten ska öka och brotten bli färre.",
                problems=problems if layout == Layout.CAUSES else (),
                actions=own,
            )
        )
    return replace(plan, areas=tuple(areas), rounds=(), extras=())


def full(layout: Layout = Layout.CAUSES) -> PlanDocument:
    """Every field of every part says something of its own."""
    has_causes = layout == Layout.CAUSES
    return PlanDocument(
        district=DISTRICT,
        period_start=date(2025, 1, 1),
        period_end=date(2026, 12, 31),
        layout=layout,
        catalogue=CATALOGUE,
        revision=3,
        annex_label="Bilaga 2",
        agreement=_agreement(),
        parties=PARTIES,
        sections=(
            SectionDoc(
                uid("bakgrund"),
                "Bakgrund",
                "<p>Kommunen och polisen samverkar sedan 2008. Planen bygger på <strong>lägesbilden</strong>"
                " och på <em>medborgardialoger</em>; se <a href='https://bra.se/'>Brås stöd</a>.</p>"
                "<h4>Så läses planen</h4><ul><li>Problem beskriver det som syns.<ul><li>Orsaker"
                " förklarar varför.</li></ul></li><li>Åtgärder riktas mot orsaker.</li></ul>"
                "<h3>Organisation</h3><ol><li>Styrgrupp</li><li>Operativ grupp</li></ol>"
                "<blockquote>Tillsammans blir det tryggare.</blockquote>",
            ),
            SectionDoc(
                uid("kommunikation"), "Kommunikation", "<p>Parterna berättar gemensamt.</p>"
            ),
        ),
        areas=(
            _places(has_causes),
            _youth(has_causes),
            AreaDoc(
                uid("ordningsvakter"),
                "ordningsvakter",
                "Ordningsvakter",
                "Ordningsvakter",
                handled_as=HandledAs.AREA,
                handled_in=uid("platser"),
                handled_note="Hör ihop med bemanningen av torget.",
            ),
            AreaDoc(
                uid("extremism"),
                "extremism",
                "Arbete mot våldsbejakande extremism",
                "Arbete mot våldsbejakande extremism",
                handled_as=HandledAs.LINE_WORK,
                not_chosen_reason="Läget har varit lugnt under hela föregående år.",
                is_internal=True,
                internal_reason="18 kap. 1 § OSL, pågående underrättelsearbete",
            ),
        ),
        rounds=_rounds(has_causes),
        extras=(
            ExtraDoc(
                "Unga/G14",
                "Anteckning i marginalen",
                "Fråga fritidsgården om öppettider.",
                uuid=uid("extra-marginal"),
            ),
            ExtraDoc(
                "Sist i dokumentet",
                "Bildtext",
                "Torget efter ombyggnaden.",
                is_internal=False,
                uuid=uid("extra-picture"),
            ),
        ),
    )


def _agreement() -> AgreementDoc:
    return AgreementDoc(
        uuid=uid("agreement"),
        title="Samverkansöverenskommelse för ett tryggare Tallbacken",
        period_start=date(2024, 2, 1),
        period_end=date(2027, 3, 31),
        signed_on=date(2024, 1, 19),
        registry_number="TAL 2023/871",
        next_review=date(2026, 4, 15),
        parties=(
            SignatoryDoc(
                ADMINISTRATION.key, "stadsdelsdirektören", "TAL 2024/12", uid("signatory-sdf")
            ),
            SignatoryDoc(
                POLICE.key, "lokalpolisområdeschefen", "A012.345/2024", uid("signatory-police")
            ),
        ),
    )


def _places(has_causes: bool) -> AreaDoc:
    return AreaDoc(
        uuid=uid("platser"),
        slug="platser",
        name="Otrygga och brottsutsatta platser",
        title="Otrygga platser i centrum",
        overall_goal="Fler ska våga vistas på torget.\nFärre ska utsättas för brott där.",
        situation="<p>Anmälda rån minskade från 41 till 29. Kvällstid är torget <em>fortfarande</em>"
        " otryggt.</p><h3>Torget</h3><p>Belysningen byttes i våras.</p>",
        comment="Området följs extra noga av styrgruppen.",
        is_internal=True,
        internal_reason="18 kap. 2 § OSL",
        internal_fields=("comment",),
        problems=_problems() if has_causes else (),
        actions=(
            ActionDoc(
                uuid=uid("torgvardar"),
                cause=uid("orsak-belysning") if has_causes else None,
                also_serves=(uid("unga"),),
                name="Torgvärdar på Tallbackstorget",
                description="Värdar i gula västar rör sig på torget och pratar med dem som är där.",
                undertaking="Trygga torg",
                working_group="Torggruppen",
                aim="Torget ska kännas öppet för alla, även sent på dagen.",
                timing="Varje fredag och lördag, april–oktober",
                timing_kind=TimingKind.RECURRING,
                starts_on=date(2025, 4, 4),
                ends_on=date(2026, 10, 31),
                meeting_frequency="Elva gånger om året, sista tisdagen i månaden utom juli",
                meetings_planned=11,
                convener="Trygghetssamordnaren",
                responsible="Stadsdelsförvaltningen, Polisen",
                other_participants="Fastighetsägarna och Tallbackens församling",
                funding="Sociala investeringsfonden, 350 000 kronor",
                communication="Affischer på torget och inlägg på kommunens webbplats",
                follow_up_plan="Trygghetsvandring och enkät i T2 och VB, samlas in av samordnaren",
                promise="Du ska möta vuxna i väst på torget varje helgkväll under sommaren.",
                predecessor=uid("förra årets torgvärdar"),
                priority=uid("prioriteringen"),
                is_internal=True,
                internal_reason="Tider och platser för bemanning",
                internal_fields=("timing", "funding"),
                goals=(
                    GoalDoc(
                        uid("mal-ran"),
                        "Antalet personrån på torget ska halveras.",
                        unit="anmälda brott",
                        baseline=Decimal("29"),
                        target=Decimal("14.5"),
                        target_date=date(2026, 11, 30),
                        indicator=uid("personran-pa-torget"),
                    ),
                    GoalDoc(uid("mal-enkat"), "Fyra av fem besökare ska känna sig trygga."),
                ),
                commitments=(
                    CommitmentDoc(
                        uid("atagande-sdf"),
                        ADMINISTRATION.key,
                        contact_role="Verksamhetschef för öppna fältarbetet",
                        other_participants="Fältassistenter och parkarbetare",
                        text="Anställer och leder torgvärdarna.",
                        internal_fields=("contact_role",),
                    ),
                    CommitmentDoc(
                        uid("atagande-polis"),
                        POLICE.key,
                        contact_role="Kommunpolisen",
                        other_participants="Områdespoliser",
                        text="Rör sig till fots på torget när värdarna är där.",
                        is_internal=True,
                        internal_reason="Polisens bemanning",
                    ),
                    CommitmentDoc(
                        uid("atagande-skola"),
                        SCHOOLS.key,
                        text="Berättar för eleverna om värdarna.",
                    ),
                    CommitmentDoc(
                        uid("atagande-trafik"), TRAFFIC.key, contact_role="Områdesingenjören"
                    ),
                    CommitmentDoc(
                        uid("atagande-granhem"),
                        HOUSING.key,
                        contact_role="Bosocial samordnare",
                        text="Lånar ut en lokal vid torget.",
                    ),
                ),
            ),
            ActionDoc(
                uuid=uid("belysning"),
                problem=uid("problem-parken") if has_causes else None,
                description="Gå igenom belysningen i Stadsparken och byt ut trasiga lampor.",
                timing="Klart före höstlovet",
                timing_kind=TimingKind.DATE,
                ends_on=date(2025, 10, 24),
                responsible="Trafikkontoret",
                commitments=(
                    CommitmentDoc(uid("atagande-park"), TRAFFIC.key, text="Byter armaturerna."),
                ),
            ),
            ActionDoc(
                uuid=uid("medborgarlofte"),
                name="Medborgarlöfte om närvaro",
                timing="Löpande",
                starts_on=date(2025, 2, 10),
            ),
        ),
    )


def _problems() -> tuple[ProblemDoc, ...]:
    return (
        ProblemDoc(
            uid("problem-torget"),
            "Torget upplevs som otryggt efter mörkrets inbrott",
            priority=uid("prioriteringen"),
            is_internal=True,
            internal_reason="Pekar ut en plats",
            causes=(
                CauseDoc(
                    uid("orsak-belysning"),
                    "Få människor i rörelse och svag belysning",
                    is_internal=True,
                    internal_reason="Beskriver sårbarheter",
                ),
                CauseDoc(uid("orsak-utan"), "Öppen försäljning av narkotika vid tunnelbanan"),
            ),
        ),
        ProblemDoc(uid("problem-parken"), "Skadegörelse i Stadsparken"),
        ProblemDoc(uid("problem-utan"), "Olovlig körning med mopeder på gångbanor"),
    )


def _youth(has_causes: bool) -> AreaDoc:
    problem = ProblemDoc(
        uid("problem-skolan"),
        "Skolfrånvaron ökar i årskurs 7",
        causes=(CauseDoc(uid("orsak-frånvaro"), "Sena insatser vid tidig oro"),),
    )
    return AreaDoc(
        uuid=uid("unga"),
        slug="eget-unga",
        name="Unga i Tallbacken",
        title="Unga i Tallbacken",
        own=True,
        overall_goal="Fler unga ska gå ut grundskolan med godkända betyg.",
        problems=(problem,) if has_causes else (),
        actions=(
            ActionDoc(
                uuid=uid("narvaroteam"),
                cause=uid("orsak-frånvaro") if has_causes else None,
                name="Närvaroteam på högstadiet",
                timing="Vid behov",
                timing_kind=TimingKind.ON_DEMAND,
                responsible="Utbildningsförvaltningen",
                goals=(GoalDoc(uid("mal-narvaro"), "Frånvaron ska minska varje termin."),),
            ),
        ),
    )


def _rounds(has_causes: bool) -> tuple[RoundDoc, ...]:
    return (
        RoundDoc(
            uuid=uid("t1"),
            kind=RoundKind.T1,
            name="Våren 2025",
            reporting_date=date(2025, 4, 30),
            due_date=date(2025, 5, 9),
            questions="Vad har gjorts sedan årsskiftet?",
            opened_at=datetime(2025, 4, 7, 6, 30, tzinfo=UTC),
            closed_at=datetime(2025, 5, 12, 14, 0, tzinfo=UTC),
            answers=(
                AnswerDoc(
                    uid("torgvardar"),
                    text="Sex värdar är anställda och schemat är lagt.",
                    state=ActionState.ON_PLAN,
                    continues_next_year=True,
                    meetings_planned=4,
                    meetings_held=3,
                ),
                AnswerDoc(
                    uid("torgvardar"),
                    party=POLICE.key,
                    text="Fotpatrull har gått fjorton kvällar.",
                    state=ActionState.PARTLY_DONE,
                    commitment_met=Met.PARTLY,
                    continues_next_year=False,
                ),
                AnswerDoc(uid("belysning"), state=ActionState.DONE, commitment_met=Met.YES),
                AnswerDoc(uid("narvaroteam"), text="Inget ärende än.", state=ActionState.NO_NEED),
            ),
            outcomes=(
                OutcomeDoc(uid("mal-ran"), Decimal("21.75"), "Preliminär siffra från polisen."),
            ),
        ),
        RoundDoc(
            uuid=uid("t2"),
            kind=RoundKind.T2,
            name="Sommaren 2025",
            reporting_date=date(2025, 8, 31),
            due_date=date(2025, 9, 12),
            answers=tuple(
                AnswerDoc(uid("medborgarlofte"), party=party.key, state=state)
                for party, state in zip(
                    PARTIES,
                    [
                        ActionState.NOT_STARTED,
                        ActionState.IN_PROGRESS,
                        ActionState.NOT_DONE,
                        ActionState.PAUSED,
                        ActionState.ENDED,
                    ],
                    strict=True,
                )
            ),
            outcomes=(OutcomeDoc(uid("mal-enkat"), text="Enkäten görs i höst."),),
        ),
    )
