"""Frames: *Jeanne Roy affirme que* « … », a verb of saying that leads up to the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.counted import SHARES, is_share
from quotes.extraction.cues import VerbGroup
from quotes.extraction.fronted import is_fronted
from quotes.extraction.inversion import incise_subject, subject_after
from quotes.extraction.phrases import PRONOUN, Phrase
from quotes.extraction.proper_names import CLITICS, RELATIVES
from quotes.extraction.relatives import antecedent
from quotes.extraction.rules.participles import CRYING, participle, source_of_participle
from quotes.extraction.rules.passives import done_by_another
from quotes.extraction.rules.readings import reading
from quotes.extraction.subjects import BEFORE_VERB, BREAKS, THAT, attributed, is_thing, subject_before
from quotes.extraction.tokens import NUMBER, QUOTE, WORD, Token
from quotes.extraction.value import value
from quotes.french.grammar import word_class

_LEADING_ON = THAT | {"combien", "comment", "pourquoi"}
_OPENING = 4  # tokens before a verb that opens its sentence: "Ainsi que le note X"
_CLAUSE_ENDS = frozenset({"quand", "alors", "tandis", "mais", ";", ":"})
_INVERTING = THAT | {"dont", "où", "comme", "ce"}
_TAKING_UP = frozenset({"ce", "un", "une"})
_PARTING = frozenset({",", ";", "et"})
_WHAT = RELATIVES - {"qui"}
_WORDING = word_class("verbs_that_word")
_OBJECT_ARTICLES = frozenset({"un", "une", "le", "la", "l'", "les", "des", "ce", "cette", "son", "sa", "ses"})
_NOUN = 2  # "a lancé un plan | que Y juge"
_INSERTION = 8  # tokens between the commas of "ajoute, dans un courrier à ses voisins, que"


@value
class _Lead:
    """What stands between a verb and the marks to which it leads; ``low`` are these words in lower case."""

    words: Sequence[Token]
    low: Sequence[str]

    @property
    def colon(self) -> bool:
        return ":" in self.low

    @property
    def that(self) -> bool:
        return not _LEADING_ON.isdisjoint(self.low)


def close_frame(carrier: Carrier, q: int) -> Attribution | None:
    """The verb just before the marks outranks an incise after them: X a qualifié Y de « … », dit Z."""
    for group, lead in _leading(carrier, q):
        acts = group.finite or group.mood == "past_participle"
        if not acts or not _close(carrier, group, lead, q) or done_by_another(carrier, group, q):
            return None
        if group.passive or not group.finite or group.person != 3:
            continue
        if not _links(group, lead) or _finds_thing(group, lead):
            return None
        subject = _acting(carrier, group)
        if is_thing(subject) and _is_anothers(carrier, group, subject):
            continue
        subject = subject or _shared(carrier, group)
        return _told(carrier, group, lead, subject, q) if subject is not None else None
    return None


def _finds_thing(group: VerbGroup, lead: _Lead) -> bool:
    """Whether marks only hold what somebody found or saw: "X a découvert une « … », selon Y"."""
    return group.allows("weak") and not (lead.that or group.allows("fragment", "qualify", "de", "infinitive"))


def frame(carrier: Carrier, q: int, *, finite: bool = True) -> Attribution | None:
    """X affirme que P « … » P. / X dénonce « … ». / X ajoute : « … »

    What only a verb that isn't ``finite`` leads up to is told by :func:`participle`, the next rule.
    """
    for group, lead in _leading(carrier, q):
        if done_by_another(carrier, group, q):
            return None  # "X a estimé que …, un choix jugé « … » par Y"
        if group.passive or group.mood == "past_participle":
            continue
        if not group.finite:
            return None if finite else participle(carrier, q)
        if group.person != 3 or _explains(carrier, group, lead, q):
            continue
        if not _links(group, lead):
            inverted = _inverted_after_as(carrier, group)
            if inverted is not None and group.first < _OPENING and carrier.tokens[q - 1].text == ",":
                return attributed(carrier, "as_said", group, inverted)  # "Comme le note X, « … »"
            continue
        if group.clitic:
            return attributed(carrier, "frame", group, None, group.clitic)
        subject = _of_gapped(carrier, group, q) if lead.that else None
        if subject is not None:
            return attributed(carrier, "that", group, subject)
        subject = _acting(carrier, group)
        if is_thing(subject) and (_of_relative(subject, lead) or _is_anothers(carrier, group, subject)):
            continue
        subject = subject or _shared(carrier, group)
        if subject is None and (group.first == 0 or lead.colon):
            subject = subject_after(carrier, group)  # "Explique Paul Roy : « … »"
        if subject is not None:
            return _told(carrier, group, lead, subject, q)
    return None


def _leading(carrier: Carrier, q: int) -> Iterator[tuple[VerbGroup, _Lead]]:
    """The verbs before the marks in the same clause, the nearest first."""
    for group in reversed(carrier.verbs):
        if group.last > q or (group.verb is None and not group.clitic):
            continue
        low = carrier.lows[group.last : q]
        if not BREAKS.isdisjoint(low):
            return
        yield group, _Lead(carrier.tokens[group.last : q], low)


def _close(carrier: Carrier, group: VerbGroup, lead: _Lead, q: int) -> bool:
    """Whether a verb stands so near to the marks that it leads to them, whoever speaks after them."""
    gap = len(lead.words)
    if gap > 4 or lead.colon or carrier.tokens[q - 1].text == "," or group.clitic:
        return False
    if not gap and group.finite and incise_subject(carrier, group) is not None:
        return False
    if not _another_speaker_follows(carrier, q):
        return True
    if group.verb is not None and group.verb.head in CRYING:
        return True  # "Le public a crié « … », rapporte L'Écho"
    return group.allows("qualify", "fragment", "que") and (gap <= 2 or lead.that)


def _explains(carrier: Carrier, group: VerbGroup, lead: _Lead, q: int) -> bool:
    """Whether a colon goes on a noun and not the verb before it.

    "ateliers : débats (« … »)", "avec ce sourire qui le caractérise : « … »"
    """
    addressed = carrier.tokens[group.first - 1].low in ("lui", "leur") if group.first else False
    if not lead.colon or group.allows("strong") or (addressed and group.allows("colon")):
        return False  # "des jeunes qui lui ont lancé : « … »"
    return carrier.tokens[q - 1].text == "(" or _in_relative(carrier.tokens, group.first)


def _of_relative(subject: Phrase | None, lead: _Lead) -> bool:
    """Whether a relative clause ends in the colon: "dans le café dont le nom répond à sa vie : « … »"."""
    return lead.colon and subject is not None and subject.before in ("dont", "où", "que", "qu'")


def _acting(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """The subject of the verb, before it or inverted after "comme", "que", "dont"."""
    subject = _inverted_after_as(carrier, group) or subject_before(carrier, group)
    if subject is None and group.first and carrier.tokens[group.first - 1].low in _INVERTING:
        return subject_after(carrier, group)
    if subject is not None and subject.before == "dont" and is_thing(subject):
        return antecedent(carrier, subject.first - 1, "") or subject  # "Léa Roy, dont un livre affirme que"
    return subject


def _told(carrier: Carrier, group: VerbGroup, lead: _Lead, subject: Phrase, q: int) -> Attribution:
    """The source of what a verb leads to; a weaker verb gives way to the one on which it hangs."""
    if subject.kind is PRONOUN and subject.head == "on":
        read = reading(carrier, q)
        if read is not None:
            return read
    rule = "colon" if lead.colon else "that" if lead.that else "fragment"
    hangs = (
        not group.allows("strong") if rule == "fragment" else rule == "that" and _second_clause(lead.words)
    )
    outer = _outer(carrier, group) if hangs else None
    return outer or attributed(carrier, rule, group, subject)


def _of_gapped(carrier: Carrier, group: VerbGroup, q: int) -> Phrase | None:
    """Who says what follows without a verb of his own: "les uns jugent que P, | les autres | que « … »"."""
    if not group.allows("que"):
        return None
    for phrase in reversed(carrier.phrases):
        if phrase.first < group.last:
            return None
        follows = carrier.tokens[phrase.last].low if phrase.last < q else ""
        if follows in THAT and phrase.before in _PARTING and not is_thing(phrase):
            return phrase
    return None


def _told_by_earlier(carrier: Carrier, group: VerbGroup) -> bool:
    """Whether the clause of this verb hangs on an earlier verb of saying: "X a dit que P"."""
    return any(
        other.finite
        and other.last < group.first
        and other.allows("que")
        and carrier.tokens[other.last].low in THAT
        for other in carrier.verbs
    )


def _is_anothers(carrier: Carrier, group: VerbGroup, text: Phrase | None) -> bool:
    """Whether what a thing tells is said by who spoke before in the sentence."""
    return _told_by_earlier(carrier, group) or _spoken_of(carrier, group, text)


def _spoken_of(carrier: Carrier, group: VerbGroup, text: Phrase | None) -> bool:
    """Whether a text does something as who speaks of it has it: "X dénonce | une loi | qui donne « … »"."""
    tells = not group.allows("weak") or group.allows("de")  # "un rapport qui parle d'une « … »"
    if text is None or tells or not _in_relative(carrier.tokens, group.first):
        return False
    return any(g.finite and g.last == text.first and g.allows("fragment") for g in carrier.verbs)


def _inverted_after_as(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """Comme le déplore X, ainsi que le note X"""
    tokens = carrier.tokens
    at = group.first - 1
    while at > 0 and tokens[at].low in CLITICS:
        at -= 1
    as_said = at >= 0 and tokens[at].low == "comme"
    as_said = as_said or (at > 0 and tokens[at].low in THAT and tokens[at - 1].low == "ainsi")
    return subject_after(carrier, group) if as_said else None


def _second_clause(between: Sequence[Token]) -> bool:
    """Whether a second que-clause begins here: "X espère que Y comprend | cela et que | « … »"."""
    at = max(j for j, token in enumerate(between) if token.low in _LEADING_ON)
    return (
        at > 0
        and between[at - 1].low in ("et", "mais", "ou")
        and all(token.low not in THAT for token in between[: at - 1])
    )


def _in_relative(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb at ``at`` follows its relative pronoun, with or without clitics between."""
    at -= 1
    while at >= 0 and tokens[at].low in BEFORE_VERB:
        at -= 1
    return at >= 0 and tokens[at].low in ("qui", "dont", "où")


def _outer(carrier: Carrier, inner: VerbGroup) -> Attribution | None:
    """The verb of saying in whose que-clause a weaker verb stands: "X déplore que Y opte pour « … »"."""
    tokens = carrier.tokens
    if _words_it_himself(carrier, inner):
        return None
    for group in reversed(carrier.verbs):
        if (
            group.last > inner.first
            or group.passive
            or not group.allows("que")
            or group.mood in ("infinitive", "past_participle")
        ):
            continue
        start = _after_insertion(tokens, group.last)
        opening = tokens[start : start + 3]
        at = next((j for j, t in enumerate(opening) if t.low in THAT), -1)
        if at < 0 or any(t.kind is not WORD for t in opening[:at]):
            continue  # "X promet « … », que Y juge « … »"
        if at == _NOUN and opening[0].low in _OBJECT_ARTICLES:
            continue  # "X a lancé un plan que Y juge « … »"
        clause = tokens[start + at + 1 : inner.first]
        if any(t.kind is QUOTE or t.low in _CLAUSE_ENDS for t in clause):
            continue  # its que-clause is over: "X assure que « … », quand Y se dit « … »"
        if _is_taken_up(tokens, start + 3, inner.first):
            continue
        if is_fronted(tokens, group.first) and any(t.text == "," for t in tokens[start + 3 : inner.first]):
            continue  # "Alors que X affirme que P, Y dénonce « … »"
        if group.clitic:
            return attributed(carrier, "that", group, None, group.clitic)
        if not group.finite:
            source = source_of_participle(carrier, group)
            return source and replace(source, rule="that")
        subject = subject_before(carrier, group)
        if subject is not None:
            return attributed(carrier, "that", group, subject)
    return None


def _words_it_himself(carrier: Carrier, inner: VerbGroup) -> bool:
    """Whether who acts in a que-clause words it himself: "X regrette que Y parle d'« … »".

    A share of those who were asked always does: "X rapporte que 60 % des élus se disent « … »".
    """
    if inner.verb is None or not inner.finite:
        return False
    words = inner.verb.head in _WORDING
    if not words and SHARES.isdisjoint(carrier.words):
        return False
    subject = subject_before(carrier, inner)
    if subject is None or subject.kind is PRONOUN:
        return False
    return words or is_share(carrier.tokens, subject)


def _is_taken_up(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether somebody says something about a clause that is over: "…, | ce que Y juge", "une idée que Y"."""
    return any(
        tokens[at].text == ","
        and tokens[at + 1].low in _TAKING_UP
        and any(t.low in _WHAT for t in tokens[at + 2 : min(at + 5, end)])
        for at in range(start, end - 2)
    )


def _after_insertion(tokens: Sequence[Token], at: int) -> int:
    """Where a que-clause goes on after what stands between two commas; ``at`` where nothing does."""
    if at >= len(tokens) or tokens[at].text != ",":
        return at
    for j in range(at + 1, min(at + _INSERTION, len(tokens) - 1)):
        if tokens[j].text == "," and tokens[j + 1].low in THAT:
            return j + 1
        if tokens[j].kind not in (WORD, NUMBER):
            break
    return at


def _another_speaker_follows(carrier: Carrier, q: int) -> bool:
    return any(group.first > q and incise_subject(carrier, group) is not None for group in carrier.verbs)


def _links(group: VerbGroup, lead: _Lead) -> bool:
    """Whether the verb's constructions allow what stands between it and the marks."""
    if lead.colon or group.verb is None:
        return lead.colon
    if group.allows("qualify") and lead.words and lead.words[-1].low in ("de", "d'", "comme"):
        return True
    if lead.that:
        return group.allows("que", "strong", "incise")
    if len(lead.words) <= 1:
        return True
    return group.allows("fragment", "qualify", "infinitive", "de", "que", "strong")


def _shared(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """The subject of an earlier verb that this one shares: "X a salué … et promis « … »"."""
    for other in reversed(carrier.verbs):
        if other.last > group.first or not other.finite or other.number != group.number:
            continue
        subject = incise_subject(carrier, other)
        if subject is not None and subject[0] is not None:
            return subject[0]
        found = subject_before(carrier, other)
        if found is not None:
            return found
    return None
