"""How far a description goes: adjectives and complements, names of bodies, the bearer's name inside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from quotes.extraction.adjectives import ADJECTIVAL, AFTER_VERB, is_adjective
from quotes.extraction.bearers import A_LINKS, NAMED_BODIES, name_inside, party_behind
from quotes.extraction.body_names import (
    MADE_PUBLIC,
    WITH_CHARGE,
    acts_on,
    branch_end,
    closes_name,
    complement_noun,
    joins_aim,
    qualifies,
)
from quotes.extraction.dated import dated_end, figure_end
from quotes.extraction.proper_names import (
    BEFORE_NOUN,
    DEFINITE,
    DETERMINERS,
    FUNCTION_WORDS,
    OPENERS,
    PEOPLE,
    PLAIN_LINKS,
    SMALL_NUMBERS,
    TIMES,
    TITLES_LOW,
    Vocabulary,
    is_first_name,
    known_body_end,
    name_run,
    person_noun,
)
from quotes.extraction.tokens import MARK, NUMBER, QUOTE, WORD, Token, spelt
from quotes.extraction.value import value
from quotes.extraction.worded_names import is_aim, numbered_name, opens_slogan, worded_name
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import ORGANIZATIONS, PLACES
from quotes.french.nouns import Noun, is_body, noun
from quotes.french.verbs import AUXILIARIES, FORMS, is_finite_form

_WITH_AIMS = word_class("bodies_with_aims")
_STATES_OF_BODIES = word_class("states_of_bodies")
SMALL_LINKS = frozenset({"en", "sans", "pour", "contre"})
_WORKPLACES = word_class("workplaces")
# A person named after these is no part of the body's name: "devant la presse Jeanne Roy".
_AUDIENCE = word_class("audience")
_UNNAMED_BODIES = word_class("unnamed_bodies")
_SET_PHRASES = word_class("set_phrases_of_posts")
_SEATED = frozenset({"université", "ambassade", "consulat"})
_YEAR = 4  # digits
_MEASURES = frozenset({"ans", "mètres", "m", "km", "kilomètres", "kg", "kilos"})
_AIDING = word_class("nouns_with_a")
_SECONDS = word_class("posts_beside_another")
_UNITS = word_class("units_of_bodies")
_MATTERS = word_class("matters_of_units")
_NO_MATTERS = FUNCTION_WORDS - _MATTERS
_NO_AIMS = FUNCTION_WORDS | _AUDIENCE | _STATES_OF_BODIES
_LINKS = PLAIN_LINKS | A_LINKS
_BARE_MATTERS = word_class("matters_of_posts")
_A_HEADS = word_class("posts_with_a")


def description_end(
    tokens: Sequence[Token], at: int, words: Vocabulary, entry: Noun, *, apposed: bool = False
) -> int:
    """The end of a description that goes on at ``at``: adjectives, complements, an apposed name.

    In an apposition no verb of saying is near, and "à", "pour", "chez" belong to the post.
    """
    if at == len(tokens) or not _steps_at(tokens[at]):
        return at  # as nearly half of them do
    reach = _Reach(tokens, at, words, entry, apposed)
    end = at
    while end < len(tokens):
        for read in _steps_at(tokens[end]):
            step = read(reach, end)
            if step is not None:
                break
        else:
            return end
        if step.end == end or step.last:
            return step.end
        end = step.end
    return end


@value
class _Reach:
    """A description whose end is sought: its noun's reading, and where it went on after the noun."""

    tokens: Sequence[Token]
    at: int
    words: Vocabulary
    entry: Noun
    apposed: bool

    @property
    def of_person(self) -> bool:
        return self.entry.kind in PEOPLE


@value
class _Step:
    """How far a description goes at least; no step onward, or ``last``, ends it there."""

    end: int
    last: bool = False


def _figure(reach: _Reach, end: int) -> _Step | None:
    """Numbers in words, and the figure that a text bears: "l'article | 40"."""
    token = reach.tokens[end]
    if end == reach.at and reach.entry.lemma in NAMED_BODIES:
        return _Step(numbered_name(reach.tokens, end))
    if reach.entry.kind == "document" and end > reach.at:
        return _Step(figure_end(reach.tokens, end))
    numbered = reach.entry.kind == "document"
    if reach.of_person and len(token.text) == _YEAR and end + 1 < len(reach.tokens):
        numbered = is_first_name(reach.tokens[end + 1].text)  # "le champion du monde 2014 | Paul Roy"
    return _Step(end + (numbered or not token.text.isdigit()))


def _share(reach: _Reach, end: int) -> _Step | None:
    """ "trois élus | sur quatre" """
    tokens = reach.tokens
    if end + 1 >= len(tokens) or not (reach.of_person or reach.entry.kind == "group"):
        return None
    counted = tokens[end + 1].kind is NUMBER or tokens[end + 1].low in SMALL_NUMBERS
    following = tokens[end + 2].low if end + 2 < len(tokens) else ""
    follows = bool(noun(following)) and not is_finite_form(following)  # "sur dix ans", but "sur dix juge"
    return _Step(end + 2) if counted and not follows else None


def _mark(reach: _Reach, end: int) -> _Step | None:
    """A bracket that the description goes on after, and a hyphen or "&" between two names."""
    tokens = reach.tokens
    token = tokens[end]
    if end + 2 < len(tokens) and token.text == "(" and reach.of_person:
        close = next((j for j in range(end + 1, min(end + 7, len(tokens))) if tokens[j].text == ")"), -1)
        if close > 0 and close + 1 < len(tokens) and tokens[close + 1].low in PLAIN_LINKS:
            # "députée (Les Verts) | du Jura", "présidente (opposition) | de la région"
            return _Step(close + 1)
    # "directeur de Brume | & Fils", "maire de Brume | - Val"
    joins = token.text != "(" and end + 1 < len(tokens)
    return _Step(end + 2 * (joins and tokens[end + 1].capital and tokens[end - 1].capital))


def _without(reach: _Reach, end: int) -> _Step | None:
    """What those of a body's name go without, or are in: "l'Union pour un port | sans bruit"."""
    tokens, head = reach.tokens, reach.at - 1
    low = tokens[end].low
    if reach.entry.kind != "organization" or not tokens[head].capital:
        return None
    of_people = any(n.number == "p" and n.kind in PEOPLE for n in noun(tokens[end - 1].low))
    if end == reach.at or tokens[end - 1].capital or (low == "en" and not of_people):
        return None  # "des assistantes | en garde partagée", and no "Union des ports en juin"
    run = _with_aim(tokens, end)
    return _Step(run) if run > end else None


def _stop(reach: _Reach, end: int) -> _Step | None:
    # "un rapport du ministère | publié lundi"
    published = reach.tokens[end].low in MADE_PUBLIC and reach.entry.kind == "organization"
    return _Step(end) if published or reach.tokens[end].low in TIMES else None


def _set_phrase(reach: _Reach, end: int) -> _Step | None:
    """ "ministre | en charge | de la Mer", "maire | sans étiquette", "cuisinière | dans une école"."""
    tokens = reach.tokens
    following = tokens[end + 1].low if end + 1 < len(tokens) else ""
    if f"{tokens[end].low} {following}" in _SET_PHRASES:
        return _Step(end + 2)
    return _Step(end + 3) if reach.apposed and _at_work(tokens, end) else None


def _complement(reach: _Reach, end: int) -> _Step | None:
    """ "le maire | de Brume", "adjointe | à la culture": the link, and the first word of what it links."""
    tokens, count = reach.tokens, len(reach.tokens)
    low = tokens[end].low
    dated = dated_end(tokens, end) if reach.entry.kind == "document" else end
    if dated > end:
        return _Step(dated)
    linked = low in PLAIN_LINKS or (
        low in A_LINKS
        and (
            tokens[end - 1].low in _AIDING
            or _takes(tokens, end, reach.entry, reach.apposed)
            or is_aim(tokens, end, reach.entry)
            or tokens[end - 1].low in WITH_CHARGE
            or _elsewhere(tokens, end, reach.entry)
        )
    )
    if not linked:
        return None
    at = complement_noun(tokens, end + 1)
    if at >= count or tokens[at].kind in (MARK, QUOTE):
        return _Step(end)
    token = tokens[at]
    if token.low in AUXILIARIES and tokens[at - 1].low in BEFORE_NOUN:
        return _Step(at, last=True)  # "la présidente des jeunes | a dit"
    if token.low in AUXILIARIES and low in A_LINKS:
        return _Step(end)
    if token.kind is NUMBER and token.text.isdigit():
        # "de 30 ans", "de 12 et 15 ans", "de 300 brebis"; not "de 2012 à 2020"
        years = next((k for k in range(at + 1, min(at + 4, count)) if tokens[k].low in _MEASURES), -1)
        if years < 0 and at + 1 < count and _is_counted(tokens[at + 1]):
            years = at + 1
        return _Step(years + 1 if years > 0 else end)
    if not reach.of_person and low in ("de", "d'") and at == end + 1 and acts_on(tokens, at):
        return _Step(end)  # "a demandé à la Ville | de déplacer la statue"
    opener = token.low in OPENERS and tokens[at - 1].low in DETERMINERS  # "de l'enquête"
    if token.low in FUNCTION_WORDS and not token.capital and not opener:
        return _Step(end)
    forms = FORMS.get(token.low, ())
    if forms and all(f.mood == "infinitive" for f in forms):
        return _Step(end)
    ordinal = (
        token.kind is NUMBER
        and at + 1 < count
        and tokens[at + 1].kind is WORD
        and tokens[at + 1].low not in FUNCTION_WORDS
    )
    named = known_body_end(tokens, at) if token.capital else 0  # "président de Debout | la Brume"
    return _Step(max(at + 1 + ordinal, named))  # "du 8e | arrondissement"


def _elsewhere(tokens: Sequence[Token], at: int, entry: Noun) -> bool:
    """Whether the seat of a country's body follows: "l'université du Québec | à Rimouski"."""
    named = at + 1 < len(tokens) and tokens[at].low == "à" and tokens[at - 1].capital
    return named and entry.lemma in _SEATED and tokens[at + 1].capital


def _is_counted(token: Token) -> bool:
    """Whether a word behind a figure is what it counts: "300 | brebis"."""
    return (
        token.kind is WORD
        and not token.capital
        and token.low.endswith(("s", "x"))
        and token.low not in FUNCTION_WORDS
        and token.low not in FORMS
    )


def _second(reach: _Reach, end: int) -> _Step | None:
    """ "directrice de l'école | et du musée"."""
    if end + 1 >= len(reach.tokens):
        return None
    return _Step(end + _coordinated(reach.tokens, reach.at, end, reach.words, reach.entry))


def _proper(reach: _Reach, end: int) -> _Step | None:
    """A name: of the party, of the body, of the place, of the bearer."""
    tokens, entry = reach.tokens, reach.entry
    token = tokens[end]
    if not token.capital:
        return None
    party = party_behind(tokens, end, reach.at) if reach.of_person else 0
    if party:
        return _Step(party)  # "la sénatrice LR | de l'Oise | Jeanne Roy"
    run = name_run(tokens, end, reach.words)
    if run == end and _is_region(tokens, end):
        return _Step(end + 2)
    if run == end and token.low in DEFINITE and end + 1 < len(tokens) and tokens[end + 1].capital:
        run = _party_with_article(tokens, end)
        if tokens[end - 1].low in NAMED_BODIES and tokens[end + 2 : end + 3] and not reach.of_person:
            run = max(run, worded_name(tokens, end + 1))  # "l'association Les Amis | au pas de course"
    if (
        entry.kind == "organization"
        and entry.lemma in _UNNAMED_BODIES
        and is_first_name(token.text)
        and run - end > 1
        and fold(spelt(tokens, end, run)) not in ORGANIZATIONS
    ):
        return _Step(end)
    run = max(run, branch_end(tokens, end, run)) if run > end and not reach.of_person else run
    # "le collectif | d'habitants | Tous dehors"
    described = not reach.of_person and entry.lemma in NAMED_BODIES and opens_slogan(tokens, end)
    if described or (
        tokens[end - 1].low in NAMED_BODIES
        and (opens_slogan(tokens, end) or (run == end and token.low not in TITLES_LOW))
    ):
        run = max(run, worded_name(tokens, end))
    elif run > end and tokens[end - 1].low in NAMED_BODIES and not reach.of_person:
        run = _with_aim(tokens, run)
        run += closes_name(tokens, run)
    if run > end and run < len(tokens) and tokens[run].kind is NUMBER and not reach.of_person:
        run = branch_end(tokens, end, run)  # "le collectif Femmes debout | 06"
    if run == end:
        # "l'avocat | Me Roy", but "a déclaré devant le tribunal | Me Roy"
        titled = (reach.of_person and token.low in TITLES_LOW) or (
            token.low not in FUNCTION_WORDS and token.low not in TITLES_LOW and person_noun(token.low)
        )
        return _Step(end + bool(titled))
    if not reach.of_person or run >= len(tokens):
        return _Step(run)
    if tokens[run].low.startswith("d"):
        return _Step(run, last=_complements(tokens, run) and _bears(reach, end, run))
    return _Step(run, last=not _goes_on_after(reach, end, run))


def _complements(tokens: Sequence[Token], at: int) -> bool:
    """Whether "de" leads from a name to what somebody belongs to, and not to more of the name.

    "Jeanne Roy | de l'institut Delta", "Jeanne Roy | de France Inter"; but "Jeanne Roy de Lormes".
    """
    if tokens[at].low not in PLAIN_LINKS:
        return False
    at += 1
    at += at < len(tokens) and tokens[at].low in ("la", "l'") and not tokens[at].capital
    if at >= len(tokens) or not tokens[at].capital:
        return at < len(tokens)
    body = fold(tokens[at].text) in ORGANIZATIONS or is_body(tokens[at].low)
    return body or known_body_end(tokens, at) > 0


def _bears(reach: _Reach, start: int, end: int) -> bool:
    """Whether a full name is that of the person described: "l'agent Jeanne Roy | de la régie Delta"."""
    tokens = reach.tokens
    full = end - start > 1 and is_first_name(tokens[start].text)
    return full and name_inside(tokens, reach.at, end, reach.words) == start


def _with_aim(tokens: Sequence[Token], end: int) -> int:
    """Where a body's name ends that goes on with a small phrase: "Brumes | en éveil"."""
    if end + 1 >= len(tokens) or tokens[end].low not in SMALL_LINKS:
        return end
    at = end + 1 + (tokens[end + 1].low in DEFINITE and tokens[end].low != "en")
    if at >= len(tokens) or tokens[at].kind is not WORD or tokens[at].capital:
        return end
    word = tokens[at].low
    acts = word.endswith("ant") or any(f.mood in ("infinitive", "indicative") for f in FORMS.get(word, ()))
    if acts or word in _NO_AIMS:
        return end
    at += 1
    while at < len(tokens) and qualifies(tokens, at):
        at += 1
    return at


def _is_region(tokens: Sequence[Token], at: int) -> bool:
    """Whether a region of two words stands at ``at``: "la Ligue de basket | Grand Est"."""
    return at + 1 < len(tokens) and fold(f"{tokens[at].text} {tokens[at + 1].text}") in PLACES


def _goes_on_after(reach: _Reach, began: int, run: int) -> bool:
    """Whether a person's description goes on after the name at ``began``: it was not the bearer's."""
    tokens = reach.tokens
    second_post = run < len(tokens) - 1 and tokens[run].low == "et" and bool(person_noun(tokens[run + 1].low))
    goes_on = (
        tokens[run].low in _LINKS
        or is_adjective(tokens, run)
        or (tokens[began].text.isupper() and is_first_name(tokens[run].text))  # "député LR | Jean Roy"
        or second_post
    )
    party = second_post and run - began == 1 and not is_first_name(tokens[began].text)
    return goes_on and (party or name_inside(tokens, reach.at, run, reach.words) is None)


def _party_with_article(tokens: Sequence[Token], at: int) -> int:
    """The end of a party's name that begins with an article: "le député | La France nouvelle"."""
    end = at + 2
    while end < len(tokens) and (is_adjective(tokens, end) or tokens[end].low in ("en", "marche")):
        end += 1
    return end


def _plain(reach: _Reach, end: int) -> _Step | None:
    named = reach.entry.kind == "organization" and reach.tokens[end - 1].capital and end > reach.at
    if named and any(f.mood == "past_participle" for f in FORMS.get(reach.tokens[end].low, ())):
        return None  # "la start-up Noxia | condamnée", "le parquet de Brume | saisi"
    return _Step(end + 1) if is_adjective(reach.tokens, end) or _bare_matter(reach.tokens, end) else None


_Read = Callable[[_Reach, int], _Step | None]
# What only some words begin of what may come next in a description, in the order in which it is tried.
_STEPS: tuple[tuple[Collection[str], _Read], ...] = (
    (MADE_PUBLIC | TIMES, _stop),
    ({words.split()[0] for words in _SET_PHRASES} | {"dans"}, _set_phrase),
    (("sur",), _share),
    (("sans", "en"), _without),
    (_LINKS, _complement),
    (("et", "ou"), _second),
)


def _steps_by_word() -> dict[str, tuple[_Read, ...]]:
    steps: dict[str, tuple[_Read, ...]] = {}
    for words, read in _STEPS:
        for word in words:
            steps[word] = (*steps.get(word, ()), read)
    return {word: (*own, _proper, _plain) for word, own in steps.items()}


_STEPS_BY_WORD = _steps_by_word()
_INSIDE = frozenset({"(", "-", "&"})  # marks that a description may go on behind


def _steps_at(token: Token) -> tuple[_Read, ...]:
    """What a token may be that goes on a description; the first that knows it says how far it goes."""
    if token.kind is not WORD:
        return (_figure,) if token.kind is NUMBER else (_mark,) if token.text in _INSIDE else ()
    return _STEPS_BY_WORD.get(token.low) or ((_proper, _plain) if token.capital else (_plain,))


def _bare_matter(tokens: Sequence[Token], at: int) -> bool:
    """Whether a matter follows without an article: "du département | analyse", "responsable | presse"."""
    if tokens[at].low in _BARE_MATTERS and person_noun(tokens[at - 1].low):
        return True
    return (
        tokens[at - 1].low in _UNITS
        and tokens[at].low not in _NO_MATTERS
        and not tokens[at].low.startswith("-")
        and not (at + 1 < len(tokens) and tokens[at + 1].low in AFTER_VERB)
        and (tokens[at].low not in FORMS or tokens[at].low in _MATTERS)
    )


def _coordinated(tokens: Sequence[Token], at: int, end: int, words: Vocabulary, entry: Noun) -> int:
    """How many tokens "et" and what follows it add to a description that began at ``at``."""
    following, last = tokens[end + 1], tokens[end - 1]
    aims = entry.lemma in _WITH_AIMS and any(t.low in ("pour", "contre") for t in tokens[at:end])
    if aims and joins_aim(tokens, end):
        return 3  # "le comité pour la vérité et | la justice"
    if following.kind is NUMBER and last.kind is NUMBER:
        return 2  # "mère de trois filles de 8 et | 12 ans"
    if end > at and following.low in PLAIN_LINKS:
        return 1  # "ministre du Commerce et | de l'Industrie"
    if end > at + 1 and _are_beside(tokens, end):
        return 2  # "l'Union des artisans et | commerçants"
    if end > at and following.kind is WORD:
        name = following.capital and last.capital and not is_first_name(following.text)
        if name and following.low not in FUNCTION_WORDS:
            return 2
        plain = (
            person_noun(following.low) is None
            and following.low not in FORMS
            and not following.low.endswith("-même")  # "… et lui-même blessé"
        )
        if plain and last.low not in words.capitals and is_adjective(tokens, end + 1):
            return 2
    if following.low in A_LINKS and following.low in (t.low for t in tokens[at:end]):
        return 1  # "scolarisés en petite section et | en CM1"
    post = end + 1
    while post + 1 < len(tokens) and tokens[post].low in BEFORE_NOUN and not tokens[post].capital:
        post += 1
    if person_noun(tokens[post].low) and not tokens[post].capital and entry.kind in PEOPLE:
        return post + 1 - end  # two posts of one person: "fondateur et fidèle lecteur de la revue"
    return 0


def _are_beside(tokens: Sequence[Token], at: int) -> bool:
    """Whether "et" joins people to people under one article: "l'Union des artisans | et commerçants"."""
    if tokens[at].low != "et" or tokens[at - 2].low not in ("des", "d'", "de", "les", "aux"):
        return False
    both = tokens[at - 1], tokens[at + 1]
    people = [person_noun(t.low) for t in both]
    return all(p is not None and p.number == "p" for p in people) and not any(t.capital for t in both)


def _takes(tokens: Sequence[Token], at: int, entry: Noun, apposed: bool) -> bool:
    """Whether the preposition at ``at`` begins a complement of the post rather than an addressee."""
    head = entry.lemma
    if entry.kind not in PEOPLE or (head not in _A_HEADS and not apposed and tokens[at].low not in ("chez",)):
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
        # "la présidente | en lit trois"; "en visite" is a noun as well
        acts = not tokens[nxt].low.endswith("e") and is_finite_form(tokens[nxt].low)
        return tokens[nxt].kind is WORD and not (gerund or acts) and tokens[nxt].low not in _AUDIENCE
    named = is_first_name(tokens[nxt].text) or tokens[nxt].low in TITLES_LOW  # "demande le juge | à M. Roy"
    if (named or person_noun(tokens[nxt].low)) and tokens[at].low in ("à", "au") and head not in _SECONDS:
        return False  # "demande la présidente | au prévenu"
    return tokens[nxt].low not in _AUDIENCE


def _at_work(tokens: Sequence[Token], at: int) -> bool:
    """Whether it is told where somebody works: "aide-soignante | dans un Ehpad | du Nord"."""
    end = at + 3
    if end < len(tokens) and tokens[end].low.endswith(ADJECTIVAL) and tokens[end].low not in FUNCTION_WORDS:
        end += 1  # "dans un hôpital public"
    after = tokens[end] if end < len(tokens) else None
    return (
        at + 2 < len(tokens)
        and tokens[at].low == "dans"
        and tokens[at + 1].low in ("un", "une", "le", "la", "l'", "les")
        and (tokens[at + 2].low in _WORKPLACES or is_body(tokens[at + 2].low) or _is_place(tokens[at + 2]))
        and (after is None or after.kind is not WORD or after.low in PLAIN_LINKS)
    )


def _is_place(token: Token) -> bool:
    return token.capital and fold(token.text) in PLACES  # "éleveur | dans l'Aisne"
