"""Names that are set in marks: "le collectif « Les Amis du Val »", "les « gilets jaunes »".

They are no quotations, and one word to their sentence. A body's name follows the noun that says what it is.
What people go by is in a list, or the article shows it once: "les « bonnets gris » dénoncent", "porte-parole
des « bonnets gris »".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quotes.extraction.detect import Quotation
from quotes.extraction.proper_names import is_first_name
from quotes.extraction.tokens import WORD, Token, tokens_of
from quotes.french.grammar import word_class
from quotes.french.verbs import AUXILIARIES, FORMS, VERBS

_BODIES = word_class("bodies_in_marks")
_PEOPLE = word_class("people_in_marks")
_BEFORE_PEOPLE = word_class("before_people_in_marks")
_BEFORE_MANY = word_class("before_many_in_marks")
_HAVE_MEMBERS = word_class("nouns_with_members")
_SOURCES = frozenset({"selon", "d'après"})
_TOLD = frozenset({"que", "qu'", "si"})
_BEFORE_VERB = frozenset({"ne", "n'", "en", "y", "se", "s'", "le", "la", "l'", "les", "lui", "leur", "aussi"})
_NAMED = frozenset({"nommé", "nommée", "dénommé", "dénommée", "baptisé", "baptisée", "appelé", "appelée"})
_CLOSING = frozenset('»”"›')
_BEFORE_INVERSION = _CLOSING | {","}
_LONGEST_NAME = 60  # code points
_LONGEST_OF_PEOPLE = 30  # code points
_FEW_WORDS = re.compile(r"[a-zà-öø-ÿœ]+[sx](?:[ -][a-zà-öø-ÿœ]+){0,2}")
_BEFORE = 24  # code points that are read before the opening mark …
_AFTER = 40  # … and behind the closing one


def name_in_marks(
    text: str, quotation: Quotation, before: Sequence[Token], index: int, people: frozenset[str]
) -> Token | None:
    """The one word that a name in marks is to its sentence; ``None`` where no name stands between them.

    ``people`` is what :func:`people_in_marks` found in the article; ``before`` are the tokens up to the
    opening mark, ``index`` is the quotation's number.
    """
    at = len(before) - 1
    words = text[quotation.start : quotation.end]
    low = words.lower()
    known = low in _PEOPLE or low in people
    if at >= 0 and known and (before[at].low in _BEFORE_PEOPLE or before[at].text in ",("):
        printed = text[quotation.outer_start : quotation.outer_end]
        return Token(quotation.outer_start, quotation.outer_end, printed, low, WORD, False, index)
    if at >= 0 and quotation.closed and _is_nickname(text, quotation, before):
        printed = text[quotation.outer_start : quotation.outer_end]
        inside = before[at].capital  # of the name; else no name of its own
        return Token(quotation.outer_start, quotation.outer_end, printed, low, WORD, inside, index)
    if at > 0 and before[at].low in _NAMED:
        at -= 1  # "une association nommée « … »"
    if at < 0 or not quotation.closed or quotation.mark == "—":
        return None
    if before[at].low not in _BODIES:
        at = _past_complement(before, at)
    if at < 0:
        return None
    if before[at].text.isupper():
        return None  # a headline in capitals
    if not words[0].isupper() or words[-1] in ".!?…," or "\n" in words or len(words) > _LONGEST_NAME:
        return None
    printed = " ".join(text[quotation.outer_start : quotation.outer_end].split())
    low = " ".join(low.replace("’", "'").split())
    return Token(quotation.outer_start, quotation.outer_end, printed, low, WORD, True, index)


def _past_complement(before: Sequence[Token], at: int) -> int:
    """Where a body's noun stands ahead of its members: "le | collectif de parents « … »"; -1 if none does."""
    if at < _MEMBERS or before[at].kind is not WORD or before[at].capital:
        return -1
    linked = before[at - 1].low in ("de", "d'") and before[at - _MEMBERS].low in _BODIES
    return at - _MEMBERS if linked else -1


_MEMBERS = 2  # tokens of "de parents"


def _is_nickname(text: str, quotation: Quotation, before: Sequence[Token]) -> bool:
    """Whether somebody is called so: "Jean « Jeannot » Roy", "Jean Roy, dit « Jeannot »,"."""
    words = text[quotation.start : quotation.end]
    if len(words) > _LONGEST_OF_PEOPLE or not _NICKNAME.fullmatch(words):
        return False
    last = before[-1]
    if last.capital:
        surname = _SURNAME.match(text, quotation.outer_end)
        return surname is not None and len(last.text) > 1 and is_first_name(last.text)
    if last.low in _CALLED:
        return True
    named = len(before) > 2 and before[-2].text in ",(" and before[-3].capital
    return named and last.low in ("dit", "dite") and _CLOSES.match(text, quotation.outer_end) is not None


_CALLED = frozenset({"alias", "surnommé", "surnommée"})
_NICKNAME = re.compile(r"[A-ZÀ-Ý][\w'’-]*(?: [A-ZÀ-Ý][\w'’-]*)?")
_SURNAME = re.compile(r" [A-ZÀ-Ý][\w'’-]+")
_CLOSES = re.compile(r" ?[,.)]")


def is_people_in_marks(token: Token) -> bool:
    """Whether a word is what people go by: "les « gilets jaunes »"."""
    return token.low in _PEOPLE or (token.quote >= 0 and token.kind is WORD and not token.capital)


def people_in_marks(text: str, quotations: Sequence[Quotation]) -> frozenset[str]:
    """By what names in marks the article lets people speak, in lower case, in the plural and the singular.

    Of two or three small words, once the subject of a verb of speech, a source ("selon les « … »") or
    those of whom there is a spokesman or a movement.
    """
    found: set[str] = set()
    for quotation in quotations:
        if quotation.end - quotation.start > _LONGEST_OF_PEOPLE or not quotation.closed:
            continue
        words = text[quotation.start : quotation.end]
        if words not in found and _FEW_WORDS.fullmatch(words) and _act(text, quotation):
            found |= {words, *_one_of(words)}
    return frozenset(found)


def _one_of(words: str) -> Iterator[str]:
    """The singular of a name in the plural."""
    yield " ".join(word.removesuffix("s") for word in words.split(" "))


def _act(text: str, quotation: Quotation) -> bool:
    """Whether people go by what stands in these marks, as far as the words beside them tell."""
    start, end = quotation.outer_start, quotation.outer_end
    before = tokens_of(text, max(0, start - _BEFORE), start)
    if not before or before[-1].low not in _BEFORE_MANY:
        return False
    lead = before[-2].low if len(before) > 1 else ""
    of_members = before[-1].low == "des" and lead in _HAVE_MEMBERS
    # « … », lancent des « bonnets gris »; but "ils réclament des « actes »"
    inverted = len(before) > 2 and before[-3].text in _BEFORE_INVERSION and _several_say(before[:-1])
    if lead in _SOURCES or of_members or inverted or _done_by(before[:-1]):
        return True
    if lead in _TOLD:
        return False  # "assure que des « opérations » se préparent": words of whoever tells it
    following = tokens_of(text, end, min(len(text), end + _AFTER))
    while following and following[0].low in _BEFORE_VERB:
        del following[0]
    return _several_say(following[:1]) or (
        len(following) > 1 and following[0].low in AUXILIARIES and _is_said(following[1].low)
    )


def _done_by(tokens: Sequence[Token]) -> bool:
    """Whether speech leads up to an agent: "un choix jugé « absurde » par", "dénoncé par"."""
    return (
        len(tokens) > 1
        and tokens[-1].low == "par"
        and (tokens[-2].text in _CLOSING or _is_said(tokens[-2].low))
    )


def _several_say(tokens: Sequence[Token]) -> bool:
    """Whether the last of some words is a verb of speech in the third person plural."""
    return bool(tokens) and any(
        f.mood == "indicative" and f.person == 3 and f.number == "p" and _says(f.lemma)
        for f in FORMS.get(tokens[-1].low, ())
    )


def _is_said(low: str) -> bool:
    return low != "été" and any(f.mood == "past_participle" and _says(f.lemma) for f in FORMS.get(low, ()))


def _says(lemma: str) -> bool:
    return any("incise" in v.constructions and "weak" not in v.constructions for v in VERBS.get(lemma, ()))
