"""In what capacity does somebody speak? Apposition, title, relative clause, signature."""

from __future__ import annotations

from quotes.extraction.carrier import Carrier
from quotes.extraction.complements import PRESENT_VERBS, party_end
from quotes.extraction.entities import Entity
from quotes.extraction.mentions import NOT_AGENTS, PhraseKind
from quotes.extraction.posts import Role
from quotes.extraction.proper_names import CONTRACTED, DETERMINERS, FUNCTION_WORDS, PEOPLE, RELATIVES
from quotes.extraction.resolve import Cast, happened
from quotes.extraction.tokens import Kind, is_inclusive, printed
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import PLACES
from quotes.french.nouns import noun
from quotes.french.verbs import FORMS
from quotes.model import SpeakerType

_COPULA = word_class("copulas")
_EMPTY = word_class("empty_posts")
# What tells that somebody speaks, not in what capacity: "une source policière", "l'un d'entre eux".
_SOURCES = frozenset(
    {"source", "sources", "passant", "passante", "témoin", "voix", "interlocuteur", "interlocutrice"}
)
_ONE_OF = (
    "l'un d",
    "l’un d",
    "l'une d",
    "l’une d",
    "un des",
    "une des",
    "un d'",
    "une d'",
    "un d’",
    "une d’",
)


def collect_roles(carriers: list[Carrier], cast: Cast) -> None:
    """Give each person of the cast the roles that the article words anywhere."""
    for index, carrier in enumerate(carriers):
        tokens = carrier.tokens
        for k, phrase in enumerate(carrier.phrases):
            if phrase.kind is PhraseKind.PRONOUN:
                continue
            if phrase.kind is PhraseKind.NAME:
                entity = cast.of_phrase(tokens, phrase, index)
                if entity is None or entity.type is not SpeakerType.PERSON:
                    continue
                if phrase.noun is not None and phrase.post is not None:
                    _give(entity, carrier, phrase.post, phrase.head, phrase.gender, phrase.determiner)
                _after(carrier, k, entity)
            other = carrier.appositions.get(k)
            if other is not None and phrase.noun is not None and phrase.post is not None:
                name = carrier.phrases[other]
                entity = cast.of_phrase(tokens, name, index)
                if (
                    entity is not None
                    and entity.type is not SpeakerType.PERSON
                    and name.noun is None
                    and not name.determiner
                ):
                    entity.type = SpeakerType.PERSON
                if entity is not None and entity.type is SpeakerType.PERSON:
                    _give(entity, carrier, phrase.post, phrase.head, phrase.gender, phrase.determiner)


def _give(
    entity: Entity, carrier: Carrier, span: tuple[int, int], head: str, gender: str | None, determiner: str
) -> None:
    tokens = carrier.tokens
    first, last = span
    if last <= first:
        return
    last = _extended(carrier, last)
    text = printed(tokens, first, last)
    if determiner in ("son", "sa"):
        text = f"{tokens[first - 1].text} {text}" if first else text
    if (
        gender
        and not entity.firm
        and entity.type is SpeakerType.PERSON
        and determiner in ("la", "une", "cette", "sa")
    ):
        entity.gender, entity.firm = gender, True
    elif gender == "f" and (entity.gender is None or (not entity.firm and _tells_woman(head))):
        entity.gender = "f"  # "Yannick …, factrice": whatever the first name tells
    elif gender == "m" and entity.gender is None and determiner in ("le", "un", "ce", "son", ""):
        entity.gender = "m"
    if is_inclusive(tokens[first]) and not entity.firm:
        entity.gender = None  # whatever the first name tells
    if not determiner and happened(tokens, first):
        return
    if all(role.text != text for role in entity.roles):
        entity.roles.append(Role(text, head, tokens[first].start, gender))


def _tells_woman(head: str) -> bool:
    """Whether a post is a woman's by its form alone: "factrice", not "ministre" nor "victime"."""
    entries = noun(head)
    return bool(entries) and all(e.gender == "f" and e.kind in ("office", "trade") for e in entries)


def _extended(carrier: Carrier, last: int) -> int:
    """Take in a second post: "fondateur de X et directeur de Y"; and a bracketed place or acronym."""
    tokens = carrier.tokens
    for phrase in carrier.phrases:
        if (
            phrase.first == last + 1
            and last < len(tokens)
            and tokens[last].low == "et"
            and phrase.noun is not None
            and phrase.noun.kind in PEOPLE
            and phrase.determiner in ("", "le", "la", "l'")
            and phrase.kind is PhraseKind.DESCRIPTION
        ):
            last = phrase.last
    if last < len(tokens) and tokens[last].text == "(":
        close = next((j for j in range(last, min(last + 5, len(tokens))) if tokens[j].text == ")"), -1)
        if (
            close > 0
            and tokens[last + 1].capital
            and (tokens[last - 1].capital or tokens[last + 1].text.isupper())
        ):
            last = close + 1  # "maire de Brume (Jura)", not "étudiante (Jura)"
    return last


def _after(carrier: Carrier, k: int, entity: Entity) -> None:
    """What follows a name: "(députée de la Loire)", "est boulanger à X", ", du collectif X"."""
    tokens = carrier.tokens
    phrase = carrier.phrases[k]
    at = phrase.last
    if at + 1 >= len(tokens):
        return
    following = carrier.phrases[k + 1] if k + 1 < len(carrier.phrases) else None
    if tokens[at].text == "(" and party_end(tokens, at + 1):
        entity.labelled = True
    if tokens[at].text in ("(", "–", "—", "-") and following is not None and following.first == at + 1:
        if (
            following.noun is not None
            and following.noun.kind in PEOPLE
            and following.post is not None
            and following.kind is PhraseKind.DESCRIPTION
        ):
            _give(entity, carrier, following.post, following.head, following.gender, following.determiner)
        return
    if tokens[at].text == "," and [t.low for t in tokens[at + 1 : at + 4]] == ["à", "la", "tête"]:
        _at_the_head(carrier, at + 1, entity)
        return
    copula = at
    if tokens[copula].text == "," and copula + 2 < len(tokens) and tokens[copula + 1].low == "qui":
        copula += 2
    elif tokens[copula].low == "qui":
        copula += 1
    if tokens[copula].low in _COPULA or (
        tokens[copula].low == "a" and copula + 1 < len(tokens) and tokens[copula + 1].low == "été"
    ):
        for candidate in carrier.phrases[k + 1 : k + 3]:
            if (
                candidate.first - copula <= 4
                and candidate.noun is not None
                and candidate.noun.kind in PEOPLE
                and candidate.post is not None
                and candidate.kind is PhraseKind.DESCRIPTION
                and candidate.determiner in ("", "le", "la", "l'", "un", "une", "son", "sa")
                and candidate.head not in _EMPTY
                and all(t.kind is not Kind.MARK for t in tokens[copula : candidate.first])
            ):
                _give(entity, carrier, candidate.post, candidate.head, candidate.gender, candidate.determiner)
                break
    elif tokens[at].text == "," and tokens[at + 1].low in ("du", "de", "pour") and at + 2 < len(tokens):
        _member(carrier, at + 1, entity)
    elif tokens[at].text == "," and phrase.name is not None and phrase.name[1] - phrase.name[0] > 1:
        aged = at + 4 < len(tokens) and [t.low for t in tokens[at + 2 : at + 4]] == ["ans", ","]
        _bare_apposition(carrier, at + 4 if aged else at + 1, entity, aged=aged)


def _bare_apposition(carrier: Carrier, at: int, entity: Entity, *, aged: bool) -> None:
    """A post that no list knows, without an article: ", senior planner à l'agence X".

    After an age the ending is enough: ", 27 ans, gaveuse".
    """
    tokens = carrier.tokens
    first = tokens[at]
    if first.low in PRESENT_VERBS or first.low in NOT_AGENTS or (aged and not first.low.endswith(_AGENTS)):
        return
    if (
        first.kind is not Kind.WORD
        or first.capital
        or first.low in FUNCTION_WORDS
        or first.low in FORMS
        or noun(first.low)
    ):
        return
    if first.low.endswith(
        ("ant", "é", "ée", "és", "ées", "i", "ie", "u", "ue", "ment", "is", "ise", "it", "ite")
    ):
        return
    if first.low.endswith(("s", "x")):
        return  # ", éditions du Ponant": no single person
    if not aged and not any(t.low in _LINKS for t in tokens[at + 1 : at + 4]):
        return  # ", reconstitue patiemment": a post that no list knows shows by its complement
    if at + 1 < len(tokens) and tokens[at + 1].low in DETERMINERS - CONTRACTED:
        return  # a verb: ", reconstitue la scène"
    end = at
    while end < len(tokens) and tokens[end].kind is Kind.WORD and tokens[end].low not in RELATIVES:
        end += 1
    if (1 if aged else 2) <= end - at <= 16 and not any(
        t.low in FORMS and any(f.mood == "indicative" for f in FORMS[t.low]) for t in tokens[at + 1 : end]
    ):
        text = printed(tokens, at, end)
        if all(role.text != text for role in entity.roles):
            entity.roles.append(Role(text, first.low, first.start, None))


_AGENTS = ("eur", "euse", "trice", "iste", "ien", "ienne", "ier", "ière", "logue")


def _at_the_head(carrier: Carrier, at: int, entity: Entity) -> None:
    """ ", à la tête de la brigade": a post without a noun for its holder."""
    tokens = carrier.tokens
    end = at + 3
    while end < len(tokens) and end - at < 20 and tokens[end].low not in RELATIVES and (
        tokens[end].kind is Kind.WORD or tokens[end].text in ("(", ")")
    ):  # fmt: skip
        end += 1
    if end - at > 4 and tokens[at + 3].low in _LINKS:
        entity.roles.append(Role(printed(tokens, at, end), "chef", tokens[at].start, None))


_BESIDE = word_class("secondary_posts")
_LINKS = frozenset({"de", "du", "des", "d'", "à", "au", "aux", "chez", "en"})
_BODIES = word_class("membership_bodies")


def _member(carrier: Carrier, at: int, entity: Entity) -> None:
    """ ", du collectif X": belonging to a body, without a post."""
    tokens = carrier.tokens
    noun_at = at + 1
    if tokens[noun_at].low in ("la", "l'", "le") and noun_at + 1 < len(tokens):
        noun_at += 1
    article = tokens[noun_at - 1].low in ("la", "l'", "du")
    place = fold(tokens[noun_at].text) in PLACES
    if tokens[noun_at].low not in _BODIES and not (tokens[noun_at].capital and article and not place):
        return  # ", de Brume": a town; ", de l'Union des vignerons": a body
    end = noun_at
    while end < len(tokens) and tokens[end].kind is Kind.WORD and end - at < 9:
        end += 1
    text = printed(tokens, at, end)
    if all(role.text != text for role in entity.roles):
        entity.roles.append(Role(text, tokens[noun_at].low, tokens[at].start, None))


def best_role(entity: Entity) -> str | None:
    """The fullest wording of what somebody is; ``None`` where the article gives none."""
    best: tuple[float, str] | None = None
    for role in entity.roles:
        words = role.text.split()
        if entity.type is SpeakerType.UNNAMED and (role.head in _SOURCES or role.text.startswith(_ONE_OF)):
            continue
        if role.head in _EMPTY and len(words) < 3:
            continue
        short = len(words) == 1 or words[-1] == "ans"
        demonym = short and role.text[0].isupper() and not role.text.isupper()
        related = any(n.kind == "relation" for n in noun(role.head))  # of whom they are, not what they do
        score = (
            float(min(len(words), 3 if related else 12))
            + (2.0 if any(n.kind in ("office", "trade") for n in noun(role.head)) else 0.0)
            - (3.0 if words[-1] == "ans" else 0.0)  # "élue de 71 ans" says no more than "élue"
            - (3.0 if demonym else 0.0)
            - (
                2.0 if words[0].lower() in ("ancien", "ancienne", "ex") else 0.0
            )  # what somebody is goes first
            - (4.0 if related else 0.0)
            - (4.0 if role.head in _BESIDE else 0.0)
            - (0.5 if len(words) > 18 else 0.0)
            - (10.0 if role.head in _EMPTY else 0.0)
        )
        if best is None or score > best[0]:
            best = (score, role.text)
    return best[1] if best else None
