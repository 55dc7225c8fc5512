"""Which stretches of a carrier could name a speaker?

Three sorts of *phrase*: a name ("Jeanne Roy", "M. Roy", "la maire Jeanne Roy"), a description ("la
ministre de la Culture", "plusieurs experts", "un proche du dossier") and a subject pronoun ("elle").
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Literal

from quotes.extraction.tokens import Kind, Token
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import DEMONYMS, FIRST_NAMES, ORGANIZATIONS, PARTICLES, PLACES, TITLES
from quotes.french.nouns import NOUNS, Noun, noun
from quotes.french.verbs import AUXILIARIES, FORMS, VERBS

DEFINITE = word_class("determiners_definite")
INDEFINITE = word_class("determiners_indefinite")
DEMONSTRATIVE = word_class("determiners_demonstrative")
POSSESSIVE = word_class("determiners_possessive")
CONTRACTED = word_class("contracted")
DETERMINERS = DEFINITE | INDEFINITE | DEMONSTRATIVE | POSSESSIVE | CONTRACTED
FEMININE = frozenset({"la", "une", "cette"})
MASCULINE = frozenset({"le", "un", "ce", "cet", "du", "au"})
_PLURAL = frozenset(
    {"les", "des", "aux", "ces", "ses", "leurs", "plusieurs", "certains", "certaines", "quelques"}
)
PREPOSITIONS = word_class("prepositions")
RELATIVES = word_class("relatives")
SUBJECT_PRONOUNS = word_class("subject_pronouns")
THIRD_PERSON = word_class("third_person")
CLITICS = word_class("object_clitics")
CONJUNCTIONS = word_class("conjunctions")
SUBORDINATORS = word_class("subordinators")
ON_BOTH_SIDES = word_class("before_or_after_noun")
BEFORE_NOUN = word_class("before_noun") | ON_BOTH_SIDES
OPENERS = word_class("sentence_openers")
QUANTIFIERS = word_class("group_quantifiers")
TIMES = word_class("adverbs_of_time")
ADVERBS = word_class("adverbs")
NOT_AGENTS = word_class("not_agents")
SPEECH_NOUNS = word_class("speech_nouns")
PRESENT_VERBS = word_class("present_verbs")
FUNCTION_WORDS = (
    DETERMINERS | PREPOSITIONS | RELATIVES | SUBJECT_PRONOUNS | CLITICS | CONJUNCTIONS | SUBORDINATORS
    | OPENERS
    | ADVERBS | BEFORE_NOUN | word_class("negations") | TIMES
)  # fmt: skip
# Complements that a post may take; where a verb of saying precedes, "à" and "dans" rather name
# the addressee or the place of the statement.
_PLAIN_LINKS = frozenset({"de", "du", "des", "d'"})
_NOT_ALONE = DETERMINERS | _PLAIN_LINKS
_A_LINKS = frozenset({"à", "au", "aux", "en", "pour", "chez", "près", "auprès", "contre"})
_ARTICLE_GENDER: dict[str, Literal["m", "f"]] = {"la": "f", "le": "m", "une": "f", "un": "m"}
_PEOPLE = frozenset({"office", "trade", "relation", "description"})


_LONGEST_NAME = 12  # tokens
# With a capital after a first name these are surnames: "Jean Côté", "Carole Petit".
_SURNAMES = (BEFORE_NOUN | OPENERS | TIMES | ADVERBS) - DETERMINERS - PREPOSITIONS - CONJUNCTIONS - RELATIVES


class PhraseKind(IntEnum):
    """What sort of phrase it is."""

    NAME = 0
    DESCRIPTION = 1
    PRONOUN = 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of a carrier's tokens, ``first``–``last`` (half-open), that could name a speaker.

    ``name`` and ``post`` bound (as token indices) the proper name and the description without its
    determiner, where there are such. ``before`` is the token before the phrase, in lower case.
    """

    first: int
    last: int
    kind: PhraseKind
    head: str
    noun: Noun | None = None
    determiner: str = ""
    number: str = "s"
    gender: str | None = None
    name: tuple[int, int] | None = None
    post: tuple[int, int] | None = None
    title: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the article itself says of its words.

    ``capitals`` are words seen with a capital inside a sentence, ``lower`` words seen without one.

    ``names`` are full names that stand on their own somewhere ("jeanne roy").
    """

    capitals: Collection[str]
    lower: Collection[str]
    names: Collection[str] = frozenset()


def vocabulary_of(sentences: Sequence[Sequence[Token]]) -> Vocabulary:
    """Collect the capitalised and the plain words of an article."""
    capitals: set[str] = set()
    lower: set[str] = set()
    for tokens in sentences:
        for i, token in enumerate(tokens):
            if token.kind is Kind.WORD:
                if not token.capital:
                    lower.add(token.low)
                elif i and tokens[i - 1].kind is not Kind.QUOTE and tokens[i - 1].text not in ":—–-•":
                    capitals.add(token.low)
    plain = Vocabulary(capitals, lower)
    names: set[str] = set()
    for tokens in sentences:
        i = 0
        while i < len(tokens):
            if not tokens[i].capital:
                i += 1
                continue
            end = name_run(tokens, i, plain)
            if end - i > 1 and not (i and tokens[i - 1].low in _NOT_ALONE):
                names.add(" ".join(t.low for t in tokens[i:end]))
            i = max(end, i + 1)
    return Vocabulary(capitals, lower, names)


def person_noun(low: str) -> Noun | None:
    """The reading of a word as a noun for a person, if it has one."""
    for entry in noun(low):
        if entry.kind in _PEOPLE:
            return entry
    return None


def is_first_name(text: str) -> bool:
    """Whether the word is a known first name (each part of a hyphenated one)."""
    key = fold(text)
    return key in FIRST_NAMES or ("-" in key and key.split("-", 1)[0] in FIRST_NAMES)


def opens_name(tokens: Sequence[Token], i: int, words: Vocabulary) -> bool:
    """Whether the capital at ``i`` may be that of a proper name, not only that of a sentence."""
    token = tokens[i]
    if not token.capital or token.kind is not Kind.WORD:
        return False
    low = token.low
    if token.text[1:] != low[1:] and not token.text.isupper() and "-" not in low and "'" not in low:
        return True  # "ViteDit": a capital inside
    if low in _NEVER_NAMES:
        return False
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if low in FUNCTION_WORDS or low.startswith("-") or low in TITLES_LOW:
        # "La" and "Le" inside a sentence may begin a name ("Le Goff"), at its head they don't.
        inside = i and tokens[i - 1].kind is Kind.WORD and len(low) > 3 and is_first_name(low)
        return bool(inside and following and following.capital)  # "dit Grâce Roy"
    if person_noun(low) and not (i and is_first_name(low)):
        return bool(following and following.capital and is_first_name(low) and i == 0)
    at_head = i == 0 or tokens[i - 1].kind is Kind.QUOTE or tokens[i - 1].text in ':—–-•*►"('
    if not at_head:
        return True
    if low in words.capitals or is_first_name(low):
        return True
    key = fold(low)
    if key in PLACES or key in ORGANIZATIONS or (len(token.text) > 1 and token.text.isupper()):
        return True
    if low in words.lower or low in FORMS or low in NOUNS or low in SPEECH_NOUNS:
        return False
    if low.endswith(("er", "ir", "oir", *_OF_THINGS)) and not (following and following.capital):
        return False  # an infinitive, or an abstract noun, that opens a sentence
    return (
        bool(following and following.capital)
        or len(tokens) < 4
        or not low.endswith(("ment", "é", "ée", "és", "ées"))
    )


def name_run(tokens: Sequence[Token], i: int, words: Vocabulary) -> int:
    """The end of the proper name that begins at ``i``; ``i`` itself if none does."""
    if not opens_name(tokens, i, words):
        return i
    end = i + 1
    count = len(tokens)
    limit = min(count, i + _LONGEST_NAME)
    while end < limit:
        token = tokens[end]
        if token.start - tokens[end - 1].end > 1:
            break
        if (
            token.kind is Kind.WORD
            and token.capital
            and not token.low.startswith("-")
            and (
                token.low not in TITLES_LOW or (end + 1 < count and tokens[end + 1].text == ",")
            )  # "Kevin M.,"
        ):
            if _another_name(tokens, i, end):
                break
            surname = token.low in _SURNAMES and is_first_name(tokens[end - 1].text)  # "Carole Petit"
            if (
                token.low in FUNCTION_WORDS
                and not surname
                and (token.low not in PARTICLES or (tokens[i].text.isupper() and len(tokens[i].text) > 3))
            ):
                break
            end += 1
            continue
        if (
            token.text == "/"
            and end + 1 < count
            and tokens[end + 1].capital
            and tokens[end + 1].start - tokens[end - 1].end == 1
            and end - i > 1
        ):
            end += 2
            continue
        if (
            token.text == "&"
            and end + 1 < count
            and tokens[end + 1].capital
            and tokens[end + 1].kind is Kind.WORD
            and tokens[end - 1].capital
        ):
            end += 2  # "Roy & Fils"
            continue
        joins = (
            token.kind is Kind.WORD
            and token.low in PARTICLES
            and end + 1 < count
            and tokens[end + 1].capital
            and tokens[end + 1].kind is Kind.WORD
            and (token.low not in _PLAIN_LINKS or _first_of_noble(tokens, i, end))
            and (token.low not in {"le", "la"} or is_first_name(tokens[i].text))
        )
        if joins:
            end += 2
            continue
        if (
            token.low in ("de", "ben", "van", "von", "el")
            and end + 2 < count
            and tokens[end + 1].low in ("la", "l'", "der", "den")
            and tokens[end + 2].capital
            and is_first_name(tokens[end - 1].text)
        ):
            end += 3
            continue
        if (
            token.kind is Kind.NUMBER
            and tokens[end - 1].capital
            and token.start - tokens[end - 1].end == 1
            and len(token.text) == 1
        ):
            end += 1
        break
    return end


def _first_of_noble(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether "de" at ``end`` goes on a person's name: "Hélie de Brissonville", not "Paris de Jean"."""
    if is_first_name(tokens[end - 1].text):
        return True
    if end > i + 2 and tokens[i + 1].low in ("de", "d'") and is_first_name(tokens[i].text):
        return True  # "Aymeric de Saules | de Rochemont"
    key = fold(tokens[i].text)
    return (
        end == i + 1
        and i > 0
        and tokens[end].low in ("de", "d'")
        and (tokens[i - 1].low in FORMS or tokens[i - 1].low.startswith("-t"))
        and key not in PLACES
        and key not in ORGANIZATIONS
        and not tokens[i].text.isupper()
    )


def _another_name(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether a person's name begins at ``end``, right after a body's: "a dit à Reporters | Jeanne Roy"."""
    organization = ORGANIZATIONS.get(fold(" ".join(t.text for t in tokens[i:end])))
    if (
        organization is not None
        and organization.kind == "media"
        and i
        and tokens[i - 1].low in ("à", "l'", "au", "le", "la", "sur", "dans", "pour", "chez")
    ):
        return True
    if not is_first_name(tokens[end].text) or any(is_first_name(t.text) for t in tokens[i:end]):
        return False
    if fold(tokens[end].text) in PLACES and not (end + 1 < len(tokens) and tokens[end + 1].capital):
        return False  # "RT France"
    if fold(" ".join(t.text for t in tokens[i:end])) in ORGANIZATIONS or (
        end - i == 1
        and tokens[i].text.isupper()
        and len(tokens[i].text) > 1
        and not tokens[end].text.isupper()
    ):
        return True
    return end - i == 1 and i > 0 and tokens[i - 1].low in ("à", "au", "pour")


TITLES_LOW = frozenset(
    title.lower() for title in TITLES if title[0].isupper() or title in ("maître",)
) | frozenset(
    {"monsieur", "madame", "mme", "mlle", "m.", "me", "dr", "dr.", "dre", "pr", "pr.", "mgr", "mm.", "mmes"}
    | {"mᵉ", "mᵐᵉ", "mˡˡᵉ", "dʳ", "pʳ"}
)


def find_phrases(tokens: Sequence[Token], words: Vocabulary) -> list[Phrase]:
    """The phrases of a carrier, in order, none inside another."""
    found: list[Phrase] = []
    i = 0
    count = len(tokens)
    while i < count:
        phrase = _phrase_at(tokens, i, words)
        if phrase is None:
            i += 1
        else:
            found.append(phrase)
            i = phrase.last
    return found


_OF_THINGS = tuple(word_class("endings_of_things"))
_NEVER_NAMES = word_class("never_names")
_COPULAS = word_class("copulas_before_post")
_THINGS = word_class("things_by_their_article")


def _put_in_before(tokens: Sequence[Token], i: int) -> bool:
    """Whether an adverb parts a post from the comma: ", aujourd'hui députée", ", à la fois médecin et"."""
    before = [t.low for t in tokens[max(0, i - 4) : i]]
    return before[-4:] == [",", "à", "la", "fois"] or (before[-2:-1] == [","] and before[-1] in BEFORE_POST)


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
    return bool(person and i + 1 < len(tokens) and tokens[i + 1].low in _PLAIN_LINKS)


BEFORE_POST = word_class("adverbs_before_post")
_COMPOUNDS: dict[str, list[list[str]]] = {}  # by their first word
for _words in word_class("compound_people"):
    _COMPOUNDS.setdefault(_words.split()[0], []).append(_words.split())
_ABOUT_AS_MANY = frozenset({"plus", "moins", "près"})
_TONIC_SLOTS = frozenset({"", "(", "–", "—", ";", ":"})
_INDEFINITE_PRONOUNS = word_class("indefinite_pronouns")


_OFFICES = frozenset({"mairie", "préfecture", "sous-préfecture"})
_ONES = frozenset({"un", "une", "uns", "unes", "autre", "autres"})


def _one_alone(tokens: Sequence[Token], i: int) -> bool:
    """Whether "l'un", "l'autre" stands for somebody by itself: "dit l'un.", no "l'autre camp"."""
    after = tokens[i + 2] if i + 2 < len(tokens) else None
    verb_before = i > 0 and any(
        f.mood == "indicative" and f.person == 3 for f in FORMS.get(tokens[i - 1].low, ())
    )
    return (after is None or after.kind is not Kind.WORD) and verb_before


def _verb_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb (or the clitics before one) stands at ``at``."""
    low = tokens[at].low
    forms = FORMS.get(low, ())
    # "d'autres rendent", "certains restent"
    plural = tokens[at - 1].low.endswith("s") and low.endswith("ent")
    return (
        low in ("ne", "n'", "se", "s'", "y", "en", "lui", "leur")
        or any(f.mood == "indicative" and f.person == 3 for f in forms)
        or (plural and not noun(low) and not low.endswith("ment"))
    )


def _noun_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether "ce dernier" goes on to a noun ("ce dernier trimestre") and stands for nobody."""
    return (
        at < len(tokens)
        and tokens[at].kind is Kind.WORD
        and bool(
            noun(tokens[at].low)
            or (
                tokens[at].low not in FUNCTION_WORDS
                and tokens[at].low not in FORMS
                and not tokens[at].capital
            )
        )
    )


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
    if token.kind is not Kind.WORD:
        return None
    low = token.low
    before = tokens[i - 1].low if i else ""
    if low in THIRD_PERSON and before not in ("-t",):
        number = "p" if low.rstrip("-aciulà").endswith(("s", "x")) or low.startswith("ceux") else "s"
        gender = "f" if "elle" in low else None if low == "on" else "m"
        return Phrase(i, i + 1, PhraseKind.PRONOUN, low, number=number, gender=gender, before=before)
    if low in ("lui", "eux") and before in _TONIC_SLOTS and i + 1 < len(tokens):
        third = [f for f in FORMS.get(tokens[i + 1].low, ()) if f.mood == "indicative" and f.person == 3]
        if third:  # "Lui dit vivre « bien »", "(lui parle de …)"
            head = "il" if low == "lui" else "ils"
            number = "s" if low == "lui" else "p"
            return Phrase(i, i + 1, PhraseKind.PRONOUN, head, number=number, gender="m", before=before)
    if low in ("celui", "celle", "ceux", "celles", "ce", "cette", "ces") and i + 1 < len(tokens):
        following = tokens[i + 1].low
        pointing = following in ("-ci", "-là") or (
            low.startswith("c")
            and following in ("dernier", "dernière", "derniers", "dernières")
            and not _noun_follows(tokens, i + 2)
        )
        if pointing or (low not in ("ce", "cette", "ces") and following in RELATIVES):
            number = "p" if low == "ces" or low.startswith("ceu") or low == "celles" else "s"
            gender = "f" if "elle" in low or following.startswith("dernière") else "m"
            head = (
                ("celle" if gender == "f" else "celui") + ("s-ci" if number == "p" else "-ci")
                if pointing
                else low
            )
            return Phrase(
                i, i + 1 + pointing, PhraseKind.PRONOUN, head, number=number, gender=gender, before=before
            )
    if low in _INDEFINITE_PRONOUNS and i + 1 < len(tokens) and _verb_follows(tokens, i + 1):
        # "certains dénoncent …", "chacun s'accorde à dire …"
        count: Literal["s", "p"] = "s" if low.startswith("chacun") else "p"
        entry = Noun(low, "group", "f" if low.endswith(("es", "cune")) else None, count)
        return _indefinite((i, i + 1), entry, low, before)
    if low == "d'" and i + 2 < len(tokens) and tokens[i + 1].low == "autres" and _verb_follows(tokens, i + 2):
        return _indefinite((i, i + 2), Noun("autres", "group", None, "p"), "d'", before)
    if low in ("l'", "les") and i + 1 < len(tokens) and tokens[i + 1].low in _ONES and _one_alone(tokens, i):
        # « … », dit l'un. « … », répond l'autre.
        entry = Noun(tokens[i + 1].low, "description", None, "s" if low == "l'" else "p")
        return _indefinite((i, i + 2), entry, low, before)
    if low in DEFINITE and i + 2 < len(tokens) and tokens[i + 1].low in TITLES_LOW and tokens[i + 2].capital:
        titled = _titled(tokens, i + 1, words, before)
        if titled is not None:
            return replace(titled, first=i)
    if before == "en" and low in _OFFICES and i > 1 and tokens[i - 2].low.endswith("-on"):
        return _described(tokens, i, words, before)  # "assure-t-on en mairie"
    if low in ("source", "sources") and before in ("de", "selon"):
        return _described(tokens, i, words, before)  # "de source policière", "selon des sources"
    if low in TITLES_LOW:
        titled = _titled(tokens, i, words, before)
        if titled is not None:
            return titled
    if token.capital and low in ("le", "la", "les", "l'") and _titles_body(tokens, i):
        end = body_run(tokens, i + 1, words)
        gender = _ARTICLE_GENDER.get(low)
        name = " ".join(t.text for t in tokens[i:end])
        number = "p" if low == "les" else "s"
        return Phrase(i, end, PhraseKind.NAME, name, None, low, number, gender, (i, end), None, before=before)
    if low in _ABOUT_AS_MANY and i + 2 < len(tokens) and tokens[i + 1].low == "de":
        counted = _described(tokens, i + 1, words, "") if tokens[i + 2].kind is Kind.NUMBER else None
        return counted and replace(counted, first=i, before=before)  # "plus de 300 salariés"
    if low in DETERMINERS or low in ("ex", "beaucoup"):
        return _described(tokens, i, words, before)
    in_brackets = before == "(" or (before == "," and token.text.isupper())  # "Jean Roy (Entraîneur du FC)"
    if not token.capital or (in_brackets and person_noun(low)):
        if (
            low in FORMS
            and i + 1 < len(tokens)
            and (tokens[i + 1].capital or tokens[i + 1].low in DETERMINERS - CONTRACTED - {"d'", "de"})
            and any(f.mood == "indicative" for f in FORMS[low])
        ):
            return None  # ", juge Jeanne Roy,", ", juge la critique": a verb
        if (person_noun(low) or _compound(tokens, i)) and (
            not before
            or before in (",", "(", "«»", ":", "–", "—")
            or before in _COPULAS
            or _follows_name(tokens, i)
            or _put_in_before(tokens, i)
        ):
            # A post without its article: ", maire de Lyon", "(députée)".
            return _described(tokens, i, words, before)
        return None
    if person_noun(low) and i + 1 < len(tokens) and not is_first_name(low):
        described = _described(tokens, i, words, before)
        if described is not None and (described.name or (i == 0 and low not in words.capitals)):
            return described
    end = name_run(tokens, i, words)
    if end == i:
        return None
    text = " ".join(t.text for t in tokens[i:end])
    return Phrase(i, end, PhraseKind.NAME, text, name=(i, end), before=before)


def _indefinite(span: tuple[int, int], entry: Noun, determiner: str, before: str) -> Phrase:
    """ "certains", "chacun", "d'autres": a pronoun that stands for some people."""
    return Phrase(
        *span,
        PhraseKind.DESCRIPTION,
        entry.lemma,
        entry,
        determiner,
        entry.number,
        post=span,
        before=before,
    )


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
    while end < min(len(tokens), start + _LONGEST_NAME):
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
    count = len(tokens)
    determiner = ""
    at = i
    if tokens[at].low in DETERMINERS:
        determiner = tokens[at].low
        at += 1
    elif tokens[at].low == "beaucoup":
        determiner = "beaucoup"
        at += 1
    begin = at
    quantified = False
    steps = 0
    while at < count and steps < 7:
        token = tokens[at]
        if token.kind is Kind.NUMBER and determiner:
            at += 1
        elif token.kind is not Kind.WORD:
            return None
        elif (
            token.low in QUANTIFIERS
            and (
                determiner in ("un", "une", "des", "")
                or token.low in ("plupart", "majorité", "moitié", "ensemble")
            )
            and at + 1 < count
            and tokens[at + 1].low in ("de", "des", "d'", "du")
        ):
            quantified = True
            at += 2
            if at < count and tokens[at].low in DETERMINERS:
                at += 1
        elif token.low in ("plus", "moins") and determiner == "les" and at == begin:
            at += 1  # "les plus optimistes"
        elif (
            token.low in BEFORE_NOUN
            and not (person_noun(token.low) and _is_head(tokens, at))
            and not _compound(tokens, at)
        ) or (
            token.low in ("de", "des", "d'")
            and at == begin
            and determiner in ("beaucoup", "d'", "certains", "certaines", "un", "une")
        ):
            at += 1
        elif (
            token.low in ("l'un", "un", "une")
            and determiner == "l'"
            and at + 1 < count
            and tokens[at + 1].low in ("des", "de", "d'")
        ):
            # "l'un des avocats", "une des élues"
            at += 2
        else:
            break
        steps += 1
    if at >= count or tokens[at].kind is not Kind.WORD:
        return None
    if determiner in ("de", "d'") and (at == begin or (tokens[begin].kind is Kind.NUMBER and before)):
        return None  # "de nombreux experts" speaks, "de 412 personnes" is a complement
    one_of = (
        at > begin
        and not quantified
        and tokens[at - 1].low in ("des", "de", "d'")
        and (tokens[begin].low if determiner == "l'" else determiner) in ("un", "une")
    )
    if one_of and determiner != "l'":
        begin = i  # the role of one of several is "un des organisateurs"
    thing = f"{determiner} {tokens[at].low}" in _THINGS
    readings = () if thing else noun(tokens[at].low)
    compound = _compound(tokens, at)
    if compound:
        readings = (Noun(tokens[at].low, "office", None, "s"),)
        at += compound - 1
    if not readings and tokens[at].low.startswith("ex-"):
        readings = noun(tokens[at].low[3:])
    if not readings and one_of:
        readings = (Noun(tokens[at].low, "description", None, "p"),)
    if not readings:
        named = _named_after_determiner(tokens, i, at, words, before, determiner)
        return named or _thing(tokens, i, at, words, before, determiner)
    entry = _reading(readings, determiner)
    if entry.lemma == "conseil" and determiner == "le" and _of_somebody(tokens, at):
        entry = Noun("conseil", "office", "m", "s")  # "le conseil de Jean Roy": his lawyer
    if entry.gender == "f" and entry.kind not in _PEOPLE and tokens[at - 1].low in ("le", "un", "ce"):
        return None  # a verb: "comme le note X"
    head = at
    if (
        head + 1 < count
        and tokens[head + 1].low.startswith("-")
        and tokens[head + 1].low not in ("-ci", "-là")
    ):
        return None
    end = _complements(tokens, head + 1, words, entry, apposed=not determiner or before == ",")
    number = (
        "p"
        if quantified
        or (
            determiner
            in (
                "les",
                "des",
                "ces",
                "ses",
                "leurs",
                "plusieurs",
                "certains",
                "certaines",
                "quelques",
                "beaucoup",
                "aux",
                "nos",
                "mes",
                "vos",
                "d'",
                "de",
            )
            or determiner in INDEFINITE - {"un", "une", "aucun", "aucune", "chaque", "nul", "nulle"}
        )
        else entry.number
    )
    if one_of:
        number, determiner = "s", "un"
    elif entry.number == "p" and determiner in ("", "l'"):
        number = "p"
    gender = entry.gender
    if compound:
        gender = None  # "la tête de liste, Paul Roy"
    elif determiner in FEMININE:
        gender = "f"
    elif determiner in ("le", "un", "ce", "cet", "au", "du") and gender != "f":
        gender = "m"
    name: tuple[int, int] | None = None
    post_end = end
    # After a name and a comma a post without an article has no bearer of its own.
    if entry.kind in _PEOPLE and not (not determiner and before == "," and not tokens[i].capital):
        start = _name_inside(tokens, head + 1, end, words)
        if start is not None:
            name, post_end = (start, end), start
            while post_end > head + 1 and tokens[post_end - 1].low in TITLES_LOW:
                post_end -= 1
    return Phrase(
        i,
        end,
        PhraseKind.NAME if name else PhraseKind.DESCRIPTION,
        tokens[head].low,
        entry,
        determiner,
        number,
        gender,
        name,
        (begin if not quantified else head, post_end),
        before=before,
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
    if token.low in SPEECH_NOUNS and at + 1 < len(tokens) and tokens[at + 1].low in _PLAIN_LINKS:
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
    pronoun = determiner in ("le", "la", "l'", "les", "leur") and before not in ("", ",", ":", ";", "«»")
    if token.low in FORMS and pronoun:
        return None
    if before not in _SUBJECT_SLOTS and not (at + 1 < len(tokens) and tokens[at + 1].low == "qui"):
        return None
    if determiner in _OBJECTS and before == "," and i > 1 and tokens[i - 2].kind is Kind.QUOTE:
        return None  # « … », l'interrompt Jeanne Roy: a pronoun before a verb that no list knows
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
    end = _complements(tokens, at + 1, words, entry)
    if (
        at + 1 < end
        and is_first_name(tokens[at + 1].text)
        and name_run(tokens, at + 1, words) == end
        and end - at > 2
    ):
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
            (at + 1, end),
            (at, at + 1),
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


def _named_after_determiner(
    tokens: Sequence[Token], i: int, at: int, words: Vocabulary, before: str, determiner: str
) -> Phrase | None:
    """ "le Hamas", "la SNCF", "l'Élysée": a name that has an article is no person's."""
    apposed = fold(tokens[at].text) in DEMONYMS and (
        determiner in ("ce", "cet", "cette") or (before == "," and determiner in ("un", "une"))
    )  # "Jeanne, une Alsacienne de Brume", "cette Alsacienne de 51 ans"
    if at != i + 1 or not (determiner in DEFINITE or apposed) or not tokens[at].capital:
        return None
    key = fold(tokens[at].text)
    run = name_run(tokens, at + 1, words) if key in DEMONYMS and at + 1 < len(tokens) else at + 1
    if run > at + 2 and fold(" ".join(t.text for t in tokens[at:run])) not in ORGANIZATIONS:
        # "la Suédoise Karin Holm"
        gender = _ARTICLE_GENDER.get(determiner)
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
        gender = _ARTICLE_GENDER.get(determiner)
        number: Literal["s", "p"] = "p" if determiner == "les" else "s"
        entry = Noun(tokens[at].low, "description", gender, number)
        end = _complements(tokens, at + 1, words, entry) if apposed else at + 1
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


def body_run(tokens: Sequence[Token], at: int, words: Vocabulary) -> int:
    """The end of a body's name that begins at ``at``, with its adjectives and complements."""
    end = max(name_run(tokens, at, words), at + 1)
    acronym = len(tokens[end - 1].text) > 1 and tokens[end - 1].text.isupper()
    while end < len(tokens) and not acronym and _adjective(tokens, end):
        end += 1
    return _institution(tokens, end, words)


def _institution(tokens: Sequence[Token], end: int, words: Vocabulary) -> int:
    """The complement of an institution's name: "la Ligue | de protection des oiseaux"."""
    while end + 1 < len(tokens) and (tokens[end].low in _PLAIN_LINKS or _aim_follows(tokens, end)):
        at = end + 1
        if at < len(tokens) and tokens[at].low in ("la", "l'", "le", "les"):
            at += 1
        if at >= len(tokens) or tokens[at].kind is not Kind.WORD or tokens[at].low in FUNCTION_WORDS:
            break
        end = name_run(tokens, at, words)
        if end == at:
            end = at + 1
        while end < len(tokens) and _adjective(tokens, end):
            end += 1
    return end


def _adjective(tokens: Sequence[Token], at: int) -> bool:
    """Whether the plain word at ``at`` rather is an adjective than a verb or a function word."""
    token = tokens[at]
    if (
        token.kind is not Kind.WORD
        or token.capital
        or (token.low in FUNCTION_WORDS and token.low not in ON_BOTH_SIDES)
        or token.low.startswith("-")
    ):
        return False
    if token.low.startswith("anti-"):
        return True  # "l'Office anti-fraude"
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if following in _AFTER_VERB and tokens[at + 1].kind is Kind.WORD and not tokens[at + 1].capital:
        return False  # an adjective is never followed by an article: "la commission | ouvre une enquête"
    forms = FORMS.get(token.low)
    if forms:
        if all(f.mood == "present_participle" for f in forms):
            # "le maire sortant": a participle of a verb that carries no clause
            verbs = [verb for form in forms for verb in VERBS.get(form.lemma, ())]
            return bool(verbs) and all(verb.constructions.isdisjoint(_OF_CLAUSES) for verb in verbs)
        return all(f.mood == "past_participle" for f in forms) and token.low not in ("dit", "dits")
    if token.low in PRESENT_VERBS:
        return False  # "le maire | reste prudent"
    if token.low.endswith("ent") and tokens[at - 1].low.endswith(("s", "x")):
        return False  # "les syndicats | restent": an adjective of theirs would end in s
    if tokens[at - 1].capital and at > 1:
        # After a name only what is shaped like an adjective: "la Commission européenne | ouvre".
        return token.low.endswith(_ADJECTIVAL) or fold(token.low) in DEMONYMS
    return not token.low.endswith(("ment", "ait", "aient", "èrent", "era", "eront", "ront"))


_OF_CLAUSES = frozenset({"que", "colon", "fragment"})
_AFTER_VERB = (
    (DETERMINERS | {"que", "qu'", "pas", "se", "s'"}) - CONTRACTED - {"d'", "de", "deux", "trois", "leur"}
)
# Nouns that a body's own name follows: "le directeur de l'agence Bleue".
_NAMED_BODIES = word_class("named_bodies")
_WITH_AIMS = word_class("bodies_with_aims")
_WORKPLACES = word_class("workplaces")
# A person named after these is no part of the body's name: "devant la presse Jeanne Roy".
_AUDIENCE = word_class("audience")
_UNNAMED_BODIES = word_class("unnamed_bodies")
_ADJECTIVAL = tuple(word_class("adjective_endings"))


def _complements(
    tokens: Sequence[Token], at: int, words: Vocabulary, entry: Noun, *, apposed: bool = False
) -> int:
    """The end of a description that goes on at ``at``: adjectives, complements, an apposed name.

    In an apposition no verb of saying is near, and "à", "pour", "chez" belong to the post.
    """
    count = len(tokens)
    end = at
    while end < count:
        token = tokens[end]
        if token.kind is Kind.NUMBER:
            if token.text.isdigit() and not (entry.kind == "document" and end == at):
                break
            end += 1
        elif token.kind is not Kind.WORD:
            if token.text == "(" and entry.kind in _PEOPLE and end + 2 < count and tokens[end + 1].capital:
                close = next((j for j in range(end + 1, min(end + 7, count)) if tokens[j].text == ")"), -1)
                if close > 0 and close + 1 < count and tokens[close + 1].low in _PLAIN_LINKS:
                    end = close + 1  # "députée (Les Verts) | du Jura"
                    continue
            if token.text == "-" and end + 1 < count and tokens[end + 1].capital and tokens[end - 1].capital:
                end += 2
                continue
            break
        elif token.low.startswith("-") or token.low in TIMES:
            break
        elif (token.low == "en" and end + 2 < count and tokens[end + 1].low == "charge") or (
            token.low == "sans" and end + 1 < count and tokens[end + 1].low == "étiquette"
        ):
            end += 2
        elif token.low == "au" and end + 1 < count and tokens[end + 1].low == "sein":
            end += 2  # "une source au sein | de l'exécutif"
        elif apposed and _at_work(tokens, end):
            end += 3
        elif token.low in _PLAIN_LINKS or (
            token.low in _A_LINKS
            and (
                tokens[end - 1].low in _AIDING
                or _takes(tokens, end, entry, apposed)
                or _aims(tokens, end, entry)
            )
        ):
            nxt = end + 1
            while nxt < count and (
                tokens[nxt].low in DETERMINERS
                or (
                    tokens[nxt].low in BEFORE_NOUN
                    # "du Cher" is a place, "du Premier ministre" none
                    and (not tokens[nxt].capital or (nxt + 1 < count and person_noun(tokens[nxt + 1].low)))
                )
            ):
                nxt += 1
            if nxt >= count or tokens[nxt].kind is Kind.MARK or tokens[nxt].kind is Kind.QUOTE:
                break
            if tokens[nxt].low in AUXILIARIES and tokens[nxt - 1].low in BEFORE_NOUN:
                return nxt  # "la présidente des jeunes | a dit"
            if tokens[nxt].low in AUXILIARIES and token.low in _A_LINKS:
                break
            if tokens[nxt].kind is Kind.NUMBER and tokens[nxt].text.isdigit():
                # "de 30 ans" and "de 12 et 15 ans", no other figures
                years = next(
                    (k for k in range(nxt + 1, min(nxt + 4, count)) if tokens[k].low in _MEASURES), -1
                )
                if years < 0:
                    break
                end = years + 1
                continue
            opener = tokens[nxt].low in OPENERS and tokens[nxt - 1].low in DETERMINERS  # "de l'enquête"
            if tokens[nxt].low in FUNCTION_WORDS and not tokens[nxt].capital and not opener:
                break
            forms = FORMS.get(tokens[nxt].low)
            if forms and all(f.mood == "infinitive" for f in forms):
                break
            end = nxt + 1
        elif token.low in ("et", "ou", "&") and end + 1 < count:
            step = _coordinated(tokens, at, end, words, entry)
            if not step:
                break
            end += step
        elif token.capital and entry.kind in _PEOPLE and (after_party := party_end(tokens, end)):
            end = after_party  # "la sénatrice LR | de l'Oise | Jeanne Roy"
        elif token.capital:
            run = name_run(tokens, end, words)
            if (
                run == end
                and token.low in ("la", "le", "les", "l'")
                and end + 1 < count
                and tokens[end + 1].capital
            ):
                # a party with an article in its name: "le député La France nouvelle"
                run = end + 2
                while run < count and (_adjective(tokens, run) or tokens[run].low in ("en", "marche")):
                    run += 1
            if (
                entry.kind == "organization"
                and is_first_name(token.text)
                and run - end > 1
                and entry.lemma in _UNNAMED_BODIES
                and fold(" ".join(t.text for t in tokens[end:run])) not in ORGANIZATIONS
            ):
                break
            if tokens[end - 1].low in _NAMED_BODIES and (
                opens_slogan(tokens, end) or (run == end and token.low not in TITLES_LOW)
            ):
                run = max(run, _worded_name(tokens, end))
            if run == end:
                if token.low in TITLES_LOW or (token.low not in FUNCTION_WORDS and person_noun(token.low)):
                    end += 1
                    continue
                break
            began, end = end, run
            if entry.kind in _PEOPLE and run < count and not tokens[run].low.startswith("d"):
                goes_on = (
                    tokens[run].low in _PLAIN_LINKS | _A_LINKS
                    or _adjective(tokens, run)
                    or (token.text.isupper() and is_first_name(tokens[run].text))  # "député LR | Jean Roy"
                    or (tokens[run].low == "et" and run + 1 < count and person_noun(tokens[run + 1].low))
                )
                second_post = run < count - 1 and tokens[run].low == "et" and person_noun(tokens[run + 1].low)
                party = second_post and run - began == 1 and not is_first_name(token.text)
                if goes_on and (party or _name_inside(tokens, at, run, words) is None):
                    continue
                break
        elif _adjective(tokens, end) or _bare_matter(tokens, end):
            end += 1
        else:
            break
    return end


def _bare_matter(tokens: Sequence[Token], at: int) -> bool:
    """Whether a unit's matter follows without an article: "directeur du département | analyse"."""
    return (
        tokens[at - 1].low in _UNITS
        and tokens[at].low not in FUNCTION_WORDS - _MATTERS
        and not tokens[at].low.startswith("-")
        and not (at + 1 < len(tokens) and tokens[at + 1].low in _AFTER_VERB)
        and (tokens[at].low not in FORMS or tokens[at].low in _MATTERS)
    )


_DEFENDED = word_class("who_is_defended")
_SLOGAN_OPENERS = word_class("slogan_openers")
_LONGEST_PARTY = 5  # tokens
_PARTIES = frozenset(key for key, body in ORGANIZATIONS.items() if body.kind == "party")
_PARTY_OPENERS = frozenset(ORGANIZATIONS[key].name.lower().replace("’", "'").split()[0] for key in _PARTIES)
_AHEAD_OF_VERB = frozenset({"y", "ne", "n'", "se", "s'", "lui", "leur", "qui", "que", "qu'", "dont"})
_LONGEST_WORDED = 6  # tokens of "Mieux vivre en val de Brume"


def _worded_name(tokens: Sequence[Token], at: int) -> int:
    """The end of a body's name that begins with a word of every day: "l'association | Bien vivre en Caux"."""
    slogan = opens_slogan(tokens, at)
    end = at + 1
    while end < min(len(tokens), at + _LONGEST_WORDED) and tokens[end].kind is Kind.WORD:
        if tokens[end].low in _AHEAD_OF_VERB:
            break
        if any(f.mood == "indicative" and f.person == 3 for f in FORMS.get(tokens[end].low, ())):
            break
        end += 1
        if tokens[end - 1].capital:
            return end
    # "le collectif Stop au béton | dénonce", but "… au projet de marche"
    stops = slogan and tokens[end - 1].low not in DETERMINERS
    closed = end >= len(tokens) or tokens[end].kind is not Kind.WORD
    return end if closed or stops else at + 1


def opens_slogan(tokens: Sequence[Token], at: int) -> bool:
    """Whether a body's name that is a slogan begins at ``at``: "Vivre à Brume", "Sauvons nos plages"."""
    token = tokens[at]
    if not token.capital or token.low in _SLOGAN_OPENERS:
        return token.capital
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return token.low.endswith("ons") and following in (DETERMINERS - CONTRACTED) - {"d'", "de"}


_MEASURES = frozenset({"ans", "mètres", "m", "km", "kilomètres", "kg", "kilos"})
_AIDING = word_class("nouns_with_a")
_SECONDS = word_class("posts_beside_another")
_UNITS = word_class("units_of_bodies")
_MATTERS = word_class("matters_of_units")
_A_HEADS = word_class("posts_with_a")


def _coordinated(tokens: Sequence[Token], at: int, end: int, words: Vocabulary, entry: Noun) -> int:
    """How many tokens "et" and what follows it add to a description that began at ``at``."""
    following, last = tokens[end + 1], tokens[end - 1]
    if following.kind is Kind.NUMBER and last.kind is Kind.NUMBER:
        return 2  # "mère de deux garçons de 17 et | 25 ans"
    if end > at and following.low in _PLAIN_LINKS:
        return 1  # "ministre du Commerce et | de l'Industrie"
    if end > at and following.kind is Kind.WORD:
        name = following.capital and last.capital and not is_first_name(following.text)
        if name and following.low not in FUNCTION_WORDS:
            return 2
        plain = (
            person_noun(following.low) is None
            and following.low not in FORMS
            and not following.low.endswith("-même")  # "… et lui-même blessé"
        )
        if plain and last.low not in words.capitals and _adjective(tokens, end + 1):
            return 2
    if following.low in _A_LINKS and following.low in (t.low for t in tokens[at:end]):
        return 1  # "scolarisés en petite section et | en CM1"
    if person_noun(following.low) and not following.capital and entry.kind in _PEOPLE:
        return 2  # two posts of one person: "fondateur et directeur de la revue"
    return 0


def _takes(tokens: Sequence[Token], at: int, entry: Noun, apposed: bool) -> bool:
    """Whether the preposition at ``at`` begins a complement of the post rather than an addressee."""
    head = entry.lemma
    if entry.kind not in _PEOPLE or (
        head not in _A_HEADS and not apposed and tokens[at].low not in ("chez",)
    ):
        return False
    nxt = at + 1
    if nxt < len(tokens) and tokens[nxt].low in DETERMINERS:
        nxt += 1
    if nxt >= len(tokens):
        return False
    key = fold(tokens[nxt].text)
    organization = ORGANIZATIONS.get(key)
    if organization is not None and organization.kind == "media":
        return False
    if tokens[at].low in ("auprès", "près"):
        nearby = {"de", "du", "des", "d'"} | ({"la", "le"} if tokens[at].low == "près" else set())
        return at + 1 < len(tokens) and tokens[at + 1].low in nearby  # "procureure | près la cour d'appel"
    if tokens[at].low == "en" and tokens[nxt].low != "charge":
        gerund = tokens[nxt].low.endswith("ant")
        return tokens[nxt].kind is Kind.WORD and not gerund and tokens[nxt].low not in _AUDIENCE
    if person_noun(tokens[nxt].low) and tokens[at].low in ("à", "au") and head not in _SECONDS:
        return False  # "demande la présidente | au prévenu"
    return tokens[nxt].low not in _AUDIENCE


def _at_work(tokens: Sequence[Token], at: int) -> bool:
    """Whether it is told where somebody works: "aide-soignante | dans un Ehpad | du Nord"."""
    after = tokens[at + 3] if at + 3 < len(tokens) else None
    return (
        at + 2 < len(tokens)
        and tokens[at].low == "dans"
        and tokens[at + 1].low in ("un", "une", "le", "la", "l'")
        and tokens[at + 2].low in _WORKPLACES
        and (after is None or after.kind is not Kind.WORD or after.low in _PLAIN_LINKS)
    )


def party_end(tokens: Sequence[Token], at: int) -> int:
    """Where a party's name that begins at ``at`` ends; 0 where none begins."""
    if not tokens[at].capital or tokens[at].low not in _PARTY_OPENERS:
        return 0
    for end in range(min(at + _LONGEST_PARTY, len(tokens)), at, -1):
        if fold(" ".join(t.text for t in tokens[at:end])) in _PARTIES:
            return end
    return 0


def _aims(tokens: Sequence[Token], at: int, entry: Noun) -> bool:
    """Whether a body's aim begins at ``at``: "le collectif | contre la fermeture de la maternité"."""
    return entry.lemma in _WITH_AIMS and _aim_follows(tokens, at)


def _aim_follows(tokens: Sequence[Token], at: int) -> bool:
    return (
        at + 2 < len(tokens)
        and tokens[at].low in ("pour", "contre")
        and tokens[at + 1].low in ("la", "l'", "le", "les")
        and tokens[at + 2].kind is Kind.WORD
        and tokens[at + 2].low not in FUNCTION_WORDS
        and not (
            tokens[at + 2].capital and fold(tokens[at + 2].text) in ORGANIZATIONS
        )  # "Sondaria pour l'Unesco"
    )


def _name_inside(tokens: Sequence[Token], at: int, end: int, words: Vocabulary) -> int | None:
    """Where, in a description, the name of its bearer begins: "la maire de Lyon | Jeanne Roy"."""
    at = next((party for k in range(at, end) if (party := party_end(tokens, k))), at)
    start = end
    while start > at and (tokens[start - 1].capital or (tokens[start - 1].low in PARTICLES and start < end)):
        start -= 1
    while start < end and not tokens[start].capital:
        start += 1
    while start < end and tokens[start].low in TITLES_LOW:
        start += 1
    if start >= end or tokens[start].low in DEFINITE:
        return None
    if start + 2 < end and tokens[start].text.isupper() and is_first_name(tokens[start + 1].text):
        start += 1  # "des sénateurs LR | Jean Roy"
    length = end - start
    if length == 1 and fold(tokens[start].text) in DEMONYMS and not is_first_name(tokens[start].text):
        return None  # "le président Français"
    linked = start > at and (
        tokens[start - 1].low in _PLAIN_LINKS
        or tokens[start - 1].low in _A_LINKS
        or tokens[start - 1].low in DEFINITE
        or (tokens[start - 1].low == "et" and tokens[start - 2].capital)  # "des Impôts et Domaines"
    )
    if not linked:
        previous = tokens[start - 1].low if start > at else ""
        if start - 2 >= at and person_noun(previous) and _linked(tokens, at, start - 1):
            return None  # "un proche du président | Jean Roy": the inner post's bearer
        bodies = {t.low for t in tokens[max(at, start - 4) : start]} & _NAMED_BODIES
        # "l'école Jules-Ferry": after a body one word with a hyphen is whom it is named after
        patron = length == 1 and "-" in tokens[start].text and previous in bodies
        if bodies and (patron or not is_first_name(tokens[start].text)):
            return None  # "correspondante de la chaîne de télévision publique Canal Neuf"
        if previous in TITLES_LOW or start == at:
            return start if not _place_or_body(tokens, start, end) else None
        if length == 1 and not is_first_name(tokens[start].text):
            return (
                start
                if tokens[start].low not in ("ps", "lr", "rn") and not _place_or_body(tokens, start, end)
                else None
            )
        return start if not _place_or_body(tokens, start, end) else None
    # "patron de TikTok Shou Chew": the complement's own name comes first.
    for k in range(start + 1, end - 1):
        if not (tokens[k].capital and tokens[k - 1].capital):
            continue
        if is_first_name(tokens[k].text) or " ".join(t.low for t in tokens[k:end]) in words.names:
            return k
    return None


def _linked(tokens: Sequence[Token], lowest: int, at: int) -> bool:
    """Whether the noun at ``at`` is the complement of another: "du président", "de l'ancienne ministre"."""
    at -= 1
    while at >= lowest and (tokens[at].low in BEFORE_NOUN or tokens[at].low in ("la", "le", "l'", "les")):
        at -= 1
    return at >= lowest and tokens[at].low in _PLAIN_LINKS


def _place_or_body(tokens: Sequence[Token], start: int, end: int) -> bool:
    key = fold(" ".join(t.text for t in tokens[start:end]))
    return (
        key in PLACES
        or key in ORGANIZATIONS
        or (end - start == 1 and tokens[start].text.isupper() and len(tokens[start].text) < 6)
    )
