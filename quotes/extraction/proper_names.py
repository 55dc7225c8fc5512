"""Words that are no names, and where a proper name begins and ends."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from quotes.extraction.tokens import NUMBER, QUOTE, WORD, Token, spelt
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import DEMONYMS, FIRST_NAMES, ORGANIZATIONS, PARTICLES, PLACES, TITLES
from quotes.french.nouns import NOUNS, Noun, is_body, noun
from quotes.french.verbs import FORMS, is_finite_form

DEFINITE = word_class("determiners_definite")
THE = DEFINITE - {"les"}  # of one alone
INDEFINITE = word_class("determiners_indefinite")
DEMONSTRATIVE = word_class("determiners_demonstrative")
POINTING_BACK = DEFINITE | DEMONSTRATIVE
POSSESSIVE = word_class("determiners_possessive")
CONTRACTED = word_class("contracted")
DETERMINERS = DEFINITE | INDEFINITE | DEMONSTRATIVE | POSSESSIVE | CONTRACTED
PREPOSITIONS = word_class("prepositions")
RELATIVES = word_class("relatives")
SUBJECT_PRONOUNS = word_class("subject_pronouns")
TAKING_UP = word_class("taking_up")
STRESSED = word_class("stressed")
CLITICS = word_class("object_clitics")
CONJUNCTIONS = word_class("conjunctions")
SUBORDINATORS = word_class("subordinators")
ON_BOTH_SIDES = word_class("before_or_after_noun")
BEFORE_NOUN = word_class("before_noun") | ON_BOTH_SIDES
OPENERS = word_class("sentence_openers")
TIMES = word_class("adverbs_of_time")
ADVERBS = word_class("adverbs")
SPEECH_NOUNS = word_class("speech_nouns")
FUNCTION_WORDS = (
    DETERMINERS | PREPOSITIONS | RELATIVES | SUBJECT_PRONOUNS | CLITICS | CONJUNCTIONS | SUBORDINATORS
    | OPENERS
    | ADVERBS | BEFORE_NOUN | word_class("negations") | TIMES
)  # fmt: skip
# Complements that a post may take; where a verb of saying precedes, "à" and "dans" rather name
# the addressee or the place of the statement.
PLAIN_LINKS = frozenset({"de", "du", "des", "d'"})
_NOT_ALONE = DETERMINERS | PLAIN_LINKS
PEOPLE = frozenset({"office", "trade", "relation", "description"})
LONGEST_NAME = 12  # tokens
# With a capital after a first name these are surnames: "Jean Côté", "Carole Petit".
_SURNAMES = (BEFORE_NOUN | OPENERS | TIMES | ADVERBS) - DETERMINERS - PREPOSITIONS - CONJUNCTIONS - RELATIVES


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """What the article itself says of its words, each found out when it is first asked for."""

    sentences: Sequence[Sequence[Token]]

    @cached_property
    def capitals(self) -> Collection[str]:
        """The words seen with a capital inside a sentence."""
        return {
            tokens[i].low
            for tokens, capitals in self._with_capitals
            for i in capitals
            if i and tokens[i - 1].kind is not QUOTE and tokens[i - 1].text not in ":—–-•"
        }

    @cached_property
    def lower(self) -> Collection[str]:
        """What was seen without a capital."""
        return {token.low for tokens in self.sentences for token in tokens if not token.capital}

    @cached_property
    def names(self) -> Collection[str]:
        """Full names that stand on their own somewhere ("jeanne roy")."""
        found: set[str] = set()
        for tokens, capitals in self._with_capitals:
            end = 0
            for i in capitals:
                if i < end:
                    continue
                end = name_run(tokens, i, self)
                if end - i > 1 and not (i and tokens[i - 1].low in _NOT_ALONE):
                    found.add(" ".join([t.low for t in tokens[i:end]]))
        return found

    @cached_property
    def _with_capitals(self) -> Sequence[tuple[Sequence[Token], Sequence[int]]]:
        """The sentences, each with the places of its words with a capital."""
        return [(tokens, [i for i, t in enumerate(tokens) if t.capital]) for tokens in self.sentences]


@lru_cache(maxsize=1 << 14)
def person_noun(low: str) -> Noun | None:
    """The reading of a word as a noun for a person, if it has one."""
    for entry in noun(low):
        if entry.kind in PEOPLE:
            return entry
    return None


def stands_for_people(tokens: Sequence[Token], at: int) -> bool:
    """Whether an adjective stands for people before a verb: "les jeunes | racontent", "un autre | note".

    What may be a noun is none of these verbs: "une autre critique", "le premier juge".
    """
    if at + 1 >= len(tokens) or tokens[at].low not in _SUBSTANTIVES or not (at or tokens[at].low in _SOME):
        return False
    low, verb = tokens[at].low, tokens[at + 1].low
    if low in ("un", "une") and tokens[at - 1].low != "l'":
        return False
    if low in SMALL_NUMBERS and (not at or tokens[at - 1].low not in _ALL):
        return False
    article = tokens[at - 1 - (tokens[at - 1].low in ("plus", "moins"))].low
    several = low in SMALL_NUMBERS or (low.endswith(("s", "x")) and article not in ("le", "un"))
    number = "p" if several else "s"
    share = tokens[at - 1].low == "sur"  # "un salarié sur deux | estime"
    tells = any(
        f.mood == "indicative" and f.person == 3 and (share or f.number == number)
        for f in FORMS.get(verb, ())
    )
    return tells and not noun(verb) and verb not in SPEECH_NOUNS and verb not in _ALSO_NOUNS


@lru_cache(maxsize=1 << 14)
def is_first_name(text: str) -> bool:
    """Whether the word is a known first name (each part of a hyphenated one)."""
    key = fold(text)
    if key in FIRST_NAMES or "-" not in key:
        return key in FIRST_NAMES
    first, _, last = key.partition("-")
    return first in FIRST_NAMES and not (first.endswith("o") and last in DEMONYMS)  # "Franco-Brumois"


def is_aged(tokens: Sequence[Token], at: int) -> bool:
    """Whether an age follows at once: "Jeanne|, 44 ans,", "Jeanne |(44 ans)"."""
    return (
        at + 2 < len(tokens)
        and tokens[at].text in (",", "(")
        and tokens[at + 1].kind is NUMBER
        and tokens[at + 2].low == "ans"
    )


_FEASTS = word_class("feasts")
_TELLING_TIME = frozenset(
    {"à", "de", "depuis", "avant", "après", "dès", "jusqu'à", "pour", "entre", "et", "vers"}
)


def opens_name(tokens: Sequence[Token], i: int, words: Vocabulary) -> bool:
    """Whether the capital at ``i`` may be that of a proper name, not only that of a sentence."""
    token = tokens[i]
    if not token.capital or token.kind is not WORD:
        return False
    low = token.low
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is not None and following.text == "&" and i + 2 < len(tokens) and tokens[i + 2].capital:
        return True  # "Lire & Grandir"
    if token.text[1:] != low[1:] and not token.text.isupper() and "-" not in low and "'" not in low:
        return True  # "ViteDit": a capital inside
    if low in _NEVER_NAMES or ("-" in low and low.partition("-")[0] in _TENS):
        return False  # "Vingt-deux ans plus tard"
    if i and tokens[i - 1].low in _BEFORE_REGIONS and fold(f"{tokens[i - 1].text} {token.text}") in PLACES:
        return False  # "la région Grand | Est"
    if low in _FEASTS and i and tokens[i - 1].low in _TELLING_TIME and not (following and following.capital):
        return False  # "depuis | Noël"
    if token.text.isupper() and following is not None and following.capital and _sort_of_body(token.text):
        return False  # "l'ONG | Secours marin"
    if low in FUNCTION_WORDS or low.startswith("-") or _is_title(tokens, i):
        # "La" and "Le" inside a sentence may begin a name ("Le Goff"), at its head they don't.
        inside = i and tokens[i - 1].kind is WORD and len(low) > 3 and is_first_name(low)
        if len(low) > 3 and is_first_name(low) and is_aged(tokens, i + 1):
            return True  # "Grâce, 17 ans"
        return bool(inside and following and following.capital)  # "dit Grâce Roy"
    if person_noun(low) and not (i and is_first_name(low)):
        return i == 0 and following is not None and _trade_names(low, following, words)
    at_head = i == 0 or tokens[i - 1].kind is QUOTE or tokens[i - 1].text in ':—–-•*►"('
    if not at_head:
        return True
    came = low in _HAPPENED and following is not None and following.low in _FROM_WHERE  # "Venus de Brume, …"
    if (is_first_name(low) and not came) or (len(token.text) > 1 and token.text.isupper()):
        return True
    key = fold(low)
    if key in PLACES or key in ORGANIZATIONS or low in words.capitals:
        return True
    if low in FORMS or low in NOUNS or low in SPEECH_NOUNS or low in _HAPPENED or low in words.lower:
        return False
    return _names_at_head(tokens, i, following)


def _names_at_head(tokens: Sequence[Token], i: int, following: Token | None) -> bool:
    """Whether a word that no list knows and that opens a sentence is a name, as far as its shape tells."""
    low = tokens[i].low
    if following is not None and _is_plain_opener(low, following):
        return False
    if low.endswith(("er", "ir", "oir", *_OF_THINGS)) and not (following and following.capital):
        # an infinitive, or an abstract noun, that opens a sentence; but "Garnier | dénonce"
        return following is not None and _says(following.low)
    return (
        bool(following and following.capital)
        or len(tokens) < 4
        or not low.endswith(("ment", "ant", "é", "ée", "és", "ées"))
    )


def _is_plain_opener(low: str, following: Token) -> bool:
    """Whether an imperative or a quality opens a sentence: "Revenons | au port", "Affable|, la maire"."""
    if low.endswith("ons"):
        return following.low in _BEHIND_IMPERATIVE
    return following.text == "," and low.endswith(_QUALITIES)


def _says(low: str) -> bool:
    """Whether a word may be a verb of saying in the third person: "dénonce", "estime"."""
    return any(f.mood == "indicative" and f.person == 3 and f.number == "s" for f in FORMS.get(low, ()))


def _trade_names(low: str, following: Token, words: Vocabulary) -> bool:
    """Whether a trade that opens a sentence is somebody's name: "Marchand | estime", of Rose Marchand."""
    surname = is_finite_form(following.low) and low in words.capitals
    return surname or (following.capital and is_first_name(low))


def known_body_end(tokens: Sequence[Token], i: int) -> int:
    """The end of a listed body's name that begins with a plain word ("Santé publique France"), or 0."""
    token = tokens[i]
    if not token.capital or token.low not in _WORDED_BODIES:
        return 0
    for count in _WORDED_BODIES[token.low]:
        if i + count <= len(tokens) and fold(spelt(tokens, i, i + count)) in ORGANIZATIONS:
            return i + count + _of_a_region(tokens, i + count)
    return 0


def _of_a_region(tokens: Sequence[Token], at: int) -> bool:
    """Whether a body's name goes on with the region of a branch of it: "Médecins du monde | Bretagne"."""
    if at >= len(tokens) or not tokens[at].capital or tokens[at].start - tokens[at - 1].end != 1:
        return False
    person = at + 1 < len(tokens) and tokens[at + 1].capital and is_first_name(tokens[at].text)
    return fold(tokens[at].text) in PLACES and not person


def listed_with_article(tokens: Sequence[Token], i: int) -> tuple[int, int]:
    """Where a listed name that an article precedes begins and ends: "|le Soir", "la |Corée du Nord".

    The article at ``i`` belongs to a paper's name. No name is (0, 0), nor is one that reads as a body's noun
    with its complements: "la Cour des comptes".
    """
    if i + 1 >= len(tokens) or not tokens[i + 1].capital:
        return 0, 0
    people = tokens[i].low != "les" and person_noun(tokens[i + 1].low) is not None
    for count in _AFTER_ARTICLE.get(fold(tokens[i + 1].text), ()):
        end = i + 1 + count
        if end > len(tokens) or (
            end < len(tokens) and tokens[end].capital and (people or not is_first_name(tokens[end].text))
        ):
            continue  # "l'Indépendant Paul Roy", "les Nouvelles Messageries"
        name = fold(spelt(tokens, i + 1, end).replace("' ", "'"))
        article = tokens[i].low
        if f"{article}{'' if article == _ELIDED else ' '}{name}" in ORGANIZATIONS:
            return i, end
        if count > 1 and not people and (name in ORGANIZATIONS or name in PLACES):
            return i + 1, end
    return 0, 0


def _sort_of_body(acronym: str) -> bool:
    """Whether an acronym is a noun for bodies ("ONG", "PME") and no name of one."""
    return fold(acronym) not in ORGANIZATIONS and is_body(acronym.lower())


def name_run(tokens: Sequence[Token], i: int, words: Vocabulary) -> int:
    """The end of the proper name that begins at ``i``; ``i`` itself if none does."""
    if not opens_name(tokens, i, words):
        return i
    end = i + 1
    count = len(tokens)
    limit = min(count, i + LONGEST_NAME)
    while end < limit:
        token = tokens[end]
        if token.start - tokens[end - 1].end > 1:
            break
        if (
            token.kind is WORD
            and token.capital
            and not token.low.startswith("-")
            and not _is_title(tokens, end)
        ):
            if _another_name(tokens, i, end) or sentence_opens(tokens, end):
                break
            surname = token.low in _SURNAMES and is_first_name(tokens[end - 1].text)  # "Carole Petit"
            if (
                token.low in FUNCTION_WORDS
                and not surname
                and not (_is_inside_title(tokens, end) and not is_first_name(tokens[i].text))
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
            and tokens[end + 1].kind is WORD
            and tokens[end - 1].capital
        ):
            end += 2  # "Roy & Fils"
            continue
        if token.low == "et" and end + 1 < count and tokens[end + 1].text in _PARTNERS:
            return end + 2  # "Roy et Fils"
        joins = (
            token.kind is WORD
            and (token.low in PARTICLES or (token.low in ENGLISH_LINKS and not is_first_name(tokens[i].text)))
            and end + 1 < count
            and tokens[end + 1].capital
            and tokens[end + 1].kind is WORD
            and (
                token.low not in PLAIN_LINKS
                or tokens[i].text in _SPANISH_ARTICLES  # "El Sol | de Vigo"
                or _first_of_noble(tokens, i, end)
            )
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
            token.kind is NUMBER
            and tokens[end - 1].capital
            and token.start - tokens[end - 1].end == 1
            and len(token.text) == 1
        ):
            end += 1
        break
    return end


def _is_inside_title(tokens: Sequence[Token], at: int) -> bool:
    """Whether a small word with a capital goes on a title: "Santé | Pour Tous", "Brume | Soir"."""
    if tokens[at].low in _AT_END_OF_TITLES or tokens[at - 1].low in _IN_TITLES:
        return True
    return tokens[at].low in _IN_TITLES and at + 1 < len(tokens) and tokens[at + 1].capital


def _is_title(tokens: Sequence[Token], at: int) -> bool:
    """Whether a title stands here, and no letter of a name: not "Kevin | M.,", "| M E Roy", "J. | M. Roy"."""
    low = tokens[at].low
    if low not in TITLES_LOW:
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if low == "m":
        return following is not None and following.capital and len(following.text) > 2
    before = tokens[at - 1].text if at else ""
    # "a dit Lucas P. | M. Roy n'a pas répondu"
    opened = len(before) == 2 and before[1] == "." and (at < 2 or not tokens[at - 2].capital)
    return not (low == "m." and opened) and (following is None or following.text != ",")


def sentence_opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether an article begins a sentence that runs on from a heading: "Un progrès | Le maire estime"."""
    if at + 1 >= len(tokens) or tokens[at].low not in DEFINITE:
        return False
    if not tokens[at].capital or tokens[at].text.isupper():
        return False
    following = tokens[at + 1]
    return not following.capital and following.low not in FORMS and bool(noun(following.low))


def past_particles(tokens: Sequence[Token], at: int) -> int:
    """Where the surname is behind small particles: "de la | Roncière"; ``at`` itself without one."""
    end = at
    while end < len(tokens) and end < at + 3 and tokens[end].low in PARTICLES and not tokens[end].capital:
        end += 1
    opens = end == at or tokens[at].low not in DEFINITE  # "Madame la Ministre"
    named = end < len(tokens) and tokens[end].capital and tokens[end].kind is WORD
    return end if opens and named else at


def _first_of_noble(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether "de" at ``end`` goes on a person's name: "Hélie de Brissonville", not "Paris de Jean"."""
    if is_first_name(tokens[end - 1].text):
        # "la France | d'Anne Morel", "Rush for Europe | de Paul Roy"
        led = end - 1 > i or (i > 0 and tokens[i - 1].low in _BEFORE_COUNTRIES)
        return not (led and fold(tokens[end - 1].text) in PLACES)
    if end > i + 2 and tokens[i + 1].low in ("de", "d'", "du") and is_first_name(tokens[i].text):
        return True  # "Aymeric de Saules | de Rochemont"
    if tokens[end - 1].text in ("Van", "Von") and end > i + 1:
        return True  # "Karel Van | de Wiele"
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


def _worded_bodies() -> dict[str, list[int]]:
    """How many words the listed names have that begin with a plain word, by that word, the longest first."""
    lengths: dict[str, set[int]] = {}
    for body in ORGANIZATIONS.values():
        first, *rest = body.name.lower().replace("’", "'").split()
        if rest and "'" not in body.name and "-" not in body.name and first not in DETERMINERS:
            lengths.setdefault(first, set()).add(1 + len(rest))
    return {word: sorted(counts, reverse=True) for word, counts in lengths.items()}


def _after_article() -> dict[str, list[int]]:
    """How many words the listed names have that an article precedes, by the first, the longest first."""
    lengths: dict[str, set[int]] = {}
    names = [fold(body.name) for body in ORGANIZATIONS.values() if not _begins_with_body(body.name)]
    for name in [*names, *PLACES]:
        words = name.replace("'", "' ").split()
        rest = words[words[0] in DEFINITE :]
        if len(words) > 1 and rest:
            lengths.setdefault(rest[0], set()).add(len(rest))
    return {word: sorted(counts, reverse=True) for word, counts in lengths.items()}


def _begins_with_body(name: str) -> bool:
    """Whether a noun for bodies opens a name, behind its article: "Cour des comptes", "Haute Autorité"."""
    words = name.lower().replace("’", "'").replace("'", "' ").split()
    at = int(words[0] in DEFINITE)
    at += at + 1 < len(words) and words[at] in BEFORE_NOUN
    return len(words) > 1 and is_body(words[at])


_ELIDED = "l'"
_WORDED_BODIES = _worded_bodies()
_AFTER_ARTICLE = _after_article()
_BEFORE_COUNTRIES = frozenset({"la", "l'", "en"})
_BEFORE_REGIONS = frozenset({"grand", "grands", "haut", "haute", "hauts", "nouvelle"})
_HEADS_OF_MEDIA = DEFINITE | word_class("media_nouns")
_TO_SOMEBODY = PREPOSITIONS - PLAIN_LINKS


def _another_name(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether a person's name begins at ``end``, right after a body's: "a dit à Reporters | Jeanne Roy"."""
    organization = ORGANIZATIONS.get(fold(spelt(tokens, i, end)))
    full = end + 1 < len(tokens) and tokens[end + 1].capital
    if (
        organization is not None
        and organization.kind == "media"
        and i
        and tokens[i - 1].low in ("à", "l'", "au", "le", "la", "sur", "dans", "pour", "chez")
        # "à BBC Brasil Jeanne Roy": the name begins only at the first name
        and not (
            end + 1 < len(tokens)
            and (tokens[end + 1].low in TITLES_LOW or (full and is_first_name(tokens[end + 1].text)))
            and not is_first_name(tokens[end].text)
        )
    ):
        return True
    if not is_first_name(tokens[end].text):
        return False
    if full and i and tokens[i - 1].low in DEFINITE and fold(tokens[i].text) in PLACES:
        return True  # "la France Jeanne Roy", the end of a party's name
    if full and tokens[end - 1].low in EDITIONS:
        return True  # "a dit à Brume Soir | Jeanne Roy"
    if full and end - i > 1 and len(tokens[end - 1].text.strip(".")) == 1:
        return True  # "a dit Lucas P. | Claire Morel n'a pas répondu"
    if any(is_first_name(t.text) for t in tokens[i:end]):
        # "a lancé à Marie Dupré | Paul Roy"
        addressed = i > 0 and tokens[i - 1].low in _TO_SOMEBODY and end - i > 1
        return (
            addressed and full and is_first_name(tokens[i].text) and not is_first_name(tokens[end - 1].text)
        )
    if full and end - i > 1 and (fold(tokens[i].text) in ORGANIZATIONS or tokens[i].low in _HEADS_OF_MEDIA):
        return True  # "a dit à L'Écho | Jeanne Roy", "sur Radio Brume | Jeanne Roy"
    if fold(tokens[end].text) in PLACES and not (end + 1 < len(tokens) and tokens[end + 1].capital):
        return False  # "ZT Monde"
    if fold(spelt(tokens, i, end)) in ORGANIZATIONS or (
        end - i == 1
        and tokens[i].text.isupper()
        and len(tokens[i].text) > 1
        and not tokens[end].text.isupper()
        and not _surname_first(tokens, i, end)
    ):
        return True
    opens = fold(tokens[i].text) in FAMILY_NAMES_FIRST or tokens[i].low in PARTICLES  # "pour Tran Van Roy"
    return end - i == 1 and i > 0 and tokens[i - 1].low in ("à", "au", "pour") and not opens


def _surname_first(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether a surname in capitals stands before the first name: "estime ROYET | Jeanne,"."""
    alone = end + 1 >= len(tokens) or not tokens[end + 1].capital
    beside = tokens[i - 1].low if i else ""
    told_to = beside in PREPOSITIONS or beside in DETERMINERS
    return alone and len(tokens[i].text) > _LONGEST_ACRONYM and not told_to


_LONGEST_ACRONYM = 5
_SPANISH_ARTICLES = frozenset({"El", "Los", "Las"})
EDITIONS = frozenset({"soir", "matin", "dimanche", "midi"})
_AT_END_OF_TITLES = EDITIONS | {"debout", "autrement", "demain"}  # "Brume Soir", "Brume Debout"
_IN_TITLES = frozenset({"pour", "sans", "contre"})
_PARTNERS = frozenset({"Cie", "Compagnie", "Fils", "Filles", "Frères", "Sœurs", "Associés", "Associées"})
FAMILY_NAMES_FIRST = word_class("family_names_first")
TITLES_LOW = frozenset(
    title.lower() for title in TITLES if title[0].isupper() or title in ("maître",)
) | frozenset(
    {
        "mr",
        "mr.",
        "mrs",
        "mrs.",
        "ms",
        "ms.",
        "miss",
        "monsieur",
        "madame",
        "mme",
        "mme.",
        "mlle",
        "mlle.",
        "m.",
        "m",
        "s.e.",
        "s.e.m.",
        "me",
        "dr",
        "dr.",
        "dre",
        "pr",
        "pr.",
        "mgr",
        "mm.",
        "mmes",
    }
    | {"mᵉ", "mᵐᵉ", "mˡˡᵉ", "dʳ", "pʳ"}
)
ENGLISH_LINKS = frozenset({"and", "of", "for", "und", "für"})  # "Clean Rivers and Lakes Trust"
_BEHIND_IMPERATIVE = (DETERMINERS - {"d'"}) | {
    "donc",
    "que",
    "qu'",
    "à",
    "sur",
    "-nous",
    "-le",
    "-la",
    "-les",
    "-en",
}
_QUALITIES = ("able", "ible", "eux", "euse", "ique")
_OF_THINGS = tuple(word_class("endings_of_things"))
_NEVER_NAMES = word_class("never_names")
_TENS = word_class("tens")
_HAPPENED = frozenset(
    word + ending for word in word_class("participles_at_head") for ending in ("", "e", "s", "es")
)
_FROM_WHERE = PREPOSITIONS | CONTRACTED
_SOME = frozenset({"certains", "certaines", "plusieurs"})  # "certains | dénoncent"
SMALL_NUMBERS = word_class("small_numbers")
_ALL = frozenset({"les", "tous", "toutes", "sur"})  # "les deux | assurent", "trois sur quatre | estiment"
_SUBSTANTIVES = word_class("adjectives_for_people") | word_class("ones_and_others") | _SOME | SMALL_NUMBERS
_ALSO_NOUNS = word_class("nouns_like_verbs")
