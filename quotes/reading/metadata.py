"""What a text says of itself: title, authors, outlet, date, address. Unknown is ``None``, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from quotes.french.lexicon import fold
from quotes.french.names import FIRST_NAMES
from quotes.model import Article, Zone, ZoneKind
from quotes.reading.dates import ANY_DATE, date_in_name, dates_in, first_date
from quotes.reading.zones import is_signature

# How much of a text may speak of the text itself: its first and its last lines.
_HEAD_LINES = 8
_TAIL_LINES = 3
_LONGEST_BYLINE = 160

_WEEKDAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),?\s+)"
_AGENCY = r"(?:l['’])?(?:AFP|Reuters|AP|Belga|ATS|Keystone-ATS)"
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
# What stands before the names of a byline: "Par", "By", "Propos recueillis par".
_BEFORE_NAMES = re.compile(
    r"(?<!\W)\W*+(?:(?:propos\s+recueillis|entretien\s+réalisé|interview\s+réalisée|écrit|rédigé|signé|texte|article"
    r"|reportage|enquête|récit)\s+(?:par\b|de\b|d['’])|(?:par|by)\b)(?:\s*+:)?+\s*",
    re.IGNORECASE,
)
# "jeanne@gazette.example (Jeanne Roy)", as feeds have it
_MAIL_NAME = re.compile(r"[\w.+-]{1,64}@[\w.-]+\s*\(([^()@]+)\)")
_MAIL_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]+")
_WITH_OTHERS = re.compile(r"\(\s*(?:avec|with)\s+([^()]*)\)?", re.IGNORECASE)
# "(à Lyon)", "(AFP)", also unclosed; "à Lyon" up to the next name
_IN_BRACKETS = re.compile(r"\([^()]*\)?")
_PLACE = re.compile(rf"(?<!\s)\s++(?:à|au|aux|en)\s++{_CAPITAL}[^;,/|]*")
_DATED = re.compile(rf"(?<![\s,–—-])[\s,–—-]*+(?:\b(?:publiée?\s+)?le\s+)?{ANY_DATE}.*", re.IGNORECASE)
# What stands around the names is stripped from them.
_GROUPS = re.compile(r"[;/|\n]")
_IN_GROUP = re.compile(r"[,&]|\s(?:et|avec|and|with)\s", re.IGNORECASE)
# "Roux, Claude", "de Maupré, Guy": one person whose names are turned around
_TURNED = re.compile(
    r"(?P<last>(?:(?:d[eu]|des|la|le|van|von|ben|el|al)\s+){0,2}[\w’'-]+)\s*,\s*(?P<first>[\w’'-]+)"
)
_JOB = re.compile(
    r"(?:journaliste|rédact(?:eur|rice)|correspondante?|envoyée?s?\s+spécia|photographe|reporter|grand\s+reporter"
    r"|chef|cheffe|stagiaire|chroniqueu|éditorialiste|staff|journalist|editor)\b",
    re.IGNORECASE,
)
# "Mis à jour le 6 mai 2023 – Publié le 5 mai 2023": the date behind this word is the article's.
_PUBLISHED = re.compile(r"\b(?:publiée?|postée?|parue?|mise? en ligne|published|posted)\b", re.I)
_UPDATED = re.compile(r"\b(?:mise? à jour|modifiée?|actualisée?|updated|modified)\b", re.IGNORECASE)
_AFTER_DATE = r"(?=\s*(?:$|[|•·,(–—-]|[àa@]\s*\d|\d{1,2}\s?[h:]|\s{2,}))"
# "Le 3 mai 2023", "mercredi 3 mai 2023", "03/05/2023 – 10:12"; "Rennes, le 3 mai 2023", "AFP • 03/05/2023"
_DATE_LINE = re.compile(
    rf"(?i:le\s+)?(?i:{_WEEKDAY})?(?i:{ANY_DATE})"
    rf"|(?i:(?:par|by|fait\s+à|à)\s+)?(?:{_NAMES}|{_AGENCY})(?:\s*\([^()]{{1,40}}\))?(?:,\s*(?i:avec)\s+{_AGENCY})?"
    rf"(?:\s*[,•|·/–—-]\s*(?i:le\s+|on\s+)?|\s+(?i:le)\s+)(?i:{_WEEKDAY})?(?i:{ANY_DATE}){_AFTER_DATE}"
)
# "SAINT-AUBIN, 3 mai 2023 (AFP) – Le conseil …": a wire's dateline.
_DATELINE = re.compile(
    rf"[^\n,(]{{2,60}},\s+(?:le\s+)?{_WEEKDAY}?(?P<date>{ANY_DATE})\s*\([^()\n]{{2,30}}\)", re.IGNORECASE
)
_NUMBER = re.compile(r"\d\d")
_DATED_BRACKET = re.compile(r"\d\s{0,3}\([^()\n]")
# How far into a line that speaks of the text the word stands.
_LATEST_WORD = 60
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
        published=_published(text, lines) or (date_in_name(PurePath(source).name) if source else None),
        url=next((m["url"] for line in lines if (m := _ADDRESS.match(line))), None),
        translators=tuple(dict.fromkeys(name for names in translated for name in _split_names(names))),
    )


def split_byline(byline: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The authors and the translators of a byline that a page or an export states as such."""
    byline = _MAIL_NAME.sub(r"\1", " ".join(byline.split()))
    translated = _TRANSLATED.search(byline)
    translators = _split_names(translated["names"]) if translated else []
    if translated:
        byline = f"{byline[: translated.start()]} {byline[translated.end() :].lstrip(') ')}".strip()
    authors, _ = _byline([byline])
    return tuple(dict.fromkeys(authors or _stated_names(byline))), tuple(dict.fromkeys(translators))


def _stated_names(byline: str) -> Iterator[str]:
    """The names of a byline that has no other words than names, places, jobs and dates."""
    plain = _MAIL_ADDRESS.sub("", _BEFORE_NAMES.sub("", byline, count=1))
    plain = _IN_BRACKETS.sub("", _WITH_OTHERS.sub(r", \1", _DATED.sub("", plain)))
    for group in _GROUPS.split(plain):
        turned = _TURNED.fullmatch(group.strip())
        if turned and fold(turned["first"]) in FIRST_NAMES:
            yield f"{turned['last']} {turned['first']}"
            continue
        names = [name.strip(" .,:()•–—-") for name in _IN_GROUP.split(_PLACE.sub("", group))]
        for number, name in enumerate(names):
            # What follows a name in small letters is what its bearer does ("correspondante").
            name = re.sub(r"^l['’](?=[A-Z])", "", name)
            job = _JOB.match(name) or (number and name[:1].islower() and not names[0][:1].islower())
            if name and len(name) <= _LONGEST_NAME and not job:
                yield name


def _own_lines(text: str, zones: tuple[Zone, ...]) -> Iterator[str]:
    """The short lines at both ends of a text, where it may speak of itself."""
    edge = zones if len(zones) <= _HEAD_LINES + _TAIL_LINES else (*zones[:_HEAD_LINES], *zones[-_TAIL_LINES:])
    for zone in edge:
        if zone.end - zone.start <= _LONGEST_BYLINE and zone.kind is not ZoneKind.HEADLINE:
            yield text[zone.start : zone.end].strip(" \t*_")


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
        if not _NUMBER.search(line):
            continue
        published, changed = _PUBLISHED.search(line), _UPDATED.search(line)
        if not (published or changed or _DATE_LINE.match(line)):
            continue
        found = list(dates_in(line))
        if not found:
            continue
        if published and published.start() <= _LATEST_WORD:
            after = [day for at, day in found if at > published.end()]
            return after[0] if after else found[0][1]
        before = [day for at, day in found if changed is None or at < changed.start()]
        if before and _DATE_LINE.match(line):
            return before[0]
        if changed and changed.start() <= _LATEST_WORD:
            updated = updated or found[0][1]
    if updated:
        return updated
    # Which is looked for at every letter: few texts have what it ends with.
    dateline = _DATELINE.search(text, 0, 2_000) if _DATED_BRACKET.search(text, 0, 2_000) else None
    return first_date(dateline["date"]) if dateline else None
