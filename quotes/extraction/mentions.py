"""Which stretches of a carrier could name a speaker?

Three sorts of *phrase*: a name ("Jeanne Roy", "M. Roy", "la maire Jeanne Roy"), a description ("la
ministre de la Culture", "plusieurs experts", "un proche du dossier") and a subject pronoun ("elle").
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from quotes.extraction.complements import PRESENT_VERBS, body_run, branch_end, description_end, name_inside
from quotes.extraction.names_in_marks import is_people_in_marks
from quotes.extraction.phrases import Phrase, PhraseKind
from quotes.extraction.pronouns import ARTICLE_GENDER, READERS, Reader, among_them, verb_follows
from quotes.extraction.proper_names import (
    ADVERBS,
    BEFORE_NOUN,
    CONTRACTED,
    DEFINITE,
    DEMONSTRATIVE,
    DETERMINERS,
    FUNCTION_WORDS,
    INDEFINITE,
    LONGEST_NAME,
    PEOPLE,
    PLAIN_LINKS,
    POSSESSIVE,
    PREPOSITIONS,
    RELATIVES,
    SPEECH_NOUNS,
    TIMES,
    TITLES_LOW,
    Vocabulary,
    is_first_name,
    known_body_end,
    name_run,
    person_noun,
)
from quotes.extraction.tokens import Kind, Token
from quotes.extraction.value import value
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import DEMONYMS, ORGANIZATIONS, PARTICLES, PLACES
from quotes.french.nouns import Noun, noun
from quotes.french.verbs import AUXILIARIES, FORMS

FEMININE = frozenset({"la", "une", "cette"})
MASCULINE = frozenset({"le", "un", "ce", "cet", "du", "au"})
_PLURAL = frozenset(
    {"les", "des", "aux", "ces", "ses", "leurs", "plusieurs", "certains", "certaines", "quelques"}
)
QUANTIFIERS = word_class("group_quantifiers")
NOT_AGENTS = word_class("not_agents")


def find_phrases(tokens: Sequence[Token], words: Vocabulary) -> list[Phrase]:
    """The phrases of a carrier, in order, none inside another."""
    found: list[Phrase] = []
    i = 0
    count = len(tokens)
    while i < count:
        token = tokens[i]
        begins = (
            token.capital
            or token.kind is Kind.NUMBER
            or _may_begin(token.low)
            or (i and tokens[i - 1].low == "côté")
        )
        phrase = _phrase_at(tokens, i, words) if begins else None
        if phrase is None:
            i += 1
        else:
            found.append(phrase)
            i = phrase.last
    return found


_COPULAS = word_class("copulas_before_post")
_MEASURES = word_class("slight_measures")
_WITHOUT_PATRON = word_class("bodies_without_patron") | word_class("media_nouns")
_THINGS = word_class("things_by_their_article")


def _put_in_before(tokens: Sequence[Token], i: int) -> bool:
    """Whether an adverb parts a post from the comma: ", aujourd'hui députée", ", à la fois médecin et"."""
    before = [t.low for t in tokens[max(0, i - 4) : i]]
    if before[-3:] in ([",", "lui", "aussi"], [",", "elle", "aussi"]):
        return True
    return before[-4:] == [",", "à", "la", "fois"] or (before[-2:-1] == [","] and before[-1] in BEFORE_POST)


def _works_as(tokens: Sequence[Token], i: int) -> bool:
    """Whether a verb of working leads to a post: "travaille comme | guide", "exerce en tant que | juge"."""
    before = [t.low for t in tokens[max(0, i - 4) : i]]
    if before[-1:] == ["comme"] and before[-2:-1] and before[-2] in TIMES | ADVERBS:
        del before[-2]  # "travaille maintenant comme | guide"
    return (before[-1:] == ["comme"] and before[-2:-1] != [] and before[-2] in WORKING) or (
        before[-3:] in (["en", "tant", "que"], ["en", "qualité", "de"]) and before[0] in WORKING
    )


def _compound(tokens: Sequence[Token], i: int) -> int:
    """How many words at ``i`` are one word for a person ("tête de liste"); 0 where none is."""
    for words in _COMPOUNDS.get(tokens[i].low, ()):
        if all(i + k < len(tokens) and tokens[i + k].low == word for k, word in enumerate(words)):
            return len(words)
    return 0


def _follows_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether a post with a complement follows its bearer's full name without a comma: "Ali Sow chef de"."""
    if tokens[i].low in PRESENT_VERBS or tokens[i].low in FORMS:
        return False  # "Jeanne Roy garde des feutres"
    person = i > 1 and tokens[i - 1].capital and tokens[i - 2].capital and is_first_name(tokens[i - 2].text)
    return bool(person and i + 1 < len(tokens) and tokens[i + 1].low in PLAIN_LINKS)


BEFORE_POST = word_class("adverbs_before_post")
WORKING = word_class("verbs_of_working")
_COMPOUNDS: dict[str, list[list[str]]] = {}  # by their first word
for _words in word_class("compound_people") | {w for w in word_class("people_in_marks") if " " in w}:
    _COMPOUNDS.setdefault(_words.split()[0], []).append(_words.split())
_ABOUT_AS_MANY = frozenset({"plus", "moins", "près"})
_OFFICES = frozenset({"mairie", "préfecture", "sous-préfecture"})
_COUNTED = PEOPLE | {"group"}
_NO_COUNT = frozenset({"de", "d'", "à", "entre", "en", "dès", "depuis", "jusqu'à"})
_COUNTS = frozenset({"deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "une"})


def _titles_body(tokens: Sequence[Token], i: int) -> bool:
    """Whether a capital article inside a sentence begins a body's name: ", Le Quotidien note que"."""
    return (
        0 < i < len(tokens) - 1
        and (tokens[i - 1].kind is Kind.WORD or tokens[i - 1].text in (",", "("))
        and not tokens[i - 1].text.isupper()
        and tokens[i + 1].capital
        and not tokens[i + 1].text.isupper()
        and bool(noun(tokens[i + 1].low))
        and person_noun(tokens[i + 1].low) is None
    )


def described_at(tokens: Sequence[Token], i: int, words: Vocabulary) -> Phrase | None:
    """The description that begins with the determiner at ``i``."""
    return _described(tokens, i, words, tokens[i - 1].low if i else "")


def _phrase_at(tokens: Sequence[Token], i: int, words: Vocabulary) -> Phrase | None:
    token = tokens[i]
    before = tokens[i - 1].low if i else ""
    if token.kind is Kind.NUMBER:
        return _numbered(tokens, i, words, before)
    if token.kind is not Kind.WORD:
        return None
    readers = _CLOSED.get(token.low)
    if readers is not None:
        for read in readers:
            phrase = read(tokens, i, words, before)
            if phrase is not None:
                return phrase
        if token.low in _DETERMINED:
            return None
    bare: Phrase | None = None
    if before == "côté" and not token.capital:
        bare = _side(tokens, i, words, before)
    elif i + 2 < len(tokens) and tokens[i + 1].low == "et":
        bare = _bare_pair(tokens, i, words, before)
    if bare is not None:
        return bare
    known = known_body_end(tokens, i) if token.capital else 0
    if known:
        name = " ".join(t.text for t in tokens[i:known])
        return Phrase(i, known, PhraseKind.NAME, name, name=(i, known), before=before)
    in_brackets = before == "(" or (before == "," and token.text.isupper())  # "Jean Roy (Entraîneur du FC)"
    if not token.capital or (in_brackets and person_noun(token.low)):
        return _bare_post(tokens, i, words, before)
    if person_noun(token.low) and i + 1 < len(tokens) and not is_first_name(token.low):
        described = _described(tokens, i, words, before)
        if described is not None and (described.name or (i == 0 and token.low not in words.capitals)):
            return described
    end = name_run(tokens, i, words)
    if end == i:
        return None
    end = branch_end(tokens, i, _worded_name_end(tokens, i, end, words))
    text = " ".join(t.text for t in tokens[i:end])
    return Phrase(i, end, PhraseKind.NAME, text, name=(i, end), before=before)


def _bare_pair(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "Syndicats et patronat ont salué", « … », dénoncent élus et riverains."""
    first, second = (_of_several(tokens[k].low) for k in (i, i + 2))
    if (
        first is None
        or second is None
        or tokens[i + 2].capital
        or not (i == 0 or _several_act(tokens, i - 1))
    ):
        return None
    end = description_end(tokens, i + 3, words, second, apposed=False)
    both = Noun(f"{first.lemma} et {second.lemma}", "group", None, "p")
    return Phrase(
        i, end, PhraseKind.DESCRIPTION, both.lemma, both, "plusieurs", "p", post=(i, end), before=before
    )


def _of_several(low: str) -> Noun | None:
    """A noun as one of people in the plural, of a group, or of a body."""
    return next(
        (
            n
            for n in noun(low)
            if n.kind in ("group", "organization") or (n.kind in PEOPLE and n.number == "p")
        ),
        None,
    )


def _several_act(tokens: Sequence[Token], at: int) -> bool:
    return any(
        f.mood == "indicative" and f.person == 3 and f.number == "p" for f in FORMS.get(tokens[at].low, ())
    )


def _worded_name_end(tokens: Sequence[Token], i: int, end: int, words: Vocabulary) -> int:
    """Where a body's name ends that is worded like a phrase and acts at once: "Ports de Brume | annonce"."""
    if i or end > 1 or end + 1 >= len(tokens) or tokens[end].low not in PLAIN_LINKS:
        return end
    if is_first_name(tokens[i].text) or fold(tokens[i].text) in PLACES:
        return end  # "Paris du Nord au Sud", "Jeanne d'Arc"
    at = end + 1 + (tokens[end + 1].low in ("la", "l'", "le", "les"))
    close = name_run(tokens, at, words) if at < len(tokens) and tokens[at].capital else at
    if close == at or close >= len(tokens):
        return end
    relative = tokens[close].text == "," and close + 1 < len(tokens) and tokens[close + 1].low in RELATIVES
    return close if relative or verb_follows(tokens, close) else end


def _titled_with_article(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "le docteur Roy" """
    if i + 2 >= len(tokens) or tokens[i + 1].low not in TITLES_LOW or not tokens[i + 2].capital:
        return None
    titled = _titled(tokens, i + 1, words, before)
    return titled and replace(titled, first=i)


def _in_office(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "assure-t-on en | mairie" """
    said = before == "en" and i > 1 and tokens[i - 2].low.endswith("-on")
    return _described(tokens, i, words, before) if said else None


def _source(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "de | source policière", "selon | sources" """
    return _described(tokens, i, words, before) if before in ("de", "selon") else None


def _body_with_article(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ ", Le Quotidien note que" """
    token = tokens[i]
    if not token.capital or not _titles_body(tokens, i):
        return None
    end = body_run(tokens, i + 1, words)
    name = " ".join(t.text for t in tokens[i:end])
    number = "p" if token.low == "les" else "s"
    gender = ARTICLE_GENDER.get(token.low)
    return Phrase(
        i, end, PhraseKind.NAME, name, None, token.low, number, gender, (i, end), None, before=before
    )


def _about_as_many(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "plus de 300 salariés" """
    if i + 2 >= len(tokens) or tokens[i + 1].low not in ("de", "d'"):
        return None
    if tokens[i + 2].low in _COUNTS:
        counted = _described(tokens, i + 2, words, "")
        return replace(counted, first=i, before=before) if counted and counted.number == "p" else None
    if tokens[i + 2].kind is not Kind.NUMBER:
        return None
    counted = _described(tokens, i + 1, words, "")
    return counted and replace(counted, first=i, before=before)


def _wing(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "À gauche, on dénonce", "peste-t-on à | droite" """
    aside = i + 1 == len(tokens) or tokens[i + 1].kind is not Kind.WORD
    if before != "à" or not aside or not any(t.low in ("on", "-t-on", "-on") for t in tokens):
        return None
    entry = Noun(tokens[i].low, "group", "f", "s")
    return Phrase(
        i, i + 1, PhraseKind.DESCRIPTION, tokens[i].low, entry, "la", "s", "f", post=(i, i + 1), before=before
    )


def _side(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "Côté | mairie, on assure" """
    entry = next((n for n in noun(tokens[i].low) if n.kind in ("organization", "group")), None)
    if entry is None:
        return None
    end = description_end(tokens, i + 1, words, entry, apposed=False)
    return Phrase(i, end, PhraseKind.DESCRIPTION, tokens[i].low, entry, "", entry.number, entry.gender,
                  post=(i, end), before=before)  # fmt: skip


def _some_many(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "quelque 200 médecins", "environ 300 personnes" """
    if i + 1 >= len(tokens) or tokens[i + 1].kind is not Kind.NUMBER:
        return None
    counted = _numbered(tokens, i + 1, words, "")
    return counted and replace(counted, first=i, before=before)


def _good_number(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "bon nombre d'agriculteurs" """
    if i + 2 >= len(tokens) or tokens[i + 1].low != "nombre" or tokens[i + 2].low not in ("de", "d'"):
        return None
    counted = _described(tokens, i + 2, words, "") or _described(tokens, i + 3, words, "")
    return counted and replace(counted, first=i, number="p", determiner="plusieurs", before=before)


def _numbered(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "2400 retraités", "30 à 40 jeunes", "38 % des sondés", "60 % d'entre eux" """
    if before in _NO_COUNT or before in DETERMINERS:
        return None
    at = _after_range(tokens, i)
    if at + 1 >= len(tokens):
        return None
    if tokens[at].text == "%":
        among = among_them(tokens, at, words, before)
        if among is not None:
            return replace(among, first=i, determiner="plusieurs")
        counted = _described(tokens, at + 1, words, "") if tokens[at + 1].low == "des" else None
    elif any(n.number == "p" and n.kind in _COUNTED for n in noun(tokens[at].low)):
        counted = _described(tokens, at, words, "")
    else:
        counted = None
    if counted is None or counted.number != "p" or counted.noun is None or counted.noun.kind not in _COUNTED:
        return None
    return replace(counted, first=i, determiner="plusieurs", before=before)


def _bare_post(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """A post without its article: ", maire de Lyon", "(députée)"."""
    low = tokens[i].low
    lead = _lead(tokens, i) if low in _BEFORE_BARE_POST and before in _POST_SLOTS else None
    at = lead.noun if lead is not None else i  # ", nouveau président de la ligue"
    if before == "côté" and any(n.number == "p" and n.kind in _TAKING_SIDES for n in noun(low)):
        return _described(tokens, i, words, before)  # "côté | syndicats, le ton monte"
    if not person_noun(tokens[at].low) and not _compound(tokens, at) and not _lawyer(tokens, at):
        return None
    if low in FORMS and _acts_here(tokens, i):
        return None
    placed = (
        not before
        or before in _POST_SLOTS
        or before in _COPULAS
        or _follows_name(tokens, i)
        or _put_in_before(tokens, i)
        or _works_as(tokens, i)
    )
    return _described(tokens, i, words, before) if placed else None


@lru_cache(maxsize=1 << 14)
def _may_begin(low: str) -> bool:
    """Whether a word without a capital may begin a phrase, but behind "côté"; most words don't."""
    return (
        low in _CLOSED
        or person_noun(low) is not None
        or low in _COMPOUNDS
        or low in _BEFORE_BARE_POST
        or low == "conseil"
    )


def _acts_here(tokens: Sequence[Token], i: int) -> bool:
    """Whether a verb that could be a post stands at ``i``: ", juge Jeanne Roy,", ", juge, lui, que"."""
    following = tokens[i + 1 : i + 3]
    takes = following and (following[0].capital or following[0].low in _OF_A_VERB)
    aside = [t.low for t in following] in ([",", "lui"], [",", "elle"])
    return bool(takes or aside) and any(f.mood == "indicative" for f in FORMS[tokens[i].low])


_OF_A_VERB = DETERMINERS - CONTRACTED - {"d'", "de"}


def _titled(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """ "M. Roy", "Mme Jeanne Roy", "Me Roy" """
    if i + 1 >= len(tokens) or not tokens[i + 1].capital:
        return None
    low = tokens[i].low
    start = i + 1
    if tokens[start].low in TITLES_LOW and start + 1 < len(tokens):
        start += 1
    if not tokens[start].capital or (tokens[start].low in DETERMINERS and tokens[start].low not in PARTICLES):
        return None
    end = start + 1
    while end < min(len(tokens), start + LONGEST_NAME):
        token = tokens[end]
        if token.kind is Kind.WORD and token.capital and not token.low.startswith("-"):
            end += 1
        elif token.low in PARTICLES and end + 1 < len(tokens) and tokens[end + 1].capital and end - start < 4:
            end += 2
        else:
            break
    plural = low in ("mm.", "mmes", "messieurs", "mesdames")
    gender = {
        "m.": "m",
        "monsieur": "m",
        "mm.": "m",
        "mr": "m",
        "mr.": "m",
        "mrs": "f",
        "mrs.": "f",
        "ms.": "f",
        "ms": "f",
        "miss": "f",
        "mme": "f",
        "mᵐᵉ": "f",
        "dre": "f",
        "madame": "f",
        "mlle": "f",
        "mmes": "f",
    }.get(low)
    return Phrase(
        i, end, PhraseKind.NAME, " ".join(t.text for t in tokens[start:end]), number="p" if plural else "s",
        gender=gender, name=(start, end), title=low, before=before,
    )  # fmt: skip


def _described(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """A determiner, what may stand before the noun, the noun, its complements, and maybe a name."""
    lead = _lead(tokens, i)
    if lead is None:
        return None
    at, begin, determiner = lead.noun, lead.begin, lead.determiner
    if determiner in ("de", "d'") and (at == begin or (tokens[begin].kind is Kind.NUMBER and before)):
        return None  # "de nombreux experts" speaks, "de 412 personnes" is a complement
    several = begin + (determiner == "l'")  # "l'un | des", "un | des"
    one_of = (
        at > several
        and not lead.quantified
        and tokens[several].low in ("des", "de", "d'")
        and tokens[several - 1].low in ("un", "une")
    )
    if one_of and determiner != "l'":
        begin = i  # the role of one of several is "un des organisateurs"
    compound = _compound(tokens, at)
    readings = _readings(tokens, at, determiner, compound, one_of=one_of)
    at += max(compound - 1, 0)
    if not readings:
        named = _named_after_determiner(tokens, i, at, words, before, determiner)
        return named or _thing(tokens, i, at, words, before, determiner)
    entry = _reading(readings, determiner)
    if determiner in ("un", "une") and entry.number == "p" and not (one_of or lead.quantified):
        return None  # "soixante et un élèves": the one is a part of a number
    if determiner in ("le", "") and _lawyer(tokens, at):
        entry = Noun("conseil", "office", "m", "s")
    if entry.gender == "f" and entry.kind not in PEOPLE and tokens[at - 1].low in ("le", "un", "ce"):
        return None  # a verb: "comme le note X"
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if following.startswith("-") and following not in ("-ci", "-là"):
        return None
    end = description_end(tokens, at + 1, words, entry, apposed=not determiner or before == ",")
    end = max(end, known_body_end(tokens, at))
    end = _before_who_speaks(tokens, i, at + 1, end)
    number = _number(determiner, entry, quantified=lead.quantified)
    unborne = entry.lemma in _WITHOUT_PATRON and entry.kind not in PEOPLE
    if unborne or entry.kind == "document" or (number == "p" and not one_of):
        end = _before_a_person(tokens, at + 1, end, words)
    gender = None if compound else _gender(determiner, entry)  # "la tête de liste, Paul Roy"
    if one_of:
        number, determiner = "s", "un"
        gender = "f" if tokens[several - 1].low == "une" else gender  # "une des gilets jaunes"
    name: tuple[int, int] | None = None
    post_end = end
    # After a name and a comma a post without an article has no bearer of its own.
    apposed = before == "," or before in BEFORE_POST
    if entry.kind in PEOPLE and not (not determiner and apposed and not tokens[i].capital):
        start = name_inside(tokens, at + 1, end, words)
        if start is not None:
            name, post_end = (start, end), start
            while post_end > at + 1 and tokens[post_end - 1].low in TITLES_LOW:
                post_end -= 1
    kind = PhraseKind.NAME if name else PhraseKind.DESCRIPTION
    post = (at if lead.quantified else begin, post_end)
    return Phrase(i, end, kind, tokens[at].low, entry, determiner, number, gender, name, post, before=before)


def _before_who_speaks(tokens: Sequence[Token], i: int, at: int, end: int) -> int:
    """Where those spoken to end, if people who speak follow, else ``end``.

    "ont dit aux gendarmes | des témoins"
    """
    verb = i - 1 - (tokens[i - 1].low in ("à", "devant"))
    if verb < 1 or not (tokens[i].low in ("au", "aux") or verb < i - 1) or not _several_say(tokens, verb):
        return end
    return next(
        (k for k in range(at, end - 1) if tokens[k].low == "des" and _are_people(tokens[k + 1].low)), end
    )


def _several_say(tokens: Sequence[Token], verb: int) -> bool:
    """Whether the verb of an incise stands here, and in the plural: "« … », ont | dit", "« … », disent"."""
    first = verb - (tokens[verb - 1].low in AUXILIARIES)
    forms = FORMS.get(tokens[first].low, ())
    several = any(f.number == "p" and f.person == 3 for f in forms)
    return several and first > 0 and (tokens[first - 1].kind is Kind.QUOTE or tokens[first - 1].text == ",")


def _are_people(low: str) -> bool:
    entry = person_noun(low)
    return entry is not None and entry.number == "p"


def _before_a_person(tokens: Sequence[Token], at: int, end: int, words: Vocabulary) -> int:
    """Where a noun that is no single person's ends, if one person's full name follows it, else ``end``.

    "a déclaré devant les députés | Jeanne Roy", "a dit au journal Bild | Jeanne Roy".
    """
    start = end
    while start > at and tokens[start - 1].capital:
        start -= 1
    several = end < len(tokens) and (
        tokens[end].low in ("et", "ou")
        or (tokens[end].text == "," and end + 1 < len(tokens) and tokens[end + 1].capital)
    )
    linked = start > at and tokens[start - 1].low in (PLAIN_LINKS | DEFINITE | CONTRACTED | {"et", "à"})
    if several or linked or tokens[start - 1].kind is not Kind.WORD:
        return end
    begin = next((k for k in range(start, end) if _begins_person(tokens[k].text)), end)
    # "parmi ces manifestants | Valentine, 24 ans"
    alone = begin + 1 == end and end + 2 < len(tokens) and tokens[end + 2].low == "ans"
    if (begin + 1 >= end and not alone) or name_run(tokens, begin, words) != end:
        return end
    while begin > at and tokens[begin - 1].low in TITLES_LOW:
        begin -= 1
    # "le conseil de l'étudiant Jeanne Roy": the complement may be the bearer's
    return end if tokens[begin - 1].kind is Kind.WORD and _is_one_person(tokens[begin - 1].low) else begin


def _is_one_person(low: str) -> bool:
    entry = person_noun(low)
    return entry is not None and entry.number == "s"


def _begins_person(text: str) -> bool:
    return is_first_name(text) and fold(text) not in PLACES  # "le journal de France Inter"


@value
class _Lead:
    """What stands before a noun: where it begins after the determiner, and where the noun stands."""

    determiner: str
    begin: int
    noun: int
    quantified: bool


_MOST_BEFORE = 7  # words between a determiner and its noun


def _lead(tokens: Sequence[Token], i: int) -> _Lead | None:
    """Read "plusieurs anciens |", "la plupart des |", "l'un des |" up to the noun; ``None`` at no noun."""
    determiner = tokens[i].low if tokens[i].low in DETERMINERS or tokens[i].low == "beaucoup" else ""
    begin = at = i + bool(determiner)
    quantified = False
    for _ in range(_MOST_BEFORE):
        if at >= len(tokens):
            break
        if tokens[at].kind is Kind.NUMBER and determiner:
            at = _after_range(tokens, at)
            continue
        if tokens[at].kind is not Kind.WORD:
            return None
        if tokens[at].low not in _MAY_PRECEDE:
            break
        step = _quantity(tokens, at, determiner)
        quantified = quantified or step > 0
        step = step or _before_noun(tokens, at, determiner, opens=at == begin)
        if not step:
            break
        at += step
    if at >= len(tokens) or tokens[at].kind is not Kind.WORD:
        return None
    return _Lead(determiner, begin, at, quantified)


def _after_range(tokens: Sequence[Token], at: int) -> int:
    """The token after a number, or after two that are the bounds of one: "30 à 40"."""
    between = at + 2 < len(tokens) and tokens[at + 1].low in ("à", "ou")
    return at + 3 if between and tokens[at + 2].kind is Kind.NUMBER else at + 1


def _quantity(tokens: Sequence[Token], at: int, determiner: str) -> int:
    """How many words of "une dizaine de", "la plupart des" stand at ``at``."""
    low = tokens[at].low
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if low not in QUANTIFIERS or following not in ("de", "des", "d'", "du"):
        return 0
    if (
        determiner not in ("un", "une", "des", "quelques", "plusieurs", "")
        and low not in _DEFINITE_QUANTITIES
    ):
        return 0
    return 2 + (at + 2 < len(tokens) and tokens[at + 2].low in DETERMINERS)


def _before_noun(tokens: Sequence[Token], at: int, determiner: str, *, opens: bool) -> int:
    """How many words at ``at`` may stand before a noun: "ancien", "de" of "beaucoup de", "un des"."""
    low = tokens[at].low
    if low in _DEGREES and at + 2 < len(tokens) and person_noun(tokens[at + 2].low):
        return 2  # "le très discret | patron"
    if low in ("plus", "moins") and (determiner == "les" if opens else tokens[at - 1].low == "des"):
        return 1  # "les plus optimistes", "l'un des plus anciens pêcheurs"
    if low in BEFORE_NOUN and not (person_noun(low) and _is_head(tokens, at)) and not _compound(tokens, at):
        return 1
    if opens and low in ("de", "des", "d'") and determiner in _TAKE_DE:
        owned = at + 1 < len(tokens) and low != "des" and tokens[at + 1].low in POSSESSIVE | DEMONSTRATIVE
        return 1 + owned  # "deux de | ses collègues"
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    one = low in ("l'un", "un", "une") and determiner == "l'" and following in ("des", "de", "d'")
    return 2 if one else 0  # "l'un des avocats"


def _readings(
    tokens: Sequence[Token], at: int, determiner: str, compound: int, *, one_of: bool
) -> Sequence[Noun]:
    """What the noun at ``at`` may denote."""
    low = tokens[at].low
    if is_people_in_marks(tokens[at]):  # one word where it stands in marks
        return (Noun(low, "description", None, "p" if low.endswith(("s", "x")) else "s"),)
    if compound:
        worn = " ".join(t.low for t in tokens[at : at + compound]) in _PEOPLE_IN_MARKS  # "un gilet jaune"
        number: Literal["s", "p"] = "p" if worn and low.endswith("s") else "s"
        return (Noun(low, "description" if worn else "office", None, number),)
    readings = () if f"{determiner} {low}" in _THINGS else noun(low)
    if not readings and low.startswith("ex-"):
        readings = noun(low[3:])
    if not readings and one_of:
        return (Noun(low, "description", None, "p"),)
    return readings


def _number(determiner: str, entry: Noun, *, quantified: bool) -> str:
    plural = quantified or determiner in _PLURAL_DETERMINERS
    one = determiner == "l'" and entry.kind in PEOPLE  # "l'Insoumis Paul Roy"
    return "p" if plural or (entry.number == "p" and determiner == "") else "s" if one else entry.number


def _gender(determiner: str, entry: Noun) -> str | None:
    if determiner in FEMININE:
        return "f"
    return "m" if determiner in MASCULINE and entry.gender != "f" else entry.gender


_PEOPLE_IN_MARKS = word_class("people_in_marks")
_DEFINITE_QUANTITIES = frozenset({"plupart", "majorité", "moitié", "ensemble"})
_MAY_PRECEDE = QUANTIFIERS | BEFORE_NOUN | {"plus", "moins", "de", "des", "d'", "l'un", "un", "une"}
_DEGREES = frozenset({"très", "si", "trop"})
_TAKE_DE = frozenset({"beaucoup", "d'", "certains", "certaines", "un", "une", "plusieurs"}) | (
    INDEFINITE & BEFORE_NOUN - {"chaque"}  # "deux des organisateurs"
)
_SINGULAR_INDEFINITES = frozenset({"un", "une", "aucun", "aucune", "chaque", "nul", "nulle"})
_PLURAL_DETERMINERS = (
    _PLURAL | {"beaucoup", "nos", "mes", "vos", "d'", "de"} | (INDEFINITE - _SINGULAR_INDEFINITES)
)


def _thing(
    tokens: Sequence[Token], i: int, at: int, words: Vocabulary, before: str, determiner: str
) -> Phrase | None:
    """A noun that no list knows, in a subject's place: it may speak ("ces comptes"), and bars others."""
    token = tokens[at]
    if (
        determiner not in _OPEN_DETERMINERS
        or token.capital
        or token.low in FUNCTION_WORDS
        or token.low.startswith("-")
    ):
        return None
    if token.low in SPEECH_NOUNS and at + 1 < len(tokens) and tokens[at + 1].low in PLAIN_LINKS:
        return None  # "la réponse de X": X is what matters
    if (
        determiner in _OBJECTS
        and before in ("que", "qu'", "comme")
        and at + 1 < len(tokens)
        and tokens[at + 1].capital
    ):
        return None  # "ainsi que le reconstitue Jeanne Roy"
    if determiner in _PLURAL and not token.low.endswith(("s", "x", "z")):
        return None  # "certains | restent"
    if determiner == "un" and token.low in _MEASURES:
        return None
    pronoun = determiner in ("le", "la", "l'", "les", "leur") and before not in ("", ",", ":", ";", "«»")
    if token.low in FORMS and pronoun:
        return None
    # "a tweeté la superstar Jeanne Roy", but "a protesté devant une salle comble Jeanne Roy"
    said = before in FORMS and before not in PREPOSITIONS and determiner in ARTICLE_GENDER
    relative = at + 1 < len(tokens) and tokens[at + 1].low == "qui"
    if before not in _SUBJECT_SLOTS and not relative and not said:
        return None
    if determiner in (*_OBJECTS, "leur") and before == "," and i > 1 and tokens[i - 2].kind is Kind.QUOTE:
        return None  # « … », l'interrompt Jeanne Roy, « … », leur explique le gardien: pronouns before a verb
    plural = determiner in _PLURAL or (
        token.low.endswith(("s", "x")) and determiner not in ("le", "la", "un", "une", "ce", "cette")
    )
    singular = token.low.rstrip("s")
    agent = singular.endswith(("eur", "euse", "trice", "iste", "ien", "ienne")) and singular not in NOT_AGENTS
    entry = Noun(
        token.low,
        "trade" if agent else "thing",
        "f" if determiner in FEMININE else None,
        "p" if plural else "s",
    )
    end = description_end(tokens, at + 1, words, entry)
    name = at + 1
    while name < end and not tokens[name].capital and tokens[name].low not in PLAIN_LINKS:
        name += 1  # "la superstar bretonne | Jeanne Roy"
    full = name + 1 < end and is_first_name(tokens[name].text) and name_run(tokens, name, words) == end
    if said and not (full and name > at + 1):
        return None
    if full:
        # "le geek Jean Roy": who bears a full name is a person, whatever the noun
        entry = Noun(token.low, "trade", entry.gender, "s")
        return Phrase(
            i,
            end,
            PhraseKind.NAME,
            token.low,
            entry,
            determiner,
            "s",
            entry.gender,
            (name, end),
            (at, name),
            "",
            before,
        )
    return Phrase(
        i,
        end,
        PhraseKind.DESCRIPTION,
        token.low,
        entry,
        determiner,
        entry.number,
        entry.gender,
        None,
        (at, end),
        "",
        before,
    )


_OBJECTS = frozenset({"le", "la", "l'", "les"})
_OPEN_DETERMINERS = word_class("subject_determiners")
_SUBJECT_SLOTS = frozenset(
    {"", ",", "que", "qu'", "et", "mais", "car", "où", "si", "quand", "lorsque", "dont", "«»", ":", ";"}
)


def _lawyer(tokens: Sequence[Token], at: int) -> bool:
    """Whether it is somebody's lawyer: "le conseil de Jean Roy"."""
    return tokens[at].low == "conseil" and _of_somebody(tokens, at)


def _of_somebody(tokens: Sequence[Token], at: int) -> bool:
    """Whether a person follows the noun at ``at``: "de Jean Roy", "du prévenu", "de la famille"."""
    after = at + 1
    if after >= len(tokens) or tokens[after].low not in ("de", "d'", "du"):
        return False
    after += 1 + (after + 1 < len(tokens) and tokens[after + 1].low in ("la", "l'"))
    if after >= len(tokens):
        return False
    return (tokens[after].capital and is_first_name(tokens[after].text)) or tokens[after].low in _DEFENDED


def _is_head(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word that may be adjective or noun ("premier", "jeune") stands as the noun here."""
    if at + 1 >= len(tokens):
        return True
    following = tokens[at + 1]
    post = person_noun(following.low) or following.low in BEFORE_NOUN  # "l'ancien | Premier ministre X"
    if following.kind is not Kind.WORD or (following.capital and not post):
        return True
    if noun(following.low) or following.low in BEFORE_NOUN:
        return False
    # "une première action": a word that no list knows is rather the noun
    return following.low in FUNCTION_WORDS or following.low in FORMS or following.low.startswith("-")


def _reading(readings: Sequence[Noun], determiner: str) -> Noun:
    wanted = "f" if determiner in FEMININE else "m" if determiner in MASCULINE else None
    plural = determiner in _PLURAL
    for entry in readings:
        if (wanted is None or entry.gender in (None, wanted)) and (entry.number == "p") == plural:
            return entry
    return readings[0]


# "l'Aveyronnais", "la Tourangelle": who comes from a place that no list knows
_OF_PLACES = (
    "nais",
    "naise",
    "tais",
    "taise",
    "lais",
    "laise",
    "rais",
    "raise",
    "dais",
    "daise",
    "ois",
    "oise",
    "ien",
    "ienne",
    "een",
    "eenne",
)


_SOME_FROM = frozenset({"des", "ces", "plusieurs", "certains", "certaines", "quelques", "deux", "trois"})
_ONE_FROM = frozenset({"ce", "cet", "cette", "un", "une"})


def _named_after_determiner(
    tokens: Sequence[Token], i: int, at: int, words: Vocabulary, before: str, determiner: str
) -> Phrase | None:
    """ "le Hamas", "la SNCF", "l'Élysée": a name that has an article is no person's."""
    if at != i + 1 or not tokens[at].capital:
        return None
    key = fold(tokens[at].text)
    # "Jeanne, une Alsacienne de Brume", "cette Alsacienne de 51 ans", "promet un Alsacien"
    apposed = key in DEMONYMS and determiner in _ONE_FROM | _SOME_FROM
    if not (determiner in DEFINITE or apposed):
        return None
    body = ORGANIZATIONS.get(key)
    belongs = key in DEMONYMS or (body is not None and body.kind == "party")  # "le PS Paul Roy"
    run = name_run(tokens, at + 1, words) if belongs and at + 1 < len(tokens) else at + 1
    if run > at + 2 and fold(" ".join(t.text for t in tokens[at:run])) not in ORGANIZATIONS:
        # "la Suédoise Karin Holm"
        gender = ARTICLE_GENDER.get(determiner)
        entry = Noun(tokens[at].low, "description", gender, "s")
        return Phrase(
            i, run, PhraseKind.NAME, tokens[at].low, entry, determiner, "s", gender,
            (at + 1, run), (at, at + 1), before=before,
        )  # fmt: skip
    if (
        (
            key in DEMONYMS
            or (key.endswith(_OF_PLACES) and key not in ORGANIZATIONS and not noun(tokens[at].low))
        )
        and key not in PLACES
        and not (tokens[i].capital and i)
        and (at + 1 >= len(tokens) or not tokens[at + 1].capital)
    ):
        # "la Lilloise", "les Marseillais"
        gender = ARTICLE_GENDER.get(determiner)
        number: Literal["s", "p"] = "p" if determiner in _SOME_FROM | {"les"} else "s"
        entry = Noun(tokens[at].low, "description", gender, number)
        end = description_end(tokens, at + 1, words, entry) if apposed else at + 1
        return Phrase(
            i,
            end,
            PhraseKind.DESCRIPTION,
            tokens[at].low,
            entry,
            determiner,
            entry.number,
            gender,
            None,
            (at, end),
            "",
            before,
        )
    if name_run(tokens, at, words) == at and (tokens[at].low in FUNCTION_WORDS or len(tokens[at].text) < 2):
        return None
    end = body_run(tokens, at, words)
    gender = "f" if determiner == "la" else "m" if determiner == "le" else None
    text = " ".join(t.text for t in tokens[at:end])
    return Phrase(
        i,
        end,
        PhraseKind.NAME,
        text,
        None,
        determiner,
        "p" if determiner == "les" else "s",
        gender,
        (at, end),
        None,
        "",
        before,
    )


_DEFENDED = word_class("who_is_defended")
_POST_SLOTS = frozenset({",", "(", "«»", ":", "–", "—"})
_DETERMINED = DETERMINERS | {"ex", "beaucoup"}
_TAKING_SIDES = PEOPLE | {"organization", "group"}
_BEFORE_BARE_POST = BEFORE_NOUN - word_class("no_part_of_posts") - _DETERMINED


def _closed_readers() -> dict[str, tuple[Reader, ...]]:
    """What the words of the closed classes may begin, in the order in which it is tried."""
    readings: list[tuple[Collection[str], Reader]] = [
        *READERS,
        (DEFINITE, _titled_with_article),
        (_OFFICES, _in_office),
        (("source", "sources"), _source),
        (TITLES_LOW, _titled),
        (DEFINITE, _body_with_article),
        (_ABOUT_AS_MANY, _about_as_many),
        (("quelque", "environ"), _some_many),
        (("bon",), _good_number),
        (("gauche", "droite"), _wing),
        (_DETERMINED, _described),
    ]
    readers: dict[str, tuple[Reader, ...]] = {}
    for begins, reader in readings:
        for word in begins:
            readers[word] = (*readers.get(word, ()), reader)
    return readers


_CLOSED = _closed_readers()
