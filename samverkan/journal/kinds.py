"""Each kind of event is declared once, here, with the Swedish sentence that it reads as."""

from django.db.models import TextChoices

from samverkan.journal.models import Entry


class Kind(TextChoices):
    PLAN_CREATED = "plan-created", "{who} skapade {plan}."
    PLAN_CONTINUED = "plan-continued", "{who} skapade {plan} ur {before}."
    PLAN_REMOVED = "plan-removed", "{who} tog bort utkastet till {plan}. Det var tomt."
    PLAN_STORED = "plan-stored", "{who} läste in {plan} från en fil."
    PLAN_READ_IN = "plan-read-in", "{who} läste in filen {file} till {plan}: {how}."
    PLAN_READ_IN_TAKEN_BACK = (
        "plan-read-in-taken-back",
        "{who} ångrade inläsningen av filen {file} till {plan}.",
    )
    AGREEMENT_CREATED = "agreement-created", "{who} skapade överenskommelsen ”{agreement}”."
    AGREEMENT_CHANGED = "agreement-changed", "{who} ändrade överenskommelsen ”{agreement}”."
    REPORT_CREATED = "report-created", "{who} skapade {report}."
    REPORT_CONTINUED = "report-continued", "{who} skapade {report} ur {before}."
    REPORT_READ_IN = "report-read-in", "{who} läste in {report} från filen {file}."
    REPORT_READ_INTO = "report-read-into", "{who} läste in filen {file} till {report}: {how}."
    REPORT_READ_IN_TAKEN_BACK = (
        "report-read-in-taken-back",
        "{who} ångrade inläsningen av filen {file} till {report}.",
    )
    PLAN_SENT = "plan-sent", "{who} skickade {plan} på samråd, med svar senast {date}."
    PLAN_WITHDRAWN = "plan-withdrawn", "{who} tog tillbaka {plan} till utkast (”{reason}”)."
    PLAN_POSTPONED = "plan-postponed", "{who} ändrade svarsdatumet för {plan} till {date}."
    PLAN_APPROVED = "plan-approved", "{who} godkände {plan} för {party}."
    PLAN_RETURNED = "plan-returned", "{who} återsände {plan} för {party} (”{reason}”)."
    PLAN_VOIDED = (
        "approval-voided",
        "{who} ändrade {plan} efter godkännandet, som inte gäller längre för {parties}.",
    )
    PLAN_REVISED = "plan-revised", "{who} öppnade {plan} (”{reason}”)."
    PLAN_CLOSED = "plan-closed", "{who} avslutade {plan}."
    PLAN_DECIDED = "plan-decided", "{who} registrerade beslutet om {plan} ({body}, {date})."
    REPORT_SENT = "report-sent", "{who} skickade {report} på samråd, med svar senast {date}."
    REPORT_WITHDRAWN = "report-withdrawn", "{who} tog tillbaka {report} till utkast (”{reason}”)."
    REPORT_POSTPONED = "report-postponed", "{who} ändrade svarsdatumet för {report} till {date}."
    REPORT_APPROVED = "report-approved", "{who} godkände {report} för {party}."
    REPORT_RETURNED = "report-returned", "{who} återsände {report} för {party} (”{reason}”)."
    REPORT_VOIDED = (
        "report-approval-voided",
        "{who} ändrade {report} efter godkännandet, som inte gäller längre för {parties}.",
    )
    REPORT_REVISED = "report-revised", "{who} öppnade {report} (”{reason}”)."
    REPORT_CLOSED = "report-closed", "{who} avslutade {report}."
    REPORT_DECIDED = "report-decided", "{who} registrerade beslutet om {report} ({body}, {date})."
    ROUND_OPENED = (
        "round-opened",
        "{who} öppnade uppföljningen {round} av {plan}, med svar senast {date}.",
    )
    ROUND_CHANGED = "round-changed", "{who} ändrade uppföljningen {round} av {plan}."
    ROUND_CLOSED = "round-closed", "{who} stängde uppföljningen {round} av {plan}."
    ROUND_REOPENED = (
        "round-reopened",
        "{who} öppnade uppföljningen {round} av {plan} igen (”{reason}”).",
    )
    ROUND_REMINDED = (
        "round-reminded",
        "{who} påminde dem som har svar kvar i {round} av {plan}.",
    )
    LINK_SENT = (
        "link-sent",
        "{who} skickade en svarslänk för {round} av {plan} till {party} ({email}).",
    )
    LINK_REVOKED = (
        "link-revoked",
        "{who} återkallade svarslänken för {round} av {plan} till {party} ({email}).",
    )
    LINK_OPENED = "link-opened", "{party} öppnade svarslänken för {round} av {plan} ({email})."
    LINK_ANSWERED = (
        "link-answered",
        "{party} svarade genom länk i {round} av {plan} ({email}): {action}.",
    )
    EXCHANGE_OUT = "exchange-out", "{who} hämtade utbytesfilen för {party} ur {plan}."
    EXCHANGE_IN = "exchange-in", "{who} läste in utbytesfilen från {party} till {plan}."
    ANSWER_LET_IN = (
        "answer-let-in",
        "{who} släppte in ett svar från {party} som kom när {round} av {plan} var stängd.",
    )
    TIME_PUT_RIGHT = (
        "time-put-right",
        "{who} rättade hur tiden förstås för {action} i {plan}: {how}.",
    )
    TIME_AS_WRITTEN = (
        "time-as-written",
        "{who} tog bort rättelsen av tiden för {action} i {plan}.",
    )
    MINUTES_ADDED = (
        "minutes-added",
        "{who} lade till protokollet {minutes} ({date}) till {action} i {plan}.",
    )
    MINUTES_REMOVED = (
        "minutes-removed",
        "{who} tog bort protokollet {minutes} ({date}) från {action} i {plan}.",
    )
    YEAR_KEPT = "year-kept", "{who} ändrade {moment} i årshjulet för {year}: {how}."
    INDICATORS_READ_IN = (
        "indicators-read-in",
        "{who} läste in {how} i indikatorerna: {names}.",
    )
    INDICATORS_TAKEN_BACK = (
        "indicators-taken-back",
        "{who} ångrade inläsningen {at} i indikatorerna: {names}.",
    )
    INDICATOR_ADDED = "indicator-added", "{who} lade upp indikatorn {indicator}."
    INDICATOR_CHANGED = "indicator-changed", "{who} ändrade indikatorn {indicator}."
    INDICATOR_RENAMED = (
        "indicator-renamed",
        "{who} ändrade namnet på indikatorn {before} till {indicator}.",
    )
    INDICATOR_REMOVED = "indicator-removed", "{who} tog bort indikatorn {indicator}."
    MEMBER_INVITED = "member-invited", "{who} bjöd in {member} som {role}."
    MEMBER_REMINDED = "member-reminded", "{who} skickade inbjudan till {member} igen."
    MEMBER_CHANGED = "member-changed", "{who} ändrade {member} från {before} till {role}."
    MEMBER_RENAMED = "member-renamed", "{who} ändrade namnet {before} till {member}."
    MEMBER_ENDED = "member-ended", "{who} avslutade medlemskapet för {member} ({role})."
    MEMBER_RESUMED = "member-resumed", "{who} gav {member} tillbaka rollen {role}."
    CATALOGUE_ADDED = "catalogue-added", "{who} lade upp områdeskatalogen {catalogue}."
    CATALOGUE_RENAMED = (
        "catalogue-renamed",
        "{who} ändrade namnet på områdeskatalogen {before} till {catalogue}.",
    )
    CATALOGUE_DELETED = "catalogue-deleted", "{who} tog bort områdeskatalogen {catalogue}."
    AREA_MOVED = "area-moved", "{who} flyttade området {area} i {catalogue}."
    AREA_ADDED = "area-added", "{who} lade till området {area} i {catalogue}."
    AREA_CHANGED = "area-changed", "{who} ändrade området {area} i {catalogue}."
    AREA_RENAMED = "area-renamed", "{who} ändrade området {before} till {area} i {catalogue}."
    AREA_DELETED = "area-deleted", "{who} tog bort området {area} ur {catalogue}."
    LIST_ADDED = "list-added", "{who} lade till {thing} bland {list}."
    LIST_CHANGED = "list-changed", "{who} ändrade {thing} bland {list}: {what}."
    LIST_DELETED = "list-deleted", "{who} tog bort {thing} ur {list}."
    LIST_EXPORTED = "list-exported", "{who} laddade ner listan över {list}."

    @classmethod
    def of(cls, wing: str, event: str) -> "Kind":
        """What is called the same in both wings: "SENT" of a plan is PLAN_SENT."""
        return cls[f"{wing.upper()}_{event}"]


class _Gaps(dict):
    """An old entry may lack what a later sentence speaks of."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(entry: Entry) -> str:
    who = entry.actor.name if entry.actor else "Systemet"
    words = dict(Kind.choices).get(entry.kind, "{who}: " + entry.kind + ".")  # a kind long gone
    return words.format_map(_Gaps(entry.data, who=who))


def record(kind: Kind, *, actor=None, district=None, **data: str) -> Entry:
    """Write one entry. The data are what the sentence names, as text, so that it reads for ever."""
    return Entry.objects.create(kind=kind.value, actor=actor, district=district, data=data)
