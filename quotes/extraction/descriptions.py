"""The description that begins with a determiner, or with a post that has none: "la ministre de la Culture".

Its noun is one that a list knows, a name that has an article, or a word that stands where somebody acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from quotes.extraction.bare_posts import BEFORE_POST
from quotes.extraction.bearers import name_inside
from quotes.extraction.body_names import body_run
from quotes.extraction.complements import description_end
from quotes.extraction.heard import MAY_BE_HEARD, heard
from quotes.extraction.leads import (
    COMPOUND_BODIES,
    COMPOUND_GROUPS,
    COMPOUNDS,
    compound_length,
    lead_to_noun,
)
from quotes.extraction.names_in_marks import is_people_in_marks
from quotes.extraction.phrases import DESCRIPTION, NAME, Phrase
from quotes.extraction.pronouns import ARTICLE_GENDER
from quotes.extraction.proper_names import (
    CONTRACTED,
    DEFINITE,
    FUNCTION_WORDS,
    INDEFINITE,
    PEOPLE,
    PLAIN_LINKS,
    PREPOSITIONS,
    SMALL_NUMBERS,
    SPEECH_NOUNS,
    THE,
    TITLES_LOW,
    Vocabulary,
    is_first_name,
    known_body_end,
    name_run,
    person_noun,
)
from quotes.extraction.tokens import MARK, NUMBER, QUOTE, WORD, Token, spelt
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import DEMONYM_GENDERS, DEMONYMS, ORGANIZATIONS, PLACES
from quotes.french.nouns import Noun, noun
from quotes.french.verbs import AUXILIARIES, FORMS

FEMININE = frozenset({"la", "une", "cette"})
MASCULINE = frozenset({"le", "un", "ce", "cet", "du", "au"})
_PLURAL = frozenset(
    {"les", "des", "aux", "ces", "ses", "leurs", "plusieurs", "certains", "certaines", "quelques"}
)
NOT_AGENTS = word_class("not_agents")
_MEASURES = word_class("slight_measures")
_BEFORE_ANOTHER = PLAIN_LINKS | DEFINITE | CONTRACTED | {"et", "à"}  # "devant les élus de | Léa Roy"
_WITHOUT_PATRON = word_class("bodies_without_patron") | word_class("media_nouns")
_THINGS: dict[str, set[str]] = {}  # their articles, by the noun
for _words in word_class("things_by_their_article"):
    _THINGS.setdefault(_words.split()[1], set()).add(_words.split()[0])
_MUTE = word_class("mute_things")
_OF_MUTE = tuple(word_class("endings_of_things"))
_LIKE_MUTE = word_class("people_with_endings_of_things") | word_class("texts_with_endings_of_things")
_CAPITAL_TEXTS = word_class("texts_with_capitals")


def description_at(tokens: Sequence[Token], i: int, words: Vocabulary, before: str) -> Phrase | None:
    """A determiner, what may stand before the noun, the noun, its complements, and maybe a name."""
    lead = lead_to_noun(tokens, i)
    if lead is None:
        return None
    determiner, begin, at, quantified = lead
    if determiner in ("de", "d'") and (at == begin or (tokens[begin].kind is NUMBER and before)):
        return None  # "de nombreux experts" speaks, "de 412 personnes" is a complement
    several = begin + (determiner == "l'")  # "l'un | des", "un | des"
    one_of = (
        at > several
        and not quantified
        and tokens[several].low in ("des", "de", "d'")
        and tokens[several - 1].low in ("un", "une")
    )
    if one_of and determiner != "l'":
        begin = i  # the role of one of several is "un des organisateurs"
    capital = tokens[at].capital
    if capital and _opens_paper(tokens, i, at, determiner):
        return _named_after_determiner(tokens, i, i + 1, words, before, determiner)
    compound = _compound(tokens, at) if tokens[at].low in _OPEN_COMPOUNDS else 0
    readings = _readings(tokens, i, at, determiner, compound, one_of=one_of)
    at += compound - (compound > 0)
    if not readings:
        unknown = _named_after_determiner if capital else _thing
        return unknown(tokens, i, at, words, before, determiner)
    entry = _reading(readings, determiner)
    if determiner in ("un", "une") and entry.number == "p" and not (one_of or quantified):
        return None  # "soixante et un élèves": the one is a part of a number
    if determiner in ("le", "") and is_lawyer(tokens, at):
        entry = Noun("conseil", "office", "m", "s")
    if entry.kind not in PEOPLE and _is_verb(tokens, at, entry, before):
        return None
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if following.startswith("-") and following not in ("-ci", "-là"):
        return None
    end = _described_end(tokens, i, at, words, entry, apposed=not determiner or before == ",")
    number = _number(determiner, entry, quantified=quantified)
    unborne = entry.lemma in _WITHOUT_PATRON and entry.kind not in PEOPLE
    if unborne or entry.kind == "document" or (number == "p" and not one_of):
        end = _before_a_person(tokens, at + 1, end, words)
    # "la tête de liste, Paul Roy"; "une trentaine | de pêcheurs" are no women
    gender = None if compound else entry.gender if quantified else _gender(determiner, entry)
    if one_of:
        number, determiner = "s", "un"
        gender = "f" if tokens[several - 1].low == "une" else gender  # "une des gilets jaunes"
    name: tuple[int, int] | None = None
    post_end = end
    # After a name and a comma a post without an article has no bearer of its own.
    apposed = before == "," or before in BEFORE_POST
    if entry.kind in PEOPLE and not (not determiner and apposed and not tokens[i].capital):
        start = name_inside(tokens, at + 1, end, words)
        if start is not None and not _another_bears(tokens, start, end, words, determiner):
            name, post_end = (start, end), start
            while post_end > at + 1 and tokens[post_end - 1].low in TITLES_LOW:
                post_end -= 1
    kind = NAME if name else DESCRIPTION
    post = (at if quantified else begin, post_end)
    return Phrase(i, end, kind, tokens[at].low, entry, determiner, number, gender, name, post, before=before)


def _described_end(
    tokens: Sequence[Token], i: int, at: int, words: Vocabulary, entry: Noun, *, apposed: bool
) -> int:
    """The end of a description that begins at ``i`` with its noun at ``at``, but for who is named behind."""
    end = description_end(tokens, at + 1, words, entry, apposed=apposed)
    if tokens[at].capital:
        end = max(end, known_body_end(tokens, at))
    told_to = i > 1 and (tokens[i].low in ("au", "aux") or tokens[i - 1].low in ("à", "devant"))
    return _before_who_speaks(tokens, i, at + 1, end) if told_to else end


def says_nothing(phrase: Phrase) -> bool:
    """Whether a thing is described that never speaks: "la hausse", "les regards", but not "ces comptes"."""
    entry = phrase.noun
    return entry is not None and entry.kind == "thing" and (phrase.number == "s" or _is_mute(phrase.head))


def _is_mute(low: str) -> bool:
    """Whether a word, if no list knows it, stands for things only: "regards", "revendications"."""
    if low.endswith(_OF_MUTE):
        return low not in _LIKE_MUTE
    return low in _MUTE or (low.endswith(("s", "x")) and low[:-1] in _MUTE)


def _another_bears(tokens: Sequence[Token], start: int, end: int, words: Vocabulary, determiner: str) -> bool:
    """Whether a post that holds a name is another's: "le chef du garage Brumax|, Léa Roy,"."""
    at = end + 1
    if determiner not in THE or at + 1 >= len(tokens) or tokens[end].text != "," or not tokens[at].capital:
        return False
    titled = tokens[at].low in TITLES_LOW
    if is_first_name(tokens[start].text) or not (titled or is_first_name(tokens[at].text)):
        return False
    run = name_run(tokens, at + titled, words)
    closed = run >= len(tokens) or tokens[run].kind is MARK
    return run - at > 1 and closed


def _opens_paper(tokens: Sequence[Token], i: int, at: int, determiner: str) -> bool:
    """Whether a paper's name follows its article: "le Courrier de Brume"."""
    first = tokens[at]
    if at != i + 1 or determiner not in DEFINITE or first.text.isupper():
        return False
    return {entry.kind for entry in noun(first.low)} == {"document"} and first.low not in _CAPITAL_TEXTS


def _before_who_speaks(tokens: Sequence[Token], i: int, at: int, end: int) -> int:
    """Where those spoken to end, if people who speak follow, else ``end``.

    "ont dit aux gendarmes | des témoins"
    """
    verb = i - 1 - (tokens[i - 1].low in ("à", "devant"))
    if verb < 1 or not _several_say(tokens, verb):
        return end
    return next(
        (k for k in range(at, end - 1) if tokens[k].low == "des" and _are_people(tokens[k + 1].low)), end
    )


def _several_say(tokens: Sequence[Token], verb: int) -> bool:
    """Whether the verb of an incise stands here, and in the plural: "« … », ont | dit", "« … », disent"."""
    first = verb - (tokens[verb - 1].low in AUXILIARIES)
    forms = FORMS.get(tokens[first].low, ())
    several = any(f.number == "p" and f.person == 3 for f in forms)
    return several and first > 0 and (tokens[first - 1].kind is QUOTE or tokens[first - 1].text == ",")


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
    if start == end:
        return end
    several = end < len(tokens) and (
        tokens[end].low in ("et", "ou")
        or (tokens[end].text == "," and end + 1 < len(tokens) and tokens[end + 1].capital)
    )
    linked = start > at and tokens[start - 1].low in _BEFORE_ANOTHER
    if several or linked or tokens[start - 1].kind is not WORD:
        return end
    told_to = tokens[start - 1].low == "presse" or _are_people(tokens[start - 1].low)
    if told_to and start + 1 < end and tokens[start].low in TITLES_LOW:
        return start  # "a dit à la presse | Me Roy"
    begin = next((k for k in range(start, end) if _begins_person(tokens[k].text)), end)
    # "parmi ces manifestants | Valentine, 24 ans", "a dit à la presse | Valentine, infirmière"
    aged = end + 2 < len(tokens) and tokens[end + 2].low == "ans"
    alone = begin + 1 == end and (aged or (told_to and begin == start and _is_set_off(tokens, end)))
    if (begin + 1 >= end and not alone) or name_run(tokens, begin, words) != end:
        return end
    while begin > at and tokens[begin - 1].low in TITLES_LOW:
        begin -= 1
    # "le conseil de l'étudiant Jeanne Roy": the complement may be the bearer's
    return end if tokens[begin - 1].kind is WORD and _is_one_person(tokens[begin - 1].low) else begin


def _is_set_off(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma or a bracket stands at ``at``, which goes on to tell who somebody is."""
    return at + 1 < len(tokens) and tokens[at].text in (",", "(", "*")


def _is_one_person(low: str) -> bool:
    entry = person_noun(low)
    return entry is not None and entry.number == "s"


def _begins_person(text: str) -> bool:
    return is_first_name(text) and fold(text) not in PLACES  # "le journal de France Inter"


def _readings(
    tokens: Sequence[Token], i: int, at: int, determiner: str, compound: int, *, one_of: bool
) -> Sequence[Noun]:
    """What the noun at ``at`` may denote."""
    low = tokens[at].low
    if is_people_in_marks(tokens[at]):  # one word where it stands in marks
        return (Noun(low, "description", None, "p" if low.endswith(("s", "x")) else "s"),)
    if compound:
        joined = " ".join(t.low for t in tokens[at : at + compound])
        if joined in COMPOUND_BODIES:
            return (Noun(joined, "organization", None, "s"),)
        if joined in COMPOUND_GROUPS:
            return (Noun(joined, "group", None, "p" if determiner in _PLURAL else "s"),)
        worn = joined in _PEOPLE_IN_MARKS  # "un gilet jaune"
        number: Literal["s", "p"] = "p" if worn and low.endswith("s") else "s"
        return (Noun(low, "description" if worn else "office", None, number),)
    loud = heard(tokens, i, at) if low in MAY_BE_HEARD else None
    if loud is not None:
        return (loud,)
    readings = () if low in _THINGS and determiner in _THINGS[low] else noun(low)
    if readings:
        return readings
    if low.startswith("ex-"):
        readings = noun(low[3:])
    some_of = at == i + 2 and tokens[i + 1].low == "des" and tokens[i].low in _SOME_FROM  # "deux des gogos"
    if not readings and at > i + 1 and are_from_there(tokens[at]):
        return (Noun(low, "description", None, "p"),)  # "un tiers des | Belges", "de nombreux | Belges"
    if not readings and (one_of or some_of) and not _is_mute(low):
        return (Noun(low, "description", None, "p"),)
    return readings


def are_from_there(token: Token) -> bool:
    """Whether people are named by where they are from: "Belges", "Marseillaises"."""
    return token.capital and token.low.endswith(("s", "x")) and fold(token.text) in DEMONYMS


def _compound(tokens: Sequence[Token], at: int) -> int:
    """How many words at ``at`` are one word for a person or a body; 0 where none is."""
    return compound_length(tokens, at) or _laureate(tokens, at)


def _laureate(tokens: Sequence[Token], at: int) -> int:
    """How many words name who has a prize, whose name follows: "le | prix Nobel de la paix 2014 Léa Roy"."""
    if tokens[at].low != "prix" or at + 1 >= len(tokens) or not tokens[at + 1].capital:
        return 0
    for j in range(at + 2, min(at + _LONGEST_PRIZE, len(tokens) - 1)):
        if tokens[j].capital:
            named = is_first_name(tokens[j].text) and tokens[j + 1].capital
            return 2 if named and tokens[j - 1].low not in PLAIN_LINKS else 0
        if tokens[j].kind is not NUMBER and (tokens[j].kind is not WORD or tokens[j].low in FORMS):
            break
    return 0


_LONGEST_PRIZE = 8  # tokens of "prix Nobel de la paix 2014" and a name
_OPEN_COMPOUNDS = COMPOUNDS.keys() | {"prix"}


def _number(determiner: str, entry: Noun, *, quantified: bool) -> str:
    plural = quantified or determiner in _PLURAL_DETERMINERS
    one = determiner == "l'" and entry.kind in PEOPLE  # "l'Insoumis Paul Roy"
    return "p" if plural or (entry.number == "p" and determiner == "") else "s" if one else entry.number


def _gender(determiner: str, entry: Noun) -> str | None:
    if determiner in FEMININE:
        return "f"
    return "m" if determiner in MASCULINE and entry.gender != "f" else entry.gender


_PEOPLE_IN_MARKS = word_class("people_in_marks")
_SINGULAR_INDEFINITES = frozenset({"un", "une", "aucun", "aucune", "chaque", "nul", "nulle"})
_PLURAL_DETERMINERS = (
    _PLURAL | {"beaucoup", "nos", "mes", "vos", "d'", "de"} | (INDEFINITE - _SINGULAR_INDEFINITES)
)


def _is_verb(tokens: Sequence[Token], at: int, entry: Noun, before: str) -> bool:
    """Whether what is spelt like a noun is a verb: "comme le | note X", "comme le | titre Le Courrier"."""
    article = tokens[at - 1].low
    if entry.gender == "f" and article in ("le", "un", "ce"):
        return True
    named = at + 1 < len(tokens) and tokens[at + 1].capital
    return named and before == "comme" and article in _OBJECTS and tokens[at].low in FORMS


def _thing(
    tokens: Sequence[Token], i: int, at: int, words: Vocabulary, before: str, determiner: str
) -> Phrase | None:
    """A noun that no list knows, in a subject's place: it may speak ("ces comptes"), and bars others."""
    # "a tweeté la superstar Jeanne Roy", but "a protesté devant une salle comble Jeanne Roy"
    said = before in FORMS and before not in PREPOSITIONS and determiner in ARTICLE_GENDER
    relative = at + 1 < len(tokens) and tokens[at + 1].low == "qui"
    if before not in _SUBJECT_SLOTS and not relative and not said:
        return None
    token = tokens[at]
    if determiner not in _OPEN_DETERMINERS or token.low in FUNCTION_WORDS or token.low.startswith("-"):
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
    if (determiner == "un" and token.low in _MEASURES) or (determiner == "ce" and token.low in AUXILIARIES):
        return None  # "Ce | sont des voisins"
    pronoun = determiner in ("le", "la", "l'", "les", "leur") and before not in ("", ",", ":", ";", "«»")
    if token.low in FORMS and pronoun:
        return None
    if determiner in (*_OBJECTS, "leur") and before == "," and i > 1 and tokens[i - 2].kind is QUOTE:
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
    if said and not (full and name > at + 1) and not (agent and determiner in ("un", "une")):
        return None  # "confie une rempailleuse": who acts by trade, if not by name
    if full:
        # "le geek Jean Roy": who bears a full name is a person, whatever the noun
        entry = Noun(token.low, "trade", entry.gender, "s")
        return Phrase(
            i,
            end,
            NAME,
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
        i, end, DESCRIPTION, token.low, entry, determiner, entry.number, entry.gender,
        post=(at, end), before=before,
    )  # fmt: skip


_OBJECTS = frozenset({"le", "la", "l'", "les"})
_OPEN_DETERMINERS = word_class("subject_determiners")
_SUBJECT_SLOTS = frozenset(
    {"", ",", "que", "qu'", "et", "mais", "car", "où", "si", "quand", "lorsque", "dont", "«»", ":", ";"}
)


def is_lawyer(tokens: Sequence[Token], at: int) -> bool:
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
    named = tokens[after].capital and is_first_name(tokens[after].text)
    # "le conseil de l'étudiant | Me Roy"
    titled = after + 1 < len(tokens) and tokens[after + 1].low == "me" and tokens[after + 1].capital
    return named or titled or tokens[after].low in _DEFENDED


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
    if at != i + 1:
        return None
    key = fold(tokens[at].text)
    # "Jeanne, une Alsacienne de Brume", "cette Alsacienne de 51 ans", "promet un Alsacien"
    counted = determiner in _SOME_FROM or determiner in SMALL_NUMBERS
    apposed = key in DEMONYMS and (determiner in _ONE_FROM or counted)
    if not (determiner in DEFINITE or apposed):
        return None
    body = ORGANIZATIONS.get(key)
    belongs = key in DEMONYMS or (body is not None and body.kind == "party")  # "le PS Paul Roy"
    run = name_run(tokens, at + 1, words) if belongs and at + 1 < len(tokens) else at + 1
    if run > at + 2 and fold(spelt(tokens, at, run)) not in ORGANIZATIONS:
        # "la Suédoise Karin Holm"
        gender = ARTICLE_GENDER.get(determiner)
        entry = Noun(tokens[at].low, "description", gender, "s")
        return Phrase(
            i, run, NAME, tokens[at].low, entry, determiner, "s", gender,
            (at + 1, run), (at, at + 1), before=before,
        )  # fmt: skip
    if (
        (
            key in DEMONYMS
            or (key.endswith(_OF_PLACES) and key not in ORGANIZATIONS and not noun(tokens[at].low))
        )
        and (key not in PLACES or (determiner == "le" and key in _COUNTRIES_OF_WOMEN))
        and not (tokens[i].capital and i)
        and (at + 1 >= len(tokens) or not tokens[at + 1].capital)
    ):
        # "la Lilloise", "les Marseillais", "l'Espagnol"
        gender = ARTICLE_GENDER.get(determiner) or DEMONYM_GENDERS.get(key)
        number: Literal["s", "p"] = "p" if counted or determiner == "les" else "s"
        entry = Noun(tokens[at].low, "description", gender, number)
        end = description_end(tokens, at + 1, words, entry) if apposed else at + 1
        return Phrase(
            i,
            end,
            DESCRIPTION,
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
    text = spelt(tokens, at, end)
    return Phrase(
        i,
        end,
        NAME,
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


# What is a place behind "la" and a man behind "le": "le Suisse".
_COUNTRIES_OF_WOMEN = frozenset({"suisse", "corse"})
_DEFENDED = word_class("who_is_defended")
