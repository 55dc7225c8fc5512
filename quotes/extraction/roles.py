"""In what capacity does somebody speak? Apposition, title, relative clause, signature."""

from __future__ import annotations

from quotes.extraction.adjectives import PRESENT_VERBS
from quotes.extraction.antecedents import happened
from quotes.extraction.carrier import Carrier, joined_post, predicated_post, verb_of
from quotes.extraction.descriptions import NOT_AGENTS
from quotes.extraction.entities import PERSON, UNNAMED, Entity
from quotes.extraction.insertions import whole_list
from quotes.extraction.phrases import DESCRIPTION, NAME, PRONOUN, Phrase
from quotes.extraction.posts import Role, telling_words
from quotes.extraction.proper_names import (
    CONTRACTED,
    DETERMINERS,
    FUNCTION_WORDS,
    PEOPLE,
    PLAIN_LINKS,
    RELATIVES,
    THE,
    is_first_name,
)
from quotes.extraction.relatives import PLACED
from quotes.extraction.resolve import Cast
from quotes.extraction.tokens import MARK, QUOTE, WORD, is_inclusive, printed, spelt
from quotes.extraction.worded_names import party_end
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import DEMONYMS, ORGANIZATIONS, PLACES
from quotes.french.nouns import is_body, noun
from quotes.french.verbs import FORMS, is_indicative
from quotes.model import SpeakerType

_EMPTY = word_class("empty_posts")
_TELLING = tuple(fold(words) for words in word_class("empty_nouns_in_posts"))  # "homme d'affaires"
# What tells that somebody speaks, not in what capacity: "une source policière", "l'un d'entre eux".
_SOURCES = frozenset(
    {"source", "sources", "voix", "interlocuteur", "interlocutrice", "intervenant", "intervenante"}
)
_ONE_OF_THEM = ("d'eux", "d’eux", "d'elles", "d’elles", "entre eux", "entre elles")


def collect_roles(carriers: list[Carrier], cast: Cast) -> None:
    """Give each person of the cast the roles that the article words anywhere."""
    for index, carrier in enumerate(carriers):
        if index:
            _told_next(carriers[index - 1], index - 1, carrier, cast)
        for k, phrase in enumerate(carrier.phrases):
            if phrase.kind is NAME:
                entity = cast.of_phrase(carrier.tokens, phrase, index)
                if entity is None or entity.type is not PERSON:
                    continue
                if phrase.noun is not None:
                    _give_post(entity, carrier, phrase)
                _after(carrier, k, entity)
            elif phrase.kind is DESCRIPTION and phrase.noun is not None:
                if phrase.noun.kind not in PEOPLE:
                    _owner_role(carrier, k, cast)
                elif phrase.number == "p":
                    _share(carrier, k, index, cast)
                elif phrase.number == "s":
                    _of_the_only_holder(carrier, k, index, cast)
            if k in carrier.appositions:
                _apposed_role(carrier, k, index, cast)


def _of_the_only_holder(carrier: Carrier, k: int, index: int, cast: Cast) -> None:
    """ "Le directeur s'appelle Léa Roy": the post of whom the sentence names."""
    named = _named_in_so_many_words(carrier, k)
    bearer = cast.of_phrase(carrier.tokens, named, index) if named is not None else None
    if bearer is not None and bearer.type is PERSON:
        _give_post(bearer, carrier, carrier.phrases[k])


def _apposed_role(carrier: Carrier, k: int, index: int, cast: Cast) -> None:
    """ "Léa Roy, la maire", "la maire, Léa Roy": who is named beside a post is a person and holds it."""
    phrase, name = carrier.phrases[k], carrier.phrases[carrier.appositions[k]]
    if phrase.noun is None or phrase.noun.kind not in PEOPLE or phrase.post is None:
        return
    entity = cast.of_phrase(carrier.tokens, name, index)
    if entity is None:
        return
    if name.noun is None and not name.determiner:
        entity.type = PERSON
    if entity.type is UNNAMED or entity.type is PERSON:
        _give_post(entity, carrier, phrase)
        if phrase.determiner in ("son", "sa"):
            _led(entity, carrier, k)


def _told_next(before: Carrier, at: int, carrier: Carrier, cast: Cast) -> None:
    """ "Léa Roy vit à Brume. | Elle est guide": the post of who alone is named in the sentence before."""
    if not carrier.phrases or before.sentence.paragraph != carrier.sentence.paragraph:
        return
    pronoun = carrier.phrases[0]
    if pronoun.first or pronoun.head not in _HERSELF:
        return
    people = [p for k, p in enumerate(before.phrases) if _may_be_meant(before, k)]
    name = people[0] if len(people) == 1 else pronoun
    if name.kind is not NAME:
        return
    post = predicated_post(carrier, pronoun.last)
    entity = cast.of_phrase(before.tokens, name, at) if post is not None else None
    if post is None or post.post is None or entity is None or entity.type is not PERSON:
        return
    if entity.gender in (None, _HERSELF[pronoun.head]) and not _is_empty(carrier, post):
        _give(entity, carrier, post.post, post.head, post.gender, post.determiner)


_HERSELF = {"il": "m", "elle": "f"}
_WITNESSES = frozenset({"je", "j'", "nous", "on", "vous"})


def _may_be_meant(carrier: Carrier, k: int) -> bool:
    """Whether the next sentence's pronoun may mean a phrase: no place, no thing, no post of one named."""
    phrase = carrier.phrases[k]
    if phrase.kind is PRONOUN:
        return phrase.head not in _WITNESSES
    if phrase.kind is NAME:
        return phrase.before not in PLACED
    return phrase.noun is not None and phrase.noun.kind in PEOPLE and k not in carrier.appositions


def _named_in_so_many_words(carrier: Carrier, k: int) -> Phrase | None:
    """The name that a sentence gives a holder: "Le directeur s'appelle | Léa Roy", "… (| Léa Roy)"."""
    post = carrier.phrases[k]
    if k + 1 == len(carrier.phrases):
        return None
    name, tokens = carrier.phrases[k + 1], carrier.tokens
    if post.noun is None or post.noun.kind not in ("office", "trade") or post.determiner not in THE:
        return None
    between = [t.low for t in tokens[post.last : name.first]]
    bracketed = between == ["("] and name.last < len(tokens) and tokens[name.last].text == ")"
    full = name.kind is NAME and name.noun is None and name.last - name.first > 1
    return name if full and (bracketed or between in _NAMING) else None


_NAMING = (["s'", "appelle"], ["se", "nomme"], [",", "c'", "est"], ["n'", "est", "autre", "que"])


def _led(entity: Entity, carrier: Carrier, k: int) -> None:
    """ "l'Union des commerçantes, sa présidente, Léa Roy": "la présidente de l'Union" means her, too."""
    body = next(
        (p for p in reversed(carrier.phrases[:k]) if p.noun is not None and p.noun.kind == "organization"),
        None,
    )
    if body is not None and entity.roles:
        entity.roles[-1].words |= telling_words(printed(carrier.tokens, body.first, body.last))


def _owner_role(carrier: Carrier, k: int, cast: Cast) -> None:
    """ "une lettre de Jeanne Roy, présidente du club": the post of whose text or thing it is."""
    phrase, tokens = carrier.phrases[k], carrier.tokens
    post = carrier.phrases[k + 1] if k + 1 < len(carrier.phrases) else None
    if (
        post is None
        or post.first != phrase.last + 1
        or tokens[phrase.last].text != ","
        or post.determiner
        or post.kind is not DESCRIPTION
        or post.noun is None
        or post.noun.kind not in PEOPLE
        or post.post is None
    ):
        return
    start = phrase.last
    while start > phrase.first and tokens[start - 1].capital:
        start -= 1
    owner = cast.named(spelt(tokens, start, phrase.last)) if phrase.last - start > 1 else None
    if owner is not None:
        _give(owner, carrier, post.post, post.head, post.gender, post.determiner)


def _share(carrier: Carrier, k: int, index: int, cast: Cast) -> None:
    """ "les ministres, Jeanne Roy et Paul Morel", "Jeanne Roy et Paul Morel, les gérants": each has it."""
    post = carrier.phrases[k]
    if post.noun is None or post.noun.kind not in ("office", "trade") or post.post is None:
        return
    for names in (_listed_after(carrier, k), _listed_before(carrier, k)):
        if len(names) < 2:
            continue
        for name in names:
            entity = cast.of_phrase(carrier.tokens, name, index)
            if entity is not None and entity.type is PERSON:
                start = carrier.tokens[post.first].start
                _add(entity, Role(printed(carrier.tokens, *post.post), post.head, start, None, inferred=True))


def _listed_after(carrier: Carrier, k: int) -> list[Phrase]:
    """The names, parted by commas and "et", right behind a phrase."""
    found: list[Phrase] = []
    at = carrier.phrases[k].last
    for phrase in carrier.phrases[k + 1 :]:
        if phrase.kind is not NAME or phrase.first - at > 1 or not _lists(carrier, at, phrase.first):
            break
        found.append(phrase)
        at = phrase.last
    return found


def _listed_before(carrier: Carrier, k: int) -> list[Phrase]:
    """The names, parted by commas and "et", right ahead of a phrase and its comma."""
    found: list[Phrase] = []
    at = carrier.phrases[k].first
    for phrase in reversed(carrier.phrases[:k]):
        near = phrase.kind is NAME and at - phrase.last == 1
        if (
            not near
            or not _lists(carrier, phrase.last, at)
            or (not found and carrier.tokens[at - 1].low == "et")
        ):
            break
        found.append(phrase)
        at = phrase.first
    return found


def _lists(carrier: Carrier, first: int, last: int) -> bool:
    return all(carrier.tokens[j].low in (",", "et") for j in range(first, last))


def _give_post(entity: Entity, carrier: Carrier, phrase: Phrase) -> None:
    """Give somebody the post that a phrase words."""
    if phrase.post is not None:
        _give(entity, carrier, phrase.post, phrase.head, phrase.gender, phrase.determiner)


def _give(
    entity: Entity, carrier: Carrier, span: tuple[int, int], head: str, gender: str | None, determiner: str
) -> None:
    tokens = carrier.tokens
    first, last = span
    if last <= first or head in _NO_POSTS:
        return
    last = _before_meeting(carrier, first, _extended(carrier, last))
    text = printed(tokens, first, last)
    if determiner in ("son", "sa"):
        text = f"{tokens[first - 1].text} {text}" if first else text
    if gender and not entity.firm and entity.type is PERSON and determiner in ("la", "une", "cette", "sa"):
        entity.gender, entity.firm = gender, True
    elif gender == "f" and not entity.firm and _tells_woman(head):
        entity.gender = "f"  # "Yannick …, factrice": whatever the first name tells
    elif entity.gender is None and entity.type is PERSON:
        entity.gender = _shown_gender(carrier, first, last, gender, determiner)
    if is_inclusive(tokens[first]) and not entity.firm:
        entity.gender = None  # whatever the first name tells
    if not determiner and happened(tokens, first):
        return
    _add(entity, Role(text, head, tokens[first].start, gender))


def _shown_gender(carrier: Carrier, first: int, last: int, gender: str | None, determiner: str) -> str | None:
    """The gender that a post shows, by its noun or by the adjectives beside it."""
    if gender == "f" or (gender == "m" and determiner not in ("la", "une", "cette", "sa")):
        return gender
    for token in carrier.tokens[first:last]:
        if token.low in PLAIN_LINKS or token.kind is not WORD:
            break
        if token.low in _FEMININE_BEFORE or any(n.gender == "f" for n in noun(token.low) if n.kind in PEOPLE):
            return "f"
        if token.low in _MASCULINE_BEFORE:
            return "m"
        if (
            token.low.endswith(("ée", "ienne", "aise", "oise", "trice", "euse"))
            and fold(token.low) not in PLACES
        ):
            return "f"
    return None


_FEMININE_BEFORE = frozenset({"ancienne", "nouvelle", "première", "vieille", "jolie", "actuelle"})
_MASCULINE_BEFORE = frozenset({"ancien", "nouveau", "premier", "vieux", "actuel"})


def _before_meeting(carrier: Carrier, first: int, last: int) -> int:
    """Where, in a post, a meeting with its holder is told: "guide de 30 ans | rencontrée au port"."""
    met = (at for at in range(first + 1, last) if carrier.tokens[at].low in _MET)
    return next(met, last)


_MET = word_class("participles_of_meeting")


def _tells_woman(head: str) -> bool:
    """Whether a post is a woman's by its form alone: "factrice", not "ministre" nor "victime"."""
    entries = noun(head)
    return bool(entries) and all(e.gender == "f" and e.kind in ("office", "trade") for e in entries)


def _extended(carrier: Carrier, last: int) -> int:
    """Take in a second post: "fondateur de X et directeur de Y"; a bracketed place, a list of complements."""
    tokens = carrier.tokens
    last = whole_list(tokens, last)
    for phrase in carrier.phrases:
        if (
            phrase.first == last + 1
            and last < len(tokens)
            and tokens[last].low == "et"
            and phrase.noun is not None
            and phrase.noun.kind in PEOPLE
            and phrase.determiner in ("", "le", "la", "l'")
            and phrase.kind is DESCRIPTION
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
    if tokens[at].text == "(":
        _label(carrier, at + 1, entity)
    if tokens[at].text in ("(", "–", "—", "-") and following is not None and following.first == at + 1:
        if (
            following.noun is not None
            and following.noun.kind in PEOPLE
            and following.post is not None
            and following.kind is DESCRIPTION
        ):
            _give(entity, carrier, following.post, following.head, following.gender, following.determiner)
        return
    if tokens[at].text == ",":
        worded = [t.low for t in tokens[at + 1 : at + 4]]
        if worded == ["à", "la", "tête"]:
            _without_noun(carrier, at + 1, at + 4, entity, "chef")
            return
        if worded[:2] == ["en", "charge"]:
            _without_noun(carrier, at + 1, at + 3, entity, "chargé")
            return
    post = predicated_post(carrier, verb_of(carrier, k)) or joined_post(carrier, k)
    if post is not None and post.post is not None and not _is_empty(carrier, post):
        _give(entity, carrier, post.post, post.head, post.gender, post.determiner)
    elif at + 2 < len(tokens) and tokens[at + (tokens[at].text == ",")].low in _OF_A_BODY:
        _member(carrier, at + (tokens[at].text == ","), entity, close=tokens[at].text != ",")
    elif tokens[at].text == "," and phrase.has_full_name:
        aged = at + 4 < len(tokens) and [t.low for t in tokens[at + 2 : at + 4]] == ["ans", ","]
        _bare_apposition(carrier, at + 4 if aged else at + 1, entity, aged=aged)


def _is_empty(carrier: Carrier, post: Phrase) -> bool:
    """Whether a post says nothing of a capacity to speak: "est une femme", not "est une femme d'affaires"."""
    if post.post is None or post.head not in _EMPTY:
        return post.post is None
    return not fold(printed(carrier.tokens, *post.post)).startswith(_TELLING)


def _bare_apposition(carrier: Carrier, at: int, entity: Entity, *, aged: bool) -> None:
    """A post that no list knows, without an article: ", senior planner à l'agence X".

    After an age the ending is enough: ", 27 ans, gaveuse".
    """
    tokens = carrier.tokens
    first = tokens[at]
    if first.low == "prix" and at + 1 < len(tokens) and tokens[at + 1].capital:
        _until_mark(carrier, at, entity)  # ", prix Nobel de la paix"
        return
    if first.low in _NO_TRADES or (aged and not first.low.endswith(_AGENTS)):
        return
    if (
        first.kind is not WORD
        or first.capital
        or first.low in FUNCTION_WORDS
        or first.low in FORMS
        or noun(first.low)
    ):
        return
    if first.low.endswith(
        (
            "ant",
            "é",
            "ée",
            "és",
            "ées",
            "i",
            "ie",
            "u",
            "ue",
            "ment",
            "is",
            "ise",
            "it",
            "ite",
            "ble",
            "if",
            "ive",
        )
    ):
        return
    if first.low.endswith(("s", "x")):
        return  # ", éditions du Ponant": no single person
    if not aged and not any(t.low in _LINKS for t in tokens[at + 1 : at + 4]):
        return  # ", reconstitue patiemment": a post that no list knows shows by its complement
    if at + 1 < len(tokens) and tokens[at + 1].low in DETERMINERS - CONTRACTED:
        return  # a verb: ", reconstitue la scène"
    _until_mark(carrier, at, entity, shortest=1 if aged else 2)


def _until_mark(carrier: Carrier, at: int, entity: Entity, *, shortest: int = 2) -> None:
    """Give somebody the role that goes on to the next mark, if it holds no verb and tells of no bearing.

    ", micro en | main" and ", cigarette aux | lèvres" tell how somebody stands there.
    """
    tokens = carrier.tokens
    end = at
    while end < len(tokens) and tokens[end].kind is not QUOTE and tokens[end].low not in RELATIVES:
        if tokens[end].kind is MARK:
            break
        end += 1
    told = tokens[at + 1 : end]
    other = any(t.low in _PARTS_OF_BODY or is_indicative(t.low) for t in told)
    if shortest <= end - at <= _LONGEST_UNKNOWN and not other:
        _add(entity, Role(printed(tokens, at, end), tokens[at].low, tokens[at].start, None))


_LONGEST_UNKNOWN = 16  # tokens
_PARTS_OF_BODY = word_class("parts_of_body")
_AGENTS = ("eur", "euse", "trice", "iste", "ien", "ienne", "ier", "ière", "logue")


def _without_noun(carrier: Carrier, at: int, led: int, entity: Entity, head: str) -> None:
    """ ", à la tête | de la brigade", ", en charge | du dossier": a post without a noun for its holder.

    The words that tell so end at ``led``; ``head`` is the noun that they stand for.
    """
    tokens = carrier.tokens
    end = led
    while end < len(tokens) and end - at < 20 and tokens[end].low not in RELATIVES and (
        tokens[end].kind is WORD or tokens[end].text in ("(", ")")
    ):  # fmt: skip
        end += 1
    if end - led > 1 and tokens[led].low in _LINKS:
        entity.roles.append(Role(printed(tokens, at, end), head, tokens[at].start, None))


_BELONGING = 9.0  # to which body somebody belongs says less than what they do in it
_NO_POSTS = word_class("no_posts")
_NO_TRADES = PRESENT_VERBS | NOT_AGENTS | _NO_POSTS
_INFERRED = 8.0  # what stands beside a name outweighs what was only taken to mean its bearer
_BESIDE = word_class("secondary_posts")
_LINKS = frozenset({"de", "du", "des", "d'", "à", "au", "aux", "chez", "en"})
_BODIES = word_class("membership_bodies")


_OF_A_BODY = frozenset({"du", "de", "d'", "pour"})
_LONGEST_LABEL = 4  # tokens


def _label(carrier: Carrier, at: int, entity: Entity) -> None:
    """A party's or a union's name in brackets: "Jeanne Roy (PRD)"; the least of roles."""
    tokens = carrier.tokens
    entity.labelled = entity.labelled or bool(party_end(tokens, at))
    end = next((j for j in range(at, min(at + _LONGEST_LABEL, len(tokens))) if tokens[j].text in ")-/,"), at)
    mixed = any(c.isupper() for c in tokens[at].text)  # "cdX"
    if end == at or not mixed:
        return
    key = fold(spelt(tokens, at, end))
    body = ORGANIZATIONS.get(key)
    capitals = sum(c.isupper() for c in tokens[at].text)
    acronym = end == at + 1 and capitals * 2 > len(tokens[at].text) and 1 < len(tokens[at].text) < 7
    if body.kind in _SIDES if body is not None else acronym and key not in PLACES:
        _add(entity, Role(printed(tokens, at, end), "", tokens[at].start, None))


_SIDES = frozenset({"party", "union"})


def _member(carrier: Carrier, at: int, entity: Entity, *, close: bool) -> None:
    """ ", du collectif X", "de la CFDT": belonging to a body, without a post.

    Where no comma parts it from the name (``close``) only what is surely a body's name is taken.
    """
    tokens = carrier.tokens
    begin = at + 1
    if tokens[begin].low == "chez" and begin + 1 < len(tokens):
        begin += 1
    article = tokens[at].low == "du" or tokens[begin].low in ("la", "l'", "le")
    begin += tokens[begin].low in ("la", "l'", "le") and begin + 1 < len(tokens)
    if not _names_body(carrier, begin, article=article, close=close):
        return
    end = begin
    while end < len(tokens) and tokens[end].kind is WORD and end - at < _LONGEST_MEMBERSHIP:
        if end > begin and (tokens[end].low in RELATIVES or tokens[end].low in FORMS):
            break
        end += 1
    _add(entity, Role(printed(tokens, at, end), tokens[begin].low, tokens[at].start, None))


_LONGEST_MEMBERSHIP = 9  # tokens


def _names_body(carrier: Carrier, at: int, *, article: bool, close: bool) -> bool:
    """Whether a body is named at ``at``, and no town: ", de Brume"."""
    tokens = carrier.tokens
    token = tokens[at]
    end = at
    while end < len(tokens) and tokens[end].capital:
        end += 1
    known = fold(spelt(tokens, at, end)) in ORGANIZATIONS
    acronym = len(token.text) > 1 and token.text.isupper()
    if tokens[at - 1].low == "chez" or known or acronym:
        return token.capital and fold(token.text) not in PLACES
    if token.low in _BODIES or is_body(token.low):
        # "avance Léa Roy | du centre londonien Brumex", but "le départ de Léa Roy de la banque"
        return not close or (article and any(t.capital for t in tokens[at + 1 : at + 4]))
    if close:
        return False
    long = end - at > 1 and not is_first_name(token.text)  # ", de Clean Rivers Network"
    return token.capital and fold(token.text) not in PLACES and (article or long)


def _add(entity: Entity, role: Role) -> None:
    if all(known.text != role.text for known in entity.roles):
        entity.roles.append(role)


_AGED = word_class("ages_in_a_noun")


def best_role(entity: Entity) -> str | None:
    """The fullest wording of what somebody is; ``None`` where the article gives none."""
    told = [role for role in entity.roles if _tells_capacity(role, entity.type)]
    if len(told) < 2:
        return told[0].text if told else None
    return max(told, key=_fullness).text


def _is_empty_wording(role: Role) -> bool:
    return role.head in _EMPTY and not fold(role.text).startswith(_TELLING)


def _tells_capacity(role: Role, sort: SpeakerType) -> bool:
    """Whether a role says in what capacity somebody speaks: no mere "source", no mere "femme"."""
    if sort is UNNAMED and (role.head in _SOURCES or role.text.endswith(_ONE_OF_THEM)):
        return False
    if not _is_empty_wording(role):
        return True
    words = role.text.split()
    if len(words) > 2:
        return True
    named = sort is PERSON
    aged = named and not role.inferred and role.head in _AGED  # better than nothing: "Léa, une trentenaire"
    return aged or (named and len(words) > 1 and fold(words[-1]) in DEMONYMS)  # "un jeune Malien"


def _fullness(role: Role) -> float:
    """How much a role tells of somebody."""
    words = role.text.split()
    kinds = {n.kind for n in noun(role.head)}
    short = len(words) == 1 or words[-1] == "ans"
    demonym = short and role.text[0].isupper() and not role.text.isupper()
    related = "relation" in kinds  # of whom they are, not what they do
    return (
        float(min(len(words), 3 if related else 12))
        + (2.0 if not kinds.isdisjoint(("office", "trade")) else 0.0)
        - (3.0 if words[-1] == "ans" else 0.0)  # "élue de 71 ans" says no more than "élue"
        - (3.0 if demonym else 0.0)
        - (2.0 if words[0].lower() in ("ancien", "ancienne", "ex") else 0.0)  # what somebody is goes first
        - (4.0 if related else 0.0)
        - (11.0 if role.head in _BESIDE else 0.0)
        - (0.5 if len(words) > 18 else 0.0)
        - (10.0 if _is_empty_wording(role) else 0.0)
        - (_BELONGING if not role.head or words[0].lower() in _OF_A_BODY else 0.0)
        - (_INFERRED if role.inferred else 0.0)
    )
