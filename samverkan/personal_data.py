"""What looks like personal data in a text: for a warning while somebody writes, never a wall.

Plans name roles, not persons. Few false alarms matter more than finding everything: whoever is
warned of her own figures and diarienummer soon reads no warnings. What is let through on purpose:

- Addresses at the domain of an organisation, a public body or a company, are how one reaches a
  function, and ordinary in a plan. Private is what people get from a mail service or from the
  company that sells them broadband.
- Numbers that only organisations have: 010, 020 and 077 numbers, short ones (112, 114 14), and
  switchboards, which end in three zeros.
- A landline number without any space or hyphen, unless a word such as "tel" stands before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices


class Kind(TextChoices):
    PERSONAL_NUMBER = "personnummer", "Personnummer"
    COORDINATION_NUMBER = "samordningsnummer", "Samordningsnummer"
    TELEPHONE = "telefonnummer", "Telefonnummer"
    EMAIL = "e-postadress", "Privat e-postadress"


_ARTICLES = {Kind.EMAIL: "en privat"}


@dataclass(frozen=True)
class Finding:
    kind: Kind
    start: int
    end: int
    text: str

    @property
    def sentence(self) -> str:
        return f"”{self.text}” ser ut som {_ARTICLES.get(self.kind, 'ett')} {self.kind.value}."


def find(text: str) -> list[Finding]:
    """In the order of the text. What is found as one kind is not found as another too."""
    numbers = _MANY_DIGITS.search(text)
    found: list[Finding] = []
    for finding in (
        *(_identity_numbers(text) if numbers else ()),
        *(_telephones(text) if numbers else ()),
        *(_emails(text) if "@" in text else ()),
    ):
        if not any(finding.start < other.end and other.start < finding.end for other in found):
            found.append(finding)
    return sorted(found, key=lambda finding: finding.start)


# Word writes other hyphens and spaces than the keyboard does.
_HYPHEN = r"\-\u2010-\u2013\u2212"
_SPACE = " \u00a0\u2007\u2009\u202f"

# Most texts have no number of that length at all, and are done with at once.
_MANY_DIGITS = re.compile(r"[0-9](?:[^0-9]{0,4}[0-9]){7}")

# The digits stand by themselves: not within a longer number, a diarienummer or a sum.
_BEFORE = rf"(?<![\w/@])(?<![0-9][{_HYPHEN}.,:+])"
_AFTER = rf"(?![\w/@])(?![{_HYPHEN}.,:][0-9])"

_IDENTITY_NUMBER = re.compile(
    rf"{_BEFORE}(?P<century>18|19|20)?(?P<year>[0-9]{{2}})"
    r"(?:(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    rf"(?:[{_SPACE}]?[+{_HYPHEN}][{_SPACE}]?|[{_SPACE}])?"
    # 1985-07-09 and a space is a date and then something else.
    rf"|[{_HYPHEN}](?P<month_>[0-9]{{2}})[{_HYPHEN}](?P<day_>[0-9]{{2}})[+{_HYPHEN}])"
    rf"(?P<last>[0-9]{{4}}){_AFTER}"
)


def _identity_numbers(text: str) -> Iterator[Finding]:
    for match in _IDENTITY_NUMBER.finditer(text):
        year, month, day = (
            match["year"],
            match["month"] or match["month_"],
            match["day"] or match["day_"],
        )
        if not _adds_up(year + month + day + match["last"]):
            continue
        if _is_bare(match) and _is_called_telephone(text, match.start()):
            continue
        # Of somebody who has none in the register the day is said with 60 added.
        coordination = int(day) > 60
        centuries = [match["century"]] if match["century"] else ["19", "20"]
        birthday = (int(month), int(day) - 60 * coordination)
        if any(_is_date(int(century + year), *birthday) for century in centuries):
            yield _finding(
                Kind.COORDINATION_NUMBER if coordination else Kind.PERSONAL_NUMBER, match
            )


def _is_bare(match: re.Match) -> bool:
    return len(match.group()) == 10 and match.group().isdigit()


def _adds_up(digits: str) -> bool:
    """The check digit: every other digit doubled, their digits summed (Luhn)."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


# Without their zero. 010, 020 and 077 are not among them: only organisations have those.
_MOBILE_CODE = "7[02369]"
_LONG_CODE = (
    "(?:1[2457]|2[245789]|3[024789]|4[1345789]|5[0-35-9]|6[124-9]|9[1-8])[0-9]"  # 0121, 0980
)
_SHORT_CODE = "8|1[13689]|2[136]|3[1356]|4[0246]|54|6[03]|90"  # 08, 011, 090
_TELEPHONE = re.compile(
    rf"{_BEFORE}(?:(?P<abroad>(?:\+|00)46)[{_SPACE}{_HYPHEN}]?(?:\(0\))?|\(?0)"
    rf"(?:(?P<mobile>{_MOBILE_CODE})|(?P<long>{_LONG_CODE})|{_SHORT_CODE})"
    rf"(?P<between>\)?[{_SPACE}]?[{_HYPHEN}]?[{_SPACE}]?)"
    rf"(?P<rest>[0-9]{{2,4}}(?:[{_SPACE}{_HYPHEN}]?[0-9]{{2,4}}){{1,3}}){_AFTER}"
)
_CLOCK = re.compile(rf"0[0-9][{_SPACE}]?[0-5][0-9][{_HYPHEN}][0-2][0-9][{_SPACE}]?[0-5][0-9]")
_DAY = re.compile(
    rf"0[1-9][{_SPACE}{_HYPHEN}]?(?:0[1-9]|1[0-2])[{_SPACE}{_HYPHEN}]?(?:19|20)[0-9]{{2}}"
)
_CALLED_TELEPHONE = re.compile(
    r"\b(?:tel|telefon(?:nummer|nr)?|tfn|tlf|mobil(?:nummer|nr|en)?|ring|sms)"
    r"[\s.:]{0,3}$",
    re.IGNORECASE,
)


def _telephones(text: str) -> Iterator[Finding]:
    for match in _TELEPHONE.finditer(text):
        if _is_mobile(match) if match["mobile"] else _is_landline(match, text):
            yield _finding(Kind.TELEPHONE, match)


def _is_mobile(match: re.Match) -> bool:
    return len(_digits(match["rest"])) == 7


def _is_landline(match: re.Match, text: str) -> bool:
    rest = _digits(match["rest"])
    if rest.startswith("0") or rest.endswith("000"):
        return False
    if not (match["between"] or match["abroad"] or _is_called_telephone(text, match.start())):
        return False
    if _CLOCK.fullmatch(match.group()) or _DAY.fullmatch(match.group()):
        return False
    return len(rest) in ((5, 6) if match["long"] else (5, 6, 7, 8))


def _is_called_telephone(text: str, start: int) -> bool:
    return bool(_CALLED_TELEPHONE.search(text, max(0, start - 20), start))


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?P<domain>[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})")
# The mail services in whatever country: hotmail.se, yahoo.co.uk.
_MAIL_SERVICES = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|icloud|yahoo|ymail|gmx|aol|protonmail|proton"
    r"|yandex|zoho|tutanota|fastmail)\.[a-z]{2,4}(?:\.[a-z]{2})?"
)
# Those of one address only; the Swedish ones come with broadband.
_OTHER_SERVICES = re.compile(
    r"(?:me|mac|hey|mail|tuta|tutamail|rocketmail|telia)\.com|pm\.me|mail\.ru|bredband2?\.(?:net|com)"
    r"|(?:comhem|bahnhof|spray|tele2|passagen|home|swipnet|telenor|algonet|blixtmail)\.se"
    r"|glocalnet\.net|(?:ownit|bostream|brevet)\.nu"
)


def _emails(text: str) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        domain = match["domain"].lower()
        if _MAIL_SERVICES.fullmatch(domain) or _OTHER_SERVICES.fullmatch(domain):
            yield _finding(Kind.EMAIL, match)


def _finding(kind: Kind, match: re.Match) -> Finding:
    return Finding(kind, match.start(), match.end(), match.group())
