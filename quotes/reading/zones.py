"""What part of the page is each line? Told from the text's own shape, where no mark-up says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final
from unicodedata import normalize

from quotes.french.lexicon import fold
from quotes.french.names import FIRST_NAMES
from quotes.model import Zone, ZoneKind
from quotes.reading.dates import ANY_DATE

# Plain names of what is asked about each line: the class of an Enum takes ten times as long to give a member.
_BODY: Final = ZoneKind.BODY
_HEADING: Final = ZoneKind.HEADING
_PULL_QUOTE: Final = ZoneKind.PULL_QUOTE
_HEADLINE: Final = ZoneKind.HEADLINE

_LINE = re.compile(r"^[^\S\n]*+\S[^\n]*", re.MULTILINE)
_LONGEST_HEADING = 150
_LONGEST_HEADLINE = 260
_LONGEST_BYLINE = 160
# Where somebody may sign.
_LAST_LINES = 4
# "Incendie. « Fuyez ! », crie-t-elle" may still be a headline.
_SENTENCE_END = re.compile(r"[.!?…][\s»”\"]*\s(?=[A-ZÉÈÀÂÎÔÇ«“\"])")
_MANY_SENTENCES = 2
# Fewer are headings that ask.
_FEWEST_QUESTIONS = 3

# "le 3 mai 2023 à 10 h", "mercredi 3 mai 2023"; "Rennes, le 3 mai 2023"
_DATED = (
    # Few lines have a number.
    r"(?=.*\d\d)(?:(?:le\s)?(?:(?:lun|mar|mercre|jeu|vendre|same)di,?\s|dimanche,?\s)?"
    r"|(?-i:[A-ZÉÈÀÂÎÔÇ])[\w’'.-]*(?:\s[\w’'.-]+){0,5}?(?:,\sle|\s?[•|·–—])\s)"
    rf"{ANY_DATE}\s*(?:[àa–—|•·,-]?\s*\d{{1,2}}\s?[h:].{{0,20}})?$"
)
_BYLINE = re.compile(
    rf"""(?:
        {_DATED}
      | (?:article|texte|reportage|enquête|entretien|propos|traduction|interview)\s
            (?:\w+\s)?(?:(?:d['’]|de\s|par\s)(?-i:[A-ZÉÈÀÂÎÔÇ])|recueillis?\b)
      | (?:écrit\s|publié\s|rédigé\s)?(?:par|by)\s+(?:(?-i:[A-ZÉÈÀÂÎÔÇ])|l['’]AFP)
      | publié\s+(?:le|à)\b | mis\sà\sjour\b | posté\sle\b | modifié\sle\b
      | \d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}\b[\d\s:h–-]*$
      # what a wire's dispatch ends with: "Rennes (AFP) -"
      | (?-i:[A-ZÉÈÀÂÎÔÇ])[\w’'-]*(?:[\s-][\w’'-]+){{0,3}}\s\((?:AFP|APS|ATS|Belga|Reuters)\)\s*[–-]?$
      | durée\sde\slecture\b | temps\sde\slecture\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_TEASER = re.compile(
    r""">>\s?\w | (?:[►▶>»•–—\-*]+\s*)?(?:
        (?:à\s)?(?:lire|voir|revoir|relire|écouter|découvrir)\s?
          # the title may follow without a space
          (?:aussi|également|encore)(?-i:(?![a-zà-ÿ]))
      | (?:à\slire|à\svoir|à\sécouter|lire|relire|revoir|sur\sle\smême\s(?:sujet|thème))\s*[:>|]
      | (?:re)?(?:voir|lire)\s(?:le\ssujet|notre\s\w+|l['’]article|les\scontributions)\b
      | notre\s(?:dossier|sélection)\s*:
      | (?:sur\sle\smême\s(?:sujet|thème)|dans\s(?:le\smême|ce)\sdossier|à\slire\sensuite)\s*$
      | (?:lire\sla\ssuite|en\ssavoir\splus|les\splus\slus)\b[^.]{0,60}$
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"""(?:
        (?:vous\savez\saimé|likez|suivez-nous|abonnez-vous|inscrivez-vous|recevez\s(?:chaque|nos|toute|notre)
          |découvrez\snos\soffres|cet\sarticle\sest\sréservé|déjà\sabonné|pour\slire\sla\ssuite
          |newsletter\b|retrouvez\s(?:toute?|l['’]intégralité|tous|nos|notre)\b|tous\sdroits\sréservés
          |en\sacceptant\sles\scookies|à\stout\smoment,?\svous\spouvez|pourtant,\scomme\sles\sabonnements
          |publicité\s*$|partager\s(?:cet\sarticle|sur)|signaler\sune\serreur|©\s|crédits?\sphotos?\b|mentions\slégales
          |cet\sarticle\s(?:est|a\sété)\s(?:initialement\s|d['’]abord\s)?(?:re)?(?:publié|paru)\b
          |(?:re)?publié\sà\spartir\sde\b|lire\sl['’]article\soriginal|(?:toute\s)?reproduction\s(?:interdite|même)
          |(?:je\sm['’]inscris|s['’]inscrire|inscription)\sà\s|votre\sadresse\s(?:e-?)?mail\b|vous\s(?:y\s)?êtes\s(?:déjà\s)?inscrit
          |téléchargez\sl['’]appli|soutenez\b.{0,40}\bdon\b|faites\sun\sdon\b
          |[(*\d)\s]*(?:les?|tous\sles|certains)\s(?:pré)?noms?\s(?:a|ont)\sété\s(?:modifiés?|changés?)\b)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
# After these everything to the end is no more of the article.
_END_OF_ARTICLE = re.compile(
    r"(?:vous\savez\saimé\scet\sarticle|newsletter\s(?:quotidienne|gratuite|hebdo))", re.I
)
_COMMENTS = re.compile(
    r"""(?:
        (?:(?:\d+|vos|les|voir\sles|tous\sles)\s)?(?:commentaires?|réactions)(?:\s\(?\d+\)?)?\s*+[:>]?
      | (?:réagir|réagissez|commenter|commentez)(?:\s(?:à\s)?(?:cet|l['’])\s?article)?
      | (?:laisser|laissez|poster|postez|ajouter|écrire)\sun\scommentaire
    )\s*+!?$""",
    re.VERBOSE | re.IGNORECASE,
)
_CAPTION = re.compile(
    r"""(?:photos?|légende|illustration|crédits?|image)\b[^.]{0,80}$
      | .{0,200}(?:\(photo\b | /\s?AFP$ | © | /\s?(?:crédits?|photos?)\s?:)
      # who wrote the message that stands above: "— Jeanne Roy (@jeanneroy) 3 mai 2024"
      | [–—]\s.{1,60}\(@\w+\)""",
    re.VERBOSE | re.IGNORECASE,
)
# Whom a pull quote is of: "Jeanne Roy, maire de Brume"; "La France, la Chine" begin no name.
_SIGNATURE = re.compile(
    r"[–—-]?\s?(?!(?:L[ae]|Les|Une?|Des|Ce|Cette|Ces|Il|Elle|Oui|Non)\b)"
    r"[A-ZÉÈÎÀÂÔÇ][\w’'.-]+(?:\s(?:[A-ZÉÈÎÀÂÔÇ][\w’'.-]*|d[eu]|des|la|le|van|von|ben|el|al)){0,4},\s\w.{2,150}$"
)
_NAME_ALONE = re.compile(
    r"[–—-]?\s?(?P<first>[A-ZÉÈÎÀÂÔÇ](?:\.|[\w’'-]+))(?:\s(?:[A-ZÉÈÎÀÂÔÇ][\w’'.-]*|d[eu]|van|von|ben|el|al)){0,2}"
    r"\s(?P<last>[A-ZÉÈÎÀÂÔÇ][\w’'-]+)(?:\s\(stagiaire\))?\.?"
)
_LIST_ITEM = re.compile(r"[*•·‣▪]\s*\S|[–—-]\s?\w.*[^\s–—-]$")
_QUOTED_LINE = re.compile(r"""^[-–—\s]*+[«“"][^«»“”"]++[»”"][\s.]*+[-–—]?\s*+$""")
_QUESTION = re.compile(r"^(?:Q\s?[.:]|[–—-]\s).*\?\s*$|^[A-ZÀ-Ý].{10,300}\?\s*$")


def zones_of(text: str) -> tuple[Zone, ...]:
    """The zones of a plain text, one for each line that isn't blank, in order.

    The first short line without a full stop is the headline; a short line without one inside the
    text is a heading, a line that holds nothing but a quotation is a pull quote (several in a row are
    what people say to each other); where three short lines ask, they are the questions of an
    interview. A name alone below the text signs it. What follows a newsletter's invitation at the end of
    the text is boilerplate, what follows "12 commentaires" there is by readers.
    """
    zones: list[Zone] = []
    ended: ZoneKind = _BODY
    lines = list(_LINE.finditer(text))
    for number, match in enumerate(lines):
        start, end = match.span()
        line = normalize("NFC", match.group().strip())  # "février" with a combining accent
        if ended is _BODY and number > len(lines) // 2:
            if _END_OF_ARTICLE.match(line):
                ended = ZoneKind.BOILERPLATE
            elif _COMMENTS.match(line):
                ended = ZoneKind.COMMENTS
        kind = _kind(line, number, lines, zones) if ended is _BODY else ended
        zones.append(Zone(kind, start, end))
    asking = [n for n, zone in enumerate(zones) if zone.kind is _HEADING and text[zone.end - 1] == "?"]
    for number in asking if len(asking) >= _FEWEST_QUESTIONS else ():
        zones[number] = replace(zones[number], kind=ZoneKind.QUESTION)
    return tuple(_talk_is_text(zones))


def _talk_is_text(zones: list[Zone]) -> Iterator[Zone]:
    """A pull quote stands alone: lines in a row that hold nothing but what is said are a conversation."""
    for kind, group in groupby(zones, key=lambda zone: zone.kind):
        alike = list(group)
        if kind is _PULL_QUOTE and len(alike) > 1:
            yield from (replace(zone, kind=_BODY) for zone in alike)
        else:
            yield from alike


def is_signature(line: str) -> bool:
    """Whether a line is nothing but somebody's name, as below an article: "Jeanne Roy", "J. ROY"."""
    match = _NAME_ALONE.fullmatch(line)
    if match is None:
        return False
    first, last = match["first"], match["last"]
    return (len(last) > 2 and last.isupper()) or fold(first) in FIRST_NAMES


def _is_last(following: list[re.Match[str]]) -> bool:
    """Whether nothing follows that the article says."""
    return all(
        any(shape.match(line.group().strip()) for shape in (_BYLINE, _TEASER, _BOILERPLATE))
        for line in following
    )


def _kind(line: str, number: int, lines: list[re.Match[str]], before: list[Zone]) -> ZoneKind:
    if len(line) <= _LONGEST_BYLINE and _BYLINE.match(line):
        return ZoneKind.BYLINE
    if len(line) <= 300 and _TEASER.match(line):
        return ZoneKind.TEASER
    if len(line) <= 400 and _BOILERPLATE.match(line):
        return ZoneKind.BOILERPLATE
    ends_sentence = line[-1] in ".!?…" or line.endswith((".»", '."', ". »", "!»"))
    if number == 0:
        return _first_kind(line, alone=len(lines) == 1)
    if number >= len(lines) - _LAST_LINES and is_signature(line) and _is_last(lines[number + 1 :]):
        return ZoneKind.BYLINE
    if _QUOTED_LINE.match(line):
        return _quoted_kind(line)
    if before and before[-1].kind is _PULL_QUOTE and len(line) < 160 and _SIGNATURE.match(line):
        return ZoneKind.CAPTION
    if _LIST_ITEM.match(line) and not _CAPTION.match(line):
        return _BODY
    if len(line) <= _LONGEST_HEADING and not ends_sentence and line[-1] not in ':,;»"”':
        return ZoneKind.CAPTION if _CAPTION.match(line) else _HEADING
    quoted = len(line) <= _LONGEST_HEADING and line[-1] in '»"”' and not re.search(r"[,.:]\s", line)
    if quoted or (len(line) <= 110 and line[-1] == "?" and _QUESTION.match(line)):
        return _HEADING
    if number == 1 and before[0].kind is _HEADLINE and len(lines) > 3 and len(line) < 500:
        return ZoneKind.STANDFIRST
    return _BODY


def _first_kind(line: str, *, alone: bool) -> ZoneKind:
    if alone or not any(map(str.isalpha, line)):
        return _BODY
    sentences = len(_SENTENCE_END.findall(line))
    headline = len(line) <= _LONGEST_HEADLINE and line[-1] != "." and sentences < _MANY_SENTENCES
    return _HEADLINE if headline else ZoneKind.STANDFIRST


def _quoted_kind(line: str) -> ZoneKind:
    """A line between quotation marks: a heading, unless it is long or a sentence."""
    sentence = line.rstrip(' \u00a0\u202f»”"-–—.')
    pulled = len(line) > 60 or (line != sentence and line.rstrip(' »”"\u00a0\u202f')[-1:] in ".!?…")
    return _PULL_QUOTE if pulled else _HEADING
