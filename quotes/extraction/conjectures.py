"""Sources that a sentence allows and doesn't prove: what the judge may take up where it fits.

Each is a rule like those of :mod:`quotes.extraction.attribute`, asked after them: « … », *a déploré dans
un message la présidente* has its subject far behind the verb, *selon X* may stand anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quotes.extraction.adjectives import CAME
from quotes.extraction.carrier import Attribution, Carrier, list_head, list_tail, whole
from quotes.extraction.classify import predicates, qualifies
from quotes.extraction.cues import VerbGroup, find_verbs
from quotes.extraction.impersonal import is_on
from quotes.extraction.pairs import together
from quotes.extraction.phrases import DESCRIPTION, NAME, PRONOUN, Phrase
from quotes.extraction.proper_names import (
    ADVERBS,
    BEFORE_NOUN,
    CLITICS,
    CONTRACTED,
    DETERMINERS,
    PEOPLE,
    PREPOSITIONS,
)
from quotes.extraction.relatives import antecedent
from quotes.extraction.subjects import (
    BREAKS,
    THAT,
    attributed,
    bare,
    is_thing,
    main_subject,
    taken_up,
    those_at,
)
from quotes.extraction.tokens import Token
from quotes.french.grammar import word_class
from quotes.french.nouns import noun
from quotes.french.verbs import AUXILIARIES, FORMS, VERBS

_PARTING = BREAKS | {"«»"}  # somebody from the marks beside which he acts
_PARTING_INVERTED = _PARTING | THAT
_FAR = 16  # tokens from a verb to its inverted subject
_NO_SUBJECT = PREPOSITIONS | CONTRACTED | frozenset({"(", "@", "et", "ou"})
_OPENERS = CLITICS | ADVERBS | frozenset({"en", "y", "ne", "n'"})
_ACCORDING = frozenset({"selon", "pour", "après", "dixit"})
_NEAR = 3


def beside_marks(carrier: Carrier, q: int, words: Sequence[Token]) -> Iterator[Attribution]:
    """Who acts before the marks at token ``q`` or is named beside them: no more than a guess."""
    yield from not_told_of(carrier, q, words, _acting_before(carrier, q))
    yield from not_told_of(carrier, q, words, _named_beside(carrier, q))


def inverted_or_according(carrier: Carrier, q: int) -> Iterator[Attribution]:
    """The likelier ones, which stand where no rule finds a source."""
    yield from _far_incise(carrier, q)
    yield from _according_somewhere(carrier, q)


def _far_incise(carrier: Carrier, q: int) -> Iterator[Attribution]:
    """« … », a déploré dans un message publié hier Jeanne Roy."""
    for group in carrier.verbs:
        if group.first > q and _inverted(carrier, group, q):
            k = _subject_behind(carrier, group)
            if k is not None:
                yield attributed(carrier, "incise_far", group, whole(carrier, k))
            return


def _inverted(carrier: Carrier, group: VerbGroup, q: int) -> bool:
    """Whether a verb of saying opens its clause: after a comma or the marks, with nobody before it."""
    if not group.finite or group.clitic or group.passive or not group.allows("strong", "incise", "que"):
        return False
    at = group.first - 1
    while at > q and carrier.tokens[at].low in _OPENERS:
        at -= 1
    return at == q or carrier.tokens[at].text in (",", "–", "—", ")")


def _subject_behind(carrier: Carrier, group: VerbGroup) -> int | None:
    """The first phrase behind the verb that no preposition takes away, by its number."""
    tokens = carrier.tokens
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first < group.last:
            continue
        between = carrier.lows[group.last : phrase.first]
        if len(between) > _FAR or not _PARTING_INVERTED.isdisjoint(between):
            return None
        if _may_act(tokens, phrase):
            return k
    return None


def _may_act(tokens: tuple[Token, ...], phrase: Phrase) -> bool:
    return (
        phrase.kind is not PRONOUN
        and phrase.before not in _NO_SUBJECT
        and phrase.determiner not in ("du", "au", "aux")
        and not (phrase.first and tokens[phrase.first - 1].text == "#")
    )


def _according_somewhere(carrier: Carrier, q: int) -> Iterator[Attribution]:
    """… selon X …, d'après X, pour X: wherever it stands in the sentence, the nearest first."""
    if _ACCORDING.isdisjoint(carrier.words):
        return
    found = [
        (abs(phrase.first - q), k)
        for k, phrase in enumerate(carrier.phrases)
        if phrase.before in _ACCORDING and phrase.kind is not PRONOUN
    ]
    if found:
        _, k = min(found)
        phrase = carrier.phrases[k]
        at = phrase.first - 1 - (carrier.tokens[phrase.first - 1].low != phrase.before)
        yield Attribution(
            "according_somewhere", whole(carrier, k), "", (max(0, at), phrase.first), phrase.before
        )


def telling_inside(carrier: Carrier, q: int, words: Sequence[Token]) -> Attribution | None:
    """Who says what the marks hold, where only these words tell: a verb, an aim, a feeling."""
    if not words:
        return None
    found = _fronted(carrier, q, words)
    if found is not None or not q:
        return found
    return (
        _aiming(carrier, q, words)
        or _minded(carrier, q)
        or _feeling(carrier, q, words)
        or _acting_inside(carrier, q, words)
    )


def _acting_inside(carrier: Carrier, q: int, words: Sequence[Token]) -> Attribution | None:
    """X « regrette ce geste » / X a « pris note » / X, qui « appelle au calme »: the verb in the marks."""
    tokens = carrier.tokens
    at = next((k for k, t in enumerate(words) if t.low not in CLITICS), 0)
    if words[0].capital or words[at].low not in _MAY_TELL:
        return None
    group = next((g for g in find_verbs(words) if g.first <= at < g.last), None)
    source = _acting_in_marks(carrier, q, group)
    if source is None or is_thing(source):
        return None
    done = group is not None and group.mood == "past_participle" and tokens[q - 1].low in _HAVING
    acts = done or tokens[q - 1].low not in AUXILIARIES
    if acts and words[at].low in _STANCES and source.noun is not None and source.noun.kind == "organization":
        return Attribution("fragment", source)
    if group is None or not acts or not (done or (group.finite and group.person == 3)):
        return None
    if not _tells(group, words):
        return None
    return Attribution("fragment", source, "", None, group.verb.lemma if group.verb else "")


def not_told_of(
    carrier: Carrier, q: int, words: Sequence[Token], proposed: Iterable[Attribution]
) -> Iterator[Attribution]:
    """The proposals but for who does what the marks hold; ``words`` are those inside them."""
    return (a for a in proposed if a.phrase is None or not _is_told_of(carrier, q, words, a.phrase))


def _is_told_of(carrier: Carrier, q: int, words: Sequence[Token], phrase: Phrase) -> bool:
    """Whether the marks hold what a subject does, and that isn't to speak: Jeanne Roy | « s'est trompée »."""
    if not 0 <= q - phrase.last <= _NEAR or not words or words[0].capital:
        return False
    if not _OPENERS.issuperset(carrier.lows[phrase.last : q]) or not bare(phrase, carrier.tokens):
        return False
    at = next((k for k, t in enumerate(words) if t.low not in CLITICS), 0)
    if not predicates(words) or words[at].low in _STANCES:
        return False
    verb = words[at : at + 1 + (words[at].low in AUXILIARIES)]
    readings = (form for word in verb for form in FORMS.get(word.low, ()))
    return not any(form.lemma in VERBS and form.mood != "infinitive" for form in readings)


def _fronted(carrier: Carrier, q: int, words: Sequence[Token]) -> Attribution | None:
    """« Furieuse », | la maire a quitté la salle. / Très « ému », | Paul Roy salue …: how he says he is.

    Or what he says of others: « Menteur », « voleur », | les habitants s'indignent.
    """
    tokens = carrier.tokens
    head, after = list_head(tokens, q), list_tail(tokens, q) + 1
    if head > _FEW or after >= len(tokens) or tokens[after].text not in (",", ":"):
        return None
    if not all(t.low in _SLIGHT or t.low.endswith("ment") for t in tokens[:head]):
        return None
    if not qualifies(words[:2]) and not (after > head + 1 and _is_outraged(carrier, after)):
        return None
    k = next((k for k, p in enumerate(carrier.phrases) if p.first > after), None)
    if k is None or carrier.phrases[k].before != tokens[after].text or is_thing(carrier.phrases[k]):
        return None
    return Attribution("apposed", whole(carrier, k))


def _is_outraged(carrier: Carrier, at: int) -> bool:
    """Whether the first verb behind the marks tells of anger: « A », « B », | les habitants s'indignent."""
    group = next((g for g in carrier.verbs if g.first > at), None)
    return group is not None and group.verb is not None and group.verb.head in _ANGER


def _feeling(carrier: Carrier, q: int, words: Sequence[Token]) -> Attribution | None:
    """Paul Roy reste | « prudent ». / Les élus sont sortis | « furieux » du conseil: how he says he is."""
    verb = carrier.tokens[q - 1].low
    if verb not in _STAYING or words[0].low.endswith("ment") or not qualifies(words[:2]):
        return None  # "reste « activement recherché »": no feeling
    acting = next(_acting_before(carrier, q), None)
    source = acting.phrase if acting is not None else None
    if source is None or (source.number == "p") is not verb.endswith(("s", "nt")):
        return None
    if source.kind is DESCRIPTION and (source.noun is None or source.noun.kind not in _WHO_FEEL):
        return None
    return Attribution("fragment", source)


def _minded(carrier: Carrier, q: int) -> Attribution | None:
    """Excédé par « le bruit », | Paul Roy part. / Face à un « gâchis », | X …: what moves who says so."""
    tokens = carrier.tokens
    link = q - 1
    while link > 0 and tokens[link].low in _BEFORE_MATTER:
        link -= 1
    at = link - 1
    if (
        at < 0
        or tokens[link].low not in _TOWARDS
        or not (tokens[at].low in _MOODS or (at <= _FEW and tokens[at].low in _GROUNDS))
    ):
        return None
    source = next((a.phrase for a in _acting_before(carrier, at)), None)
    if source is None and at <= _FEW:
        k = next((k for k, p in enumerate(carrier.phrases) if p.first > q and p.before == ","), None)
        source = whole(carrier, k) if k is not None and bare(carrier.phrases[k], tokens) else None
    return None if source is None or is_thing(source) else Attribution("fragment", source)


def _aiming(carrier: Carrier, q: int, words: Sequence[Token]) -> Attribution | None:
    """X défile pour | « sauver la ligne » / afin de | « peser » / X refuse au nom du | « bon sens »: his aim.

    Not what is done to him, who may not know it: "X est convoqué pour | « s'expliquer »".
    """
    tokens = carrier.tokens
    lead = carrier.lows[max(0, q - 3) : q]
    if lead[-1] not in _BEFORE_AIMS:
        return None
    in_name = lead[:2] == _IN_THE_NAME and not words[0].capital
    aims = lead[-1] == "pour" or (lead[-1] in _OF and lead[-2:-1] and lead[-2] in _AIMS)
    if not in_name and not (aims and _is_infinitive(words)):
        return None
    start = q - (3 if in_name else 1 if lead[-1] == "pour" else 2)
    source = _who_aims(carrier, start)
    if source is None and start <= _OPENING_AIM:
        source = next((p for p in carrier.phrases if p.first > q and p.before == ","), None)
        source = source if source is not None and bare(source, tokens) else None
    if source is None or is_thing(source) or _undergoes(carrier, source, q):
        return None
    return Attribution("fragment", together(carrier, source), "", (start, q), "pour")


def _who_aims(carrier: Carrier, at: int) -> Phrase | None:
    """Who acts before an aim: "Des élus | organisent lundi un défilé au port pour", and no defile does.

    Or "a dit le ministre, | venu à Brume pour".
    """
    came = (k for k, p in enumerate(carrier.phrases) if p.last < at and _came(carrier.lows, p.last))
    if (k := next(came, None)) is not None:
        return whole(carrier, k)
    acting = next(_acting_before(carrier, at), None)
    source = acting.phrase if acting is not None else None
    if source is not None and source.last < len(carrier.tokens) and carrier.lows[source.last] in _NO_VERBS:
        first = main_subject(carrier, source.first)
        return source if first is None else first
    return source


def _came(lows: Sequence[str], at: int) -> bool:
    """Whether somebody before ``at`` came for what follows: "le ministre | venu", "le ministre |, venu"."""
    return lows[at] in CAME or (lows[at] == "," and lows[at + 1] in CAME)


def _is_infinitive(words: Sequence[Token]) -> bool:
    """Whether words begin with an infinitive: « sauver la ligne », « ne pas céder », « y croire »."""
    at = next((k for k, t in enumerate(words) if t.low not in _OPENERS), 0)
    low = words[at].low
    return not words[0].capital and low.endswith(_INFINITIVES) and (not noun(low) or low in FORMS)


def _undergoes(carrier: Carrier, source: Phrase, q: int) -> bool:
    """Whether something is done to who stands before the marks: "X | est convoqué", "X | a été élu"."""
    following = carrier.lows[source.last : q]
    if source.head == "il" and not _IMPERSONAL.isdisjoint(following[:1]):
        return True  # "il faut deux clés pour"
    return not _BEING.isdisjoint(following[:1]) or "été" in following[:3]


def _acting_in_marks(carrier: Carrier, q: int, group: VerbGroup | None) -> Phrase | None:
    """Who does what the marks hold: X « regrette », X et Y « regrettent », X, qui « appelle »."""
    if carrier.tokens[q - 1].low == "qui":
        return antecedent(carrier, q - 1, group.number if group is not None else "")
    acting = next(_acting_before(carrier, q), None)
    if acting is None or acting.rule != "predicate" or acting.phrase is None:
        return None
    several = group is not None and group.finite and group.number == "p"
    return together(carrier, acting.phrase) if several else acting.phrase


def _tells(group: VerbGroup, words: Sequence[Token]) -> bool:
    """Whether who does this says so: "regrette |", "prend acte |", "appelle | à", and not "commence |"."""
    if group.clitic or group.done_to_subject or not group.allows("strong", "fragment", "que", "colon"):
        return False
    following = words[group.last].low if group.last < len(words) else ""
    called = group.verb is not None and group.verb.head == "appeler" and following in _TO
    return called or not group.allows("weak")


_NO_VERBS = PREPOSITIONS | CONTRACTED
_BEFORE_AIMS = frozenset({"pour", "de", "d'", "du"})
_AIMS = frozenset({"afin", "but", "vue", "histoire", "dessein", "espoir"})
_OF = frozenset({"de", "d'"})
_SLIGHT = ADVERBS | word_class("adverbs_of_degree")
_ANGER = word_class("verbs_of_anger")
_FEW = 2
_MOODS = word_class("moods").union(
    f"{m}{end}" for m in word_class("moods_agreeing") for end in ("", "e", "s", "es")
)
_WHO_FEEL = PEOPLE | {"group", "organization"}
_STAYING = word_class("verbs_of_staying")
_GROUNDS = frozenset({"face", "faute", "réaction", "tenu", "raison", "cause", "dépit"})
_BEFORE_MATTER = (DETERMINERS - CONTRACTED - {"d'", "de"}) | BEFORE_NOUN
_TOWARDS = frozenset({"de", "d'", "du", "des", "par", "à", "au", "aux", "contre", "devant", "envers"})
_IMPERSONAL = word_class("impersonal_verbs")
_IN_THE_NAME = ("au", "nom")
_OPENING_AIM = 4  # tokens before an aim that opens its sentence: "Enfin, afin | de « peser », X"
_INFINITIVES = (
    "er",
    "ir",
    "oir",
    "dre",
    "ttre",
    "ître",
    "être",
    "aire",
    "uire",
    "ire",
    "vre",
    "ompre",
    "clure",
)
_BEING = frozenset({"est", "sont", "était", "étaient", "sera", "seront", "fut", "furent"})
_STANCES = word_class("stances_of_bodies")
_MAY_TELL = frozenset(FORMS) | _STANCES
_HAVING = frozenset({"a", "ont", "avait", "avaient", "aura", "auront"})
_TO = frozenset({"à", "au", "aux"})


def _acting_before(carrier: Carrier, q: int) -> Iterator[Attribution]:
    """X a balayé d'un revers de main « … »: who stands as a subject before the marks, whatever the verb."""
    for k in range(len(carrier.phrases) - 1, -1, -1):
        phrase = carrier.phrases[k]
        if phrase.last > q or not bare(phrase, carrier.tokens):
            continue
        if not _PARTING.isdisjoint(carrier.lows[phrase.last : q]):
            return
        if any(g.done_to_subject and phrase.last <= g.first and g.last <= q for g in carrier.verbs):
            return  # "Luc Roy s'est entendu répondre « … »": what is said of him or to him
        rule = "predicate" if _is_predicated(carrier.tokens[phrase.last : q]) else "acting_before"
        # "Au ministère, on « prend acte » de …"
        there = those_at(carrier, None, phrase) if is_on(phrase) else None
        pronoun = phrase.kind is PRONOUN
        acting = taken_up(carrier, phrase) if pronoun else whole(carrier, k)
        yield Attribution(rule, there or acting, weak=True)
        return


def _is_predicated(between: Sequence[Token]) -> bool:
    """Whether the marks hold all that a subject does: "X « regrette … »", "X a « condamné … »"."""
    if len(between) > _NEAR and between[0].text == between[-1].text == ",":
        # "La mairie, de son côté, « regrette … »"
        return len(between) < _FAR and between[1].low in _ON_HIS_SIDE
    return len(between) <= _NEAR and all(
        t.low in _OPENERS or t.low in AUXILIARIES or t.low in _THEMSELVES for t in between
    )


_ON_HIS_SIDE = frozenset({"de", "pour", "quant", "elle", "lui", "eux", "elles"})
_THEMSELVES = frozenset({"lui", "elle", "eux", "elles", ","})


def _named_beside(carrier: Carrier, q: int) -> Iterator[Attribution]:
    """« … » (Jeanne Roy) / Jeanne Roy « … »: a name with hardly anything between it and the marks."""
    for k, phrase in enumerate(carrier.phrases):
        gap = phrase.first - q - 1 if phrase.first > q else q - phrase.last
        if gap <= _NEAR and phrase.kind is NAME and phrase.noun is None:
            yield Attribution("named_beside", whole(carrier, k), weak=True)
            return
