"""What a text says of itself: title, authors, outlet, date, address. Unknown is ``None``, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePath

from quotes.model import Article, Zone, ZoneKind
from quotes.reading.zones import is_signature

MONTHS = {
    "janvier": 1,
    "février": 2,
    "fevrier": 2,
    "mars": 3,
    "avril": 4,
    "mai": 5,
    "juin": 6,
    "juillet": 7,
    "août": 8,
    "aout": 8,
    "septembre": 9,
    "octobre": 10,
    "novembre": 11,
    "décembre": 12,
    "decembre": 12,
}
# How much of a text may speak of the text itself: its first and its last lines.
_HEAD_LINES = 8
_TAIL_LINES = 3
_LONGEST_BYLINE = 160

_DAY = rf"(?P<day>\d{{1,2}})(?:er)?\s+(?P<month>{'|'.join(MONTHS)})\s+(?P<year>(?:19|20)\d\d)"
_NUMERIC = r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:19|20)\d\d)"
_ISO = r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)"
_DATES = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (_DAY, _NUMERIC, _ISO))
_IN_FILE_NAME = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)([-_.]?)(?P<month>\d\d)\2(?P<day>\d\d)(?!\d)")

_WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_ANY_DATE = rf"(?:{re.sub(r'[(][?]P<[a-z]+>', '(?:', '|'.join((_DAY, _NUMERIC, _ISO)))})"
# "Publié le 3 mai 2023 à 10 h", "Le 3 mai 2023", "mercredi 3 mai 2023", "03/05/2023 – 10:12"
_DATE_LINE = re.compile(
    rf"(?:.{{0,60}}\b(?:publiée?|postée?|parue?|mis en ligne)\b|(?:le\s+)?(?:{_WEEKDAY},?\s+)?{_ANY_DATE})",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\b(?:mise? à jour|modifiée?|actualisée?)\b", re.IGNORECASE)
# "SAINT-AUBIN, 3 mai 2023 (AFP) – Le conseil …": a wire's dateline.
_DATELINE = re.compile(rf"[^\n,(]{{2,60}},\s+(?:le\s+)?(?:{_WEEKDAY}\s+)?{_DAY}\s*\([^()\n]{{2,30}}\)", re.I)

_CAPITAL = "[A-ZÀÂÇÉÈÊËÎÏÔÙÛÜŒ]"
# Initials are one word and taken whole: parted in every way, a line of them would never end.
_WORD = rf"(?:{_CAPITAL}\.(?:[ -]?{_CAPITAL}\.)*+|{_CAPITAL}(?:[’'-]?\w)+(?:\.\w+)*)"
_PARTICLE = r"(?:d[eu]|des|la|le|van|von|ben|el|al|d['’]\w+)"
_NAME = rf"{_WORD}(?:\s+(?:{_WORD}|{_PARTICLE}))*"
_NAMES = rf"{_NAME}(?:(?:\s*,\s*|\s+et\s+|\s*&\s*){_NAME})*"
_WITH = r"(?:\s*+(?:,\s*+)?\(?avec\s+(?P<agency>l['’]AFP|[A-Z][\w-]*(?:\s+et\s+[A-Z][\w-]*)?)\)?)?"
_END = r"\s*(?:$|[,.;|•·]|[-–—]\s|\(|\bà\b|\ble\b|\bpublié|\bmis\b|\btraduit\b)"
_BYLINES = tuple(
    re.compile(pattern)
    for pattern in (
        # Article d'Agnès Morel pour La Gazette – traduit par Luc Faure
        rf"(?i:article|reportage|enquête|texte|récit|entretien|analyse)\s+(?:(?i:écrit|signé)\s+)?(?:d['’]|de\s+|par\s+)"
        rf"(?P<names>{_NAMES})(?:\s+pour\s+(?P<outlet>{_WORD}(?:\s+(?:{_WORD}|{_PARTICLE}|[A-Z]\b))*))?{_END}",
        # Propos recueillis par Agnès Morel
        rf"(?:.{{0,60}}\b)?(?i:propos\s+recueillis|entretien\s+réalisé|interview\s+réalisée)\s++(?:à\s++[^,]{{2,40}}\s++)?par\s+"
        rf"(?P<names>{_NAMES}){_WITH}{_END}",
        # Par Agnès Morel et Luc Faure, avec AFP
        rf"(?:(?i:écrit|rédigé|publié)\s+)?(?i:par)(?:\s*+:)?+\s++(?P<names>{_NAMES}){_WITH}{_END}",
        # Agnès Morel, avec AFP
        rf"(?P<names>{_NAMES})\s*+(?:,\s*+)?\(?avec\s+(?P<agency>(?:l['’])?AFP|Reuters|AP|Belga|ATS)\)?\s*\.?$",
    )
)
# traduit de l'anglais (États-Unis) par Luc Faure; Traduction : Luc Faure
_TRANSLATED = re.compile(
    r"(?<![\s,;(–—-])[\s,;(–—-]*+(?i:\b(?:traduite?|traduction|adaptée?|version\s+française))(?:\s+(?i:et\s+adaptée?))?"
    r"(?:\s+(?i:de\s+l['’]\w+|du\s+\w+|en\s+français)(?:\s+\([^()]{1,30}\))?)?"
    rf"\s*(?::|(?i:par\b|de\b|d['’]))\s*(?P<names>{_NAMES})"
    r"(?=\W*$|\s*[(),.;|–—-]|\s+[a-zà-ÿ])"
)
_BEFORE_NAMES = re.compile(
    r"(?:(?:propos\s+recueillis|entretien\s+réalisé|écrit|texte|article)\s+)?(?:par|de)\s+",
    re.IGNORECASE,
)
_LONGEST_NAME = 80
_ADDRESS = re.compile(
    r"(?:(?:source|url|lien|adresse)\s*:\s*)?(?P<url>https?://[^\s<>\"«»]+)\s*$", re.IGNORECASE
)


def describe(text: str, zones: tuple[Zone, ...], source: str | None = None) -> Article:
    """The article of ``text`` with the metadata that its first and last lines and its file name state."""
    lines = list(_own_lines(text, zones))
    authors, outlet = _byline(lines)
    authors = authors or _signed(text, zones)
    translated = [match["names"] for line in lines if (match := _TRANSLATED.search(line))]
    return Article(
        text,
        title=_title(text, zones),
        authors=authors,
        outlet=outlet,
        published=_published(text, lines) or _date_in_file_name(source),
        url=next((m["url"] for line in lines if (m := _ADDRESS.match(line))), None),
        translators=tuple(dict.fromkeys(name for names in translated for name in _split_names(names))),
    )


def split_byline(byline: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The authors and the translators of a byline that a page or an export states as such."""
    byline = " ".join(byline.split())
    translated = _TRANSLATED.search(byline)
    translators = _split_names(translated["names"]) if translated else []
    if translated:
        byline = f"{byline[: translated.start()]} {byline[translated.end() :].lstrip(') ')}".strip()
    authors, _ = _byline([byline])
    if not authors:
        plain = re.sub(r"(?<![\w.+-])[\w.+-]++@[\w.-]+", "", _BEFORE_NAMES.sub("", byline, count=1))
        names = (name.strip(" .,()–—-") for name in re.split(r" ?[;,/|&] ?| (?:et|avec) ", plain))
        authors = tuple(
            re.sub(r"^l['’](?=AFP)", "", name) for name in names if name and len(name) <= _LONGEST_NAME
        )
    return tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(translators))


def _own_lines(text: str, zones: tuple[Zone, ...]) -> Iterator[str]:
    """The short lines at both ends of a text, where it may speak of itself."""
    edge = zones if len(zones) <= _HEAD_LINES + _TAIL_LINES else (*zones[:_HEAD_LINES], *zones[-_TAIL_LINES:])
    for zone in edge:
        if zone.end - zone.start <= _LONGEST_BYLINE and zone.kind is not ZoneKind.HEADLINE:
            yield text[zone.start : zone.end].strip(" \t*_")


def iso_date(stated: str) -> str | None:
    """A date that a page, feed or table states, as ISO 8601 (a date, or a date-time as it stands)."""
    stated = stated.strip()
    try:
        datetime.fromisoformat(stated)
    except ValueError:
        pass
    else:
        # 20230503 is ISO too, but sorts and filters apart from 2023-05-03.
        return stated if "-" in stated else date.fromisoformat(stated[:8]).isoformat()
    try:
        return parsedate_to_datetime(stated).isoformat()
    except (ValueError, OverflowError):
        return _date_in(stated)


def _title(text: str, zones: tuple[Zone, ...]) -> str | None:
    for zone in zones[:3]:
        if zone.kind is ZoneKind.HEADLINE:
            # Markdown heads its titles with "#" and may set them in bold.
            return re.sub(r"^#+\s*|^\*\*|\*\*$", "", " ".join(text[zone.start : zone.end].split())) or None
    return None


def _byline(lines: list[str]) -> tuple[tuple[str, ...], str | None]:
    for line in lines:
        for pattern in _BYLINES:
            if match := pattern.match(line):
                groups = match.groupdict()
                names = _split_names(groups["names"])
                if agency := groups.get("agency"):
                    names += _split_names(re.sub(r"^l['’]", "", agency))
                return tuple(dict.fromkeys(names)), groups.get("outlet")
    return (), None


def _signed(text: str, zones: tuple[Zone, ...]) -> tuple[str, ...]:
    """Who has put nothing but a name below the text."""
    below = (text[zone.start : zone.end] for zone in zones if zone.kind is ZoneKind.BYLINE)
    names = [
        re.sub(r"^[–—-]\s?|\s\(stagiaire\)|\.$", "", line.strip())
        for line in below
        if is_signature(line.strip())
    ]
    return tuple(names[-1:])


def _split_names(names: str) -> list[str]:
    """The names of a byline; what follows a comma as one plain word is a job ("…, Journaliste")."""
    found: list[str] = []
    for number, part in enumerate(re.split(" ?, ?", " ".join(names.split()))):
        if number == 0 or " " in part or part.isupper():
            found += (name.strip() for name in re.split(" et | ?& ?", part))
    return found


def _published(text: str, lines: list[str]) -> str | None:
    updated: str | None = None
    for line in lines:
        if not (_DATE_LINE.match(line) or _UPDATED.search(line)):
            continue
        # "Publié le 3 mai 2023, mis à jour le 5 mai 2023": the first of the two counts.
        if found := _date_in(line):
            before = _UPDATED.search(line)
            if before is None or re.search(r"publiée?|posté|parue?", line[: before.start()], re.IGNORECASE):
                return found
            updated = updated or found
    if updated:
        return updated
    dateline = _DATELINE.search(text, 0, 2_000)
    return _iso(dateline) if dateline else None


def _date_in(line: str) -> str | None:
    matches = [m for pattern in _DATES for m in pattern.finditer(line)]
    for match in sorted(matches, key=re.Match.start):
        if found := _iso(match):
            return found
    return None


def _date_in_file_name(source: str | None) -> str | None:
    match = _IN_FILE_NAME.search(PurePath(source).name) if source else None
    return _iso(match) if match else None


def _iso(match: re.Match[str]) -> str | None:
    """The date that a match names as ``2023-05-03``; ``None`` when the calendar has no such day."""
    month = match["month"].lower()
    try:
        return date(int(match["year"]), MONTHS.get(month) or int(month), int(match["day"])).isoformat()
    except ValueError:
        return None
