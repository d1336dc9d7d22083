"""The words that a plan may use where it has a choice. Models, documents and forms share them."""

from django.db.models import TextChoices

from samverkan.workflow.vocabulary import State as PlanState

__all__ = ["PlanState"]


class Layout(TextChoices):
    CAUSES = "orsakstabell", "Orsakstabell (problem, orsak, åtgärd)"
    ACTIVITIES = "aktivitetstabell", "Aktivitetstabell (en tabell per aktivitet)"


class HandledAs(TextChoices):
    AREA = "omrade", "i ett annat område"
    LINE_WORK = "linjearbete", "i linjeverksamheten"
    DOCUMENT = "dokument", "i ett annat dokument"


class TimingKind(TextChoices):
    DATE = "datum", "klart ett visst datum"
    PERIOD = "period", "under en tid"
    RECURRING = "aterkommande", "återkommande"
    ONGOING = "lopande", "löpande"
    ON_DEMAND = "vid_behov", "vid behov"
    LINE_WORK = "linjearbete", "linjearbete"
    UNTIL_FURTHER_NOTICE = "tillsvidare", "tills vidare"


class RoundKind(TextChoices):
    T1 = "T1", "Tertial 1"
    T2 = "T2", "Tertial 2"
    VB = "VB", "Verksamhetsberättelse"
    YEARLY = "arlig", "Årlig"
    OWN = "egen", "Egen"


class ActionState(TextChoices):
    """How it stands with an action at a follow-up."""

    NOT_STARTED = "ej_paborjad", "Ej påbörjad"
    IN_PROGRESS = "pagar", "Pågår"
    ON_PLAN = "enligt_plan", "Enligt plan"
    PARTLY_DONE = "delvis_genomford", "Delvis genomförd"
    DONE = "genomford", "Genomförd"
    NOT_DONE = "ej_genomford", "Ej genomförd"
    PAUSED = "pausad", "Pausad"
    NO_NEED = "inget_behov", "Inget behov uppstod"
    ENDED = "avslutad", "Avslutad"


class Met(TextChoices):
    """Whether a party has done what it undertook."""

    YES = "ja", "Ja"
    PARTLY = "delvis", "Delvis"
    NO = "nej", "Nej"
    NO_NEED = "inget_behov", "Inget behov"


class Since(TextChoices):
    """What has become of an action since the plan before."""

    NEW = "ny", "Ny"
    CHANGED = "andrad", "Ändrad"
    SAME = "oforandrad", "Oförändrad"


class Carry(TextChoices):
    """What becomes of an action in the next plan."""

    ON = "fortsatt", "Fortsätter"
    CHANGE = "andra", "Fortsätter, men ändras"
    PAUSE = "pausa", "Pausas"
    SPLIT = "dela", "Delas i två"
    CLOSE = "avsluta", "Avslutas"


class Occasion(TextChoices):
    """When somebody is reminded of a round."""

    OPENED = "oppnad", "När en uppföljning öppnas"
    WEEK_BEFORE = "vecka_fore", "En vecka före sista dagen"
    ON_THE_DAY = "sista_dagen", "På sista dagen"
    AFTER = "efter", "När sista dagen har passerat"


class Moment(TextChoices):
    """What comes round every year, in the order of the work."""

    REPORT = "lagesbild", "Lägesbild"
    PRIORITIES = "prioriteringar", "Prioriteringar"
    PLAN = "atgardsplan", "Åtgärdsplan"
    T1 = "T1", "Uppföljning tertial 1"
    T2 = "T2", "Uppföljning tertial 2"
    VB = "VB", "Uppföljning verksamhetsberättelse"
    STATUS_REPORT = "statusrapport", "Statusrapport"
    AGREEMENT = "overenskommelse", "Översyn av överenskommelsen"


class AgreementLevel(TextChoices):
    """Between whom a samverkansöverenskommelse is."""

    CITY = "stad", "Stad och polisregion"
    LOCAL = "lokal", "Stadsdelsområde och lokalpolisområde"


class GroupKind(TextChoices):
    """What a group of an agreement is there for."""

    STEERING = "styrgrupp", "Styrgrupp"
    PREPARING = "beredningsgrupp", "Beredningsgrupp"
    WORKING = "arbetsgrupp", "Arbetsgrupp"


class ReviewOccasion(TextChoices):
    """When somebody is reminded that an agreement is to be looked over."""

    SOON = "snart", "En månad före översynen"
    PASSED = "passerad", "När dagen för översynen har passerat"
