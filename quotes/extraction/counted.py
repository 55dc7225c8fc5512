"""People by how many they are or on which side: "2400 retraités", "38 % des sondés", "côté | syndicats"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.extraction.bare_posts import lead_of_post
from quotes.extraction.complements import description_end
from quotes.extraction.descriptions import are_from_there, description_at
from quotes.extraction.leads import QUANTIFIERS, after_range
from quotes.extraction.names_in_marks import is_people_in_marks
from quotes.extraction.phrases import DESCRIPTION, Phrase
from quotes.extraction.pronouns import among_them
from quotes.extraction.proper_names import (
    DETERMINERS,
    PEOPLE,
    POINTING_BACK,
    Vocabulary,
    person_noun,
)
from quotes.extraction.tokens import NUMBER, WORD, Token
from quotes.french.grammar import word_class
from quotes.french.nouns import Noun, noun

_OF_RANKS = ("e", "er", "re", "ère", "ème", "nd", "nde")
ABOUT_AS_MANY = frozenset({"plus", "moins", "près"})
_COUNTED = PEOPLE | {"group"}
# By its first word, what follows that and how many words there are before "de": "pas | mal", "bien | des".
_QUANTITIES = {
    "bon": {"nombre": 2},
    "nombre": {"de": 1, "d'": 1},
    "pas": {"mal": 2},
    "bien": {"des": 1},
    "peu": {"de": 1, "d'": 1},
    "toujours": {"plus": 2},
}
MANY = frozenset(_QUANTITIES)
_LONGEST_UNDETERMINED = 4  # tokens of "parents d'élèves"
COMING = word_class("verbs_of_coming")
_OF_WHOM = COMING | {"auprès"}  # "auprès d'| élus"
SHARES = word_class("shares")
_LONGEST_LEAD = 4  # tokens of "plus de la moitié", "près de 60 %"
_NO_COUNT = frozenset({"de", "d'", "à", "entre", "en", "dès", "depuis", "jusqu'à"})
_COUNTS = frozenset({"deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"})


def is_share(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """Whether it is a share of some people: "60 % des élus", "la moitié des élus", "un élu sur deux"."""
    if phrase.kind is not DESCRIPTION or phrase.noun is None or phrase.noun.kind not in _COUNTED:
        return False
    lead = phrase.first + _LONGEST_LEAD
    for k in range(phrase.first, phrase.last):
        if tokens[k].low in SHARES and tokens[k].low != phrase.head:
            # "la majorité des élus", not "une élue de la majorité"
            counted = k + 2 == phrase.last if tokens[k].low == "sur" else k < lead
            if counted:
                return True
    return False


def about_as_many(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "plus de 300 salariés", "plus d'un élu", "près d'un tiers des élus", "plus de la moitié des élus" """
    if i + 2 >= len(tokens) or tokens[i + 1].low not in ("de", "d'"):
        return None
    share = i + 3 < len(tokens) and tokens[i + 3].low in QUANTIFIERS
    if tokens[i + 2].low in ("un", "une", "la"):
        several = share or (tokens[i].low == "plus" and tokens[i + 2].low != "la")
        one = description_at(tokens, i + 2, words, "") if several else None
        people = one is not None and one.noun is not None and one.noun.kind in _COUNTED
        return replace(one, first=i, before=before) if one is not None and people else None
    if tokens[i + 2].low in _COUNTS:
        counted = description_at(tokens, i + 2, words, "")
        return replace(counted, first=i, before=before) if counted and counted.number == "p" else None
    if tokens[i + 2].kind is not NUMBER:
        return None
    share = i + 3 < len(tokens) and tokens[i + 3].text == "%"  # "près de 60 % des élus"
    counted = numbered(tokens, i + 2, words, "") if share else description_at(tokens, i + 1, words, "")
    return counted and replace(counted, first=i, before=before)


def wing(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "À gauche, on dénonce", "peste-t-on à | droite" """
    aside = i + 1 == len(tokens) or tokens[i + 1].kind is not WORD
    if before != "à" or not aside or not any(t.low in ("on", "-t-on", "-on") for t in tokens):
        return None
    entry = Noun(tokens[i].low, "group", "f", "s")
    return Phrase(i, i + 1, DESCRIPTION, tokens[i].low, entry, "la", "s", "f", post=(i, i + 1), before=before)


def side(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "Côté | mairie, on assure" """
    entry = next((n for n in noun(tokens[i].low) if n.kind in ("organization", "group")), None)
    if entry is None:
        return None
    end = description_end(tokens, i + 1, words, entry, apposed=False)
    return Phrase(i, end, DESCRIPTION, tokens[i].low, entry, "", entry.number, entry.gender,
                  post=(i, end), before=before)  # fmt: skip


def some_many(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "quelque 200 médecins", "environ 300 personnes" """
    if i + 1 >= len(tokens) or tokens[i + 1].kind is not NUMBER:
        return None
    counted = numbered(tokens, i + 1, words, "")
    return counted and replace(counted, first=i, before=before)


def good_number(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "bon nombre d'agriculteurs", "nombre d'élus", "pas mal d'élus", "bien des élus", "peu d'élus" """
    if before == "un":
        return None  # "un peu de"
    at = i + _QUANTITIES.get(tokens[i].low, {}).get(tokens[i + 1].low if i + 1 < len(tokens) else "", 0)
    if at == i or at + 1 >= len(tokens) or tokens[at].low not in ("de", "d'", "des"):
        return None
    counted = description_at(tokens, at, words, "") or description_at(tokens, at + 1, words, "")
    if counted is None or counted.noun is None or counted.noun.number != "p":
        return None
    return replace(counted, first=i, number="p", determiner="plusieurs", before=before)


def undetermined(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """Some people behind "de" who go on to act: "la colère de | riverains, qui …", "vient d'| élus"."""
    at = i + 1
    person = person_noun(tokens[at].low) if at < len(tokens) else None
    if at == len(tokens) or not ((person and person.number == "p") or is_people_in_marks(tokens[at])):
        return None
    people = description_at(tokens, at, words, tokens[i].low)
    if people is None or people.name is not None or people.last - at > _LONGEST_UNDETERMINED:
        return None
    end = people.last + (people.last < len(tokens) and tokens[people.last].text == ",")
    acts = end < len(tokens) and tokens[end].low == "qui"
    return replace(people, determiner="des", number="p") if acts or before in _OF_WHOM else None


def all_of(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "Tous les habitants dénoncent", "toute l'équipe", "selon | toutes ces associations" """
    if i + 1 >= len(tokens) or tokens[i + 1].low not in POINTING_BACK:
        return None
    whole = description_at(tokens, i + 1, words, "")
    if whole is None or whole.noun is None or not (whole.number == "p" or whole.noun.kind == "group"):
        return None
    return replace(whole, first=i, before=before)


def _is_post(tokens: Sequence[Token], i: int) -> bool:
    """Whether a post without its article may stand here: "Léa Roy, | 2e adjointe", "est | 2e adjointe"."""
    return (i > 0 and tokens[i - 1].text in (",", "(")) or lead_of_post(tokens, i) < i


def numbered(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "2400 retraités", "30 à 40 jeunes", "38 % des sondés", "60 % d'entre eux" """
    if before in _NO_COUNT or before in DETERMINERS:
        return None
    at = after_range(tokens, i)
    if at >= len(tokens):
        return None
    if tokens[i].text.endswith(_OF_RANKS) and person_noun(tokens[at].low) and _is_post(tokens, i):
        ranked = description_at(tokens, at, words, before)  # ", 2e | adjoint", "(1er vice-président)"
        return ranked and replace(ranked, first=i, post=ranked.post and (i, ranked.post[1]))
    if at + 1 >= len(tokens):
        return None
    if tokens[at].text == "%":
        among = among_them(tokens, at, words, before)
        if among is not None:
            return replace(among, first=i, determiner="plusieurs")
        counted = description_at(tokens, at + 1, words, "") if tokens[at + 1].low == "des" else None
    elif any(n.number == "p" and n.kind in _COUNTED for n in noun(tokens[at].low)):
        counted = description_at(tokens, at, words, "")
    elif are_from_there(tokens[at]):
        entry = Noun(tokens[at].low, "description", None, "p")
        end = description_end(tokens, at + 1, words, entry)
        counted = Phrase(at, end, DESCRIPTION, entry.lemma, entry, number="p", post=(at, end))
    else:
        counted = None
    if counted is None or counted.number != "p" or counted.noun is None or counted.noun.kind not in _COUNTED:
        return None
    return replace(counted, first=i, determiner="plusieurs", before=before)
