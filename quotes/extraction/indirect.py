"""Speech that is told: "X affirme que …", "…, a indiqué X.", "selon X, …", "X dit vouloir …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes.extraction.attribute import source_of_participle
from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.classify import begins_with_verb, looks_said, verbal
from quotes.extraction.cues import VerbGroup
from quotes.extraction.mentions import Phrase, PhraseKind
from quotes.extraction.nominal import according_to_pronoun, nominal_cue
from quotes.extraction.proper_names import BEFORE_NOUN, DETERMINERS, TIMES
from quotes.extraction.subjects import THAT, incise_subject, subject_before, whole
from quotes.extraction.tokens import LONGEST_LOOK, Kind, Token, tokens_of
from quotes.french.grammar import word_class
from quotes.french.nouns import noun
from quotes.french.verbs import FORMS

_TERMINAL = frozenset({".", "!", "?", "…", ";"})
_COMMAND = word_class("verbs_of_command")
# que after these is part of a conjunction, not of the verb: "bien que", "alors que"
_CONJUNCTIVE = word_class("before_que")
# They say what somebody thinks, and only a quotation or an incise shows that it was said.
_THOUGHT = word_class("verbs_of_thought")
_TELLING = word_class("verbs_that_tell_though_weak")
_JOURNALIST_AGAIN = word_class("after_told_clause")
_NOT_BEFORE_INFINITIVE = DETERMINERS - {"le", "la", "l'", "les", "de", "d'"}
_OBJECT_DETERMINERS = frozenset({"le", "la", "l'", "les", "du", "des", "un", "une", "son", "sa", "ses"})
_SENTENCE_LINKS = frozenset({"mais", "et", "car", "or", "pourtant"})
_CLAUSE_LINKS = _SENTENCE_LINKS | {"puisque", "que", "toutefois", "cependant"}
_RELATIVES = frozenset({"qui", "dont", "où"})
_SHORTEST = 3  # words
_FEWEST = 4  # words told before an incise, if they are no subject
_LONG_REST = 6  # words told after an early incise
_ADDRESSEE = 6  # tokens: "au quotidien britannique The Herald"


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch of indirect speech: token indices (half-open) and the source."""

    first: int
    last: int
    attribution: Attribution


def find_told(text: str, carrier: Carrier) -> list[Told]:
    """The indirect speech of a carrier; ``text`` is that of the article."""
    tokens = carrier.tokens
    found: list[Told] = []
    taken: set[int] = set()
    for group in carrier.verbs:
        if group.first in taken:
            continue
        told = (
            _clause(carrier, group)
            or _participle_clause(carrier, group)
            or _infinitive(carrier, group)
            or _narrative_infinitive(carrier, group)
            or _after_incise(text, carrier, group, found)
        )
        if (
            told is not None
            and _long_enough(tokens, told)
            and not any(t.first < told.last and told.first < t.last for t in found)
        ):
            found.append(told)
            taken.update(range(told.first, told.last))
    if not found:
        told = _according(carrier)
        if told is not None and _long_enough(tokens, told):
            found.append(told)
    return found


def _long_enough(tokens: tuple[Token, ...], told: Told) -> bool:
    span = tokens[told.first : told.last]
    return sum((t.kind is Kind.WORD) + 2 * (t.kind is Kind.QUOTE) for t in span) >= _SHORTEST


def _participle_clause(carrier: Carrier, group: VerbGroup) -> Told | None:
    """…, soulignant que P. / …, expliquant avoir P. / en ajoutant que P."""
    tokens = carrier.tokens
    if group.mood != "present_participle" or not group.allows("que", "infinitive") or _only_thought(group):
        return None
    at = group.last
    while (
        at < min(len(tokens), group.last + 6)
        and tokens[at].low not in THAT
        and not _is_infinitive(tokens, at)
    ):
        if tokens[at].kind is not Kind.WORD:
            return None
        at += 1
    if at >= min(len(tokens) - 1, group.last + 6):
        return None
    source = source_of_participle(carrier, group)
    if source is None:
        return None
    start = at + 1 if tokens[at].low in THAT else group.last
    return Told(start, _sentence_end(tokens, start), source)


def _attribution(carrier: Carrier, group: VerbGroup, rule: str) -> Attribution | None:
    cue = (group.first, group.last)
    lemma = group.verb.lemma if group.verb else ""
    if group.clitic:
        return Attribution(rule, None, group.clitic, cue, lemma)
    subject = subject_before(carrier, group)
    return Attribution(rule, subject, "", cue, lemma) if subject is not None else None


def _sentence_end(tokens: tuple[Token, ...], at: int) -> int:
    """Where the told clause that begins at ``at`` ends: at the full stop, or where the journalist goes on."""
    end = len(tokens)
    for j in range(at, len(tokens)):
        colon = tokens[j].text == ":" and j + 1 < len(tokens) and tokens[j + 1].kind is Kind.QUOTE
        if tokens[j].text in _TERMINAL or colon:
            end = j
            break
    # ", qui contient …", ", alors que …" after the last comma is the journalist's again
    last = next((j for j in range(end - 1, at, -1) if tokens[j].text == ","), -1)
    if last - at > 4 and last + 1 < end and tokens[last + 1].low in _JOURNALIST_AGAIN:
        return last
    return end


def _clause(carrier: Carrier, group: VerbGroup) -> Told | None:
    """X affirme (à Y) que P."""
    tokens = carrier.tokens
    if not group.finite or group.passive or group.person != 3 or not group.allows("que"):
        return None
    at = group.last
    limit = min(len(tokens), at + 9)
    while at < limit and tokens[at].low not in THAT:
        if tokens[at].low == "il" and at + 2 < limit and tokens[at + 1].low == "y":
            at += 3  # "a annoncé il y a dix jours que"
            continue
        if tokens[at].kind not in (Kind.WORD, Kind.NUMBER) and tokens[at].text not in (",", "(", ")", "-"):
            return None
        if (
            tokens[at].low in FORMS
            and any(f.mood == "indicative" for f in FORMS[tokens[at].low])
            and not tokens[at].low.endswith("s")
        ):
            return None
        at += 1
    if at >= limit or at + 1 >= len(tokens):
        return None
    if tokens[at - 1].low in _CONJUNCTIVE and not (tokens[at - 1].low == "ainsi" and at - 1 == group.last):
        return None  # but "X indique ainsi que P"
    weak = group.allows("weak") and group.verb is not None and group.verb.lemma not in _TELLING
    if weak or (group.allows("marks") and not group.allows("strong")) or _only_thought(group):
        return None
    if _relative(tokens, group.last, at) or (tokens[at - 2].low == "à" and tokens[at - 1].low == "ce"):
        return None
    attribution = _attribution(carrier, group, "told_that")
    if attribution is None:
        return None
    end = _sentence_end(tokens, at)
    if sum(1 for t in tokens[at + 1 : end] if t.kind is Kind.QUOTE) == 1 and end - at == 2:
        return None  # que « … »: the quote is all that is said
    return Told(at + 1, end, attribution)


def _only_thought(group: VerbGroup) -> bool:
    return group.verb is not None and group.verb.head in _THOUGHT


def _relative(tokens: Sequence[Token], first: int, que: int) -> bool:
    """Whether "que" goes back to an object of the verb: "a rappelé le surnom que X lui donnait"."""
    if tokens[first].low in ("de", "d'", "à") and tokens[que - 1].low not in ("côté", "part"):
        first += 1  # "s'inquiète de l'effet que la grève aura"
    if que - first < 2 or tokens[first].low not in _OBJECT_DETERMINERS:
        return False
    return not any(t.low in TIMES or t.kind is Kind.NUMBER for t in tokens[first:que])


def _infinitive(carrier: Carrier, group: VerbGroup) -> Told | None:
    """X dit vouloir P. / X demande à Y de P."""
    tokens = carrier.tokens
    if group.passive or group.person != 3 or group.mood == "past_participle":
        return None
    at = group.last
    if group.allows("infinitive") and not group.allows("weak") and not _only_thought(group):
        start = at
        while at < min(len(tokens), start + 4) and (
            tokens[at].low in ("ne", "pas", "se", "s'", "n'", "y", "en", "le", "la", "les", "l'")
            or tokens[at].low.endswith("ment")
            or tokens[at].low in TIMES
        ):
            at += 1
        if start < len(tokens) and tokens[start].low in ("à", "au", "aux"):
            # "a dit à l'AFP avoir changé d'avis"
            at = next(
                (
                    k
                    for k in range(start + 2, min(len(tokens), start + _ADDRESSEE))
                    if tokens[k].low in ("avoir", "être")
                ),
                at,
            )
            start = at
        if at < len(tokens) and _is_infinitive(tokens, at):
            attribution = _subject_of(carrier, group, "told_infinitive")
            if attribution is not None:
                return Told(start, _sentence_end(tokens, start), attribution)
    if group.verb is not None and group.verb.head in _COMMAND:
        for j in range(group.last, min(len(tokens) - 1, group.last + 12)):
            if tokens[j].kind is not Kind.WORD:
                break
            if tokens[j].low in ("de", "d'", "à", "à ne", "pour"):
                k = j + 1
                while k < len(tokens) - 1 and tokens[k].low in (
                    "ne",
                    "plus",
                    "jamais",
                    "pas",
                    "se",
                    "s'",
                    "n'",
                    "y",
                    "en",
                    "le",
                    "la",
                    "les",
                    "l'",
                    "lui",
                    "leur",
                ):
                    k += 1
                if _is_infinitive(tokens, k):
                    attribution = _subject_of(carrier, group, "told_to")
                    if attribution is not None:
                        return Told(j, _sentence_end(tokens, j), attribution)
    return None


def _subject_of(carrier: Carrier, group: VerbGroup, rule: str) -> Attribution | None:
    if group.finite:
        return _attribution(carrier, group, rule)
    source = source_of_participle(carrier, group) if group.mood == "present_participle" else None
    return replace(source, rule=rule) if source is not None else None


def _narrative_infinitive(carrier: Carrier, group: VerbGroup) -> Told | None:
    """Et X de reconnaître que P."""
    tokens = carrier.tokens
    at = group.last
    if (
        group.mood != "infinitive"
        or not group.allows("que")
        or group.first < 2
        or tokens[group.first - 1].low not in ("de", "d'")
        or tokens[0].low not in ("et", "puis")
        or at + 1 >= len(tokens)
        or tokens[at].low not in THAT
    ):
        return None
    source = source_of_participle(carrier, group)
    subject = source.phrase if source is not None else None
    if source is None or subject is None or (subject.first, subject.last) != (1, group.first - 1):
        return None
    return Told(at + 1, _sentence_end(tokens, at + 1), replace(source, rule="told_that"))


def _is_infinitive(tokens: tuple[Token, ...], at: int) -> bool:
    token = tokens[at]
    if token.kind is not Kind.WORD or token.capital or (at and tokens[at - 1].low in _NOT_BEFORE_INFINITIVE):
        return False
    if token.low in BEFORE_NOUN and (
        (at and tokens[at - 1].low in ("le", "la", "l'")) or token.low not in FORMS
    ):
        return False  # "ne dit pas autre chose"
    forms = FORMS.get(token.low)
    if forms:
        return any(f.mood == "infinitive" for f in forms)
    if at and tokens[at - 1].low in ("le", "la", "l'", "les"):
        return False  # "raconte l'histoire de …"
    if token.low in TIMES or noun(token.low):
        return False  # "en confirmant vendredi soir le rejet"
    return token.low.endswith(("er", "ir", "oir", "dre", "tre", "ire")) and len(token.low) > 3


def _after_incise(text: str, carrier: Carrier, group: VerbGroup, found: Sequence[Told]) -> Told | None:
    """P, a indiqué X. P begins the sentence, so that nothing found so far may stand before the verb."""
    tokens = carrier.tokens
    if any(told.first < group.first - 1 for told in found):
        return None
    early = group.clitic and group.first > 1 and group.verb is not None
    if (group.first < 4 and not early) or (
        tokens[group.first - 1].text != "," and tokens[group.first - 1].low not in ("se", "s'")
    ):
        return None
    if group.verb is None and not group.clitic:
        return None
    subject = incise_subject(carrier, group)
    if subject is None:
        return None
    if group.clitic and group.last < len(tokens) and tokens[group.last].low in DETERMINERS | {"d'", "de"}:
        return None  # a question: "le froid menace-t-il les vignes ?"
    end = group.first
    while end and tokens[end - 1].text != ",":
        end -= 1
    end -= 1
    phrase, pronoun = subject
    source = Attribution(
        "told_incise", phrase, pronoun, (group.first, group.last), group.verb.lemma if group.verb else ""
    )
    after = group.last if phrase is None else phrase.last
    if after < len(tokens) and tokens[after].text == ",":
        # "Au Québec, a-t-il dit, c'est …": the incise stands early in what it tells
        rest = tokens[after:]
        early = sum(t.kind is Kind.WORD for t in tokens[:end]) < _FEWEST
        unquoted = all(t.kind is not Kind.QUOTE for t in tokens)
        if unquoted and (early or (looks_said(rest) and not looks_said(tokens[:end]))):
            long_enough = sum(t.kind is Kind.WORD for t in rest) >= _LONG_REST
            return Told(0, _sentence_end(tokens, after + 1), source) if long_enough else None
        if early:
            return None
    start = _told_before(text, carrier, group, end)
    return Told(start, end, source) if start is not None else None


def _told_before(text: str, carrier: Carrier, group: VerbGroup, end: int) -> int | None:
    """Where the words told before an incise that follows ``end`` begin, if they are not all between marks."""
    tokens = carrier.tokens
    start = next((j for j, t in enumerate(tokens[:end]) if t.kind is not Kind.MARK), end)
    if tokens[start].kind is Kind.QUOTE and tokens[start + 1].low in ("et", "mais"):
        start += 2  # « P » mais c'est « Q », a dit X
        if not any(t.kind is Kind.QUOTE for t in tokens[start:end]):
            return None
    words = sum(t.kind is Kind.WORD for t in tokens[start:end])
    quoted_at = next((j for j in range(start, end) if tokens[j].kind is Kind.QUOTE), None)
    if quoted_at is None:
        only_quotes = group.allows("marks") and not group.allows("que")
        return None if words < _FEWEST or only_quotes or _only_named(carrier, start, end) else start
    if quoted_at == start or any(
        tokens[j].text == ":" and tokens[j + 1].kind is Kind.QUOTE for j in range(start, end)
    ):
        return None
    if quoted_at == end - 1 and tokens[quoted_at - 1].text == ",":
        quote = tokens[quoted_at]
        said = tokens_of(text, quote.start, min(quote.end, quote.start + LONGEST_LOOK))
        begins = [t for t in said if t.kind is Kind.WORD]
        if looks_said(said) and not (verbal(begins, ",") or begins_with_verb(text, begins[0].start)):
            return None  # "Vendredi, « P », a dit X": all that is said stands between the marks
    # A clause with its verb or its subject is whole, however short.
    whole_clause = looks_said(tokens[start:quoted_at]) or any(
        phrase.first <= start + 1 and phrase.last == quoted_at for phrase in carrier.phrases
    )
    quoted = sum(t.end - t.start for t in tokens[start:end] if t.kind is Kind.QUOTE)
    told = tokens[end].start - tokens[start].start - quoted
    return start if whole_clause or (words >= _FEWEST and quoted <= 9 * told) else None


def _only_named(carrier: Carrier, start: int, end: int) -> bool:
    """Whether a stretch does no more than name somebody: "Le ministre, Jean Roy, | a discuté avec X"."""
    named = {j for phrase in carrier.phrases for j in range(phrase.first, phrase.last)}
    return all(j in named for j in range(start, end) if carrier.tokens[j].kind is Kind.WORD)


def _according(carrier: Carrier) -> Told | None:
    """Selon X, P. / P, selon X. / P, selon X, P."""
    tokens = carrier.tokens
    pronoun = according_to_pronoun(tokens, len(tokens) - 1)
    if pronoun is not None and pronoun.cue is not None:
        told = _around(carrier, *pronoun.cue, replace(pronoun, rule="told_according"))
        if told is not None:
            return told
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first == 0 or (
            phrase.kind is PhraseKind.PRONOUN and not phrase.head.startswith(("celui", "celle", "ceux"))
        ):
            continue
        cue = nominal_cue(tokens, phrase)
        if cue is None or cue[1] == "dixit" or (cue[1] == "pour" and not _speaks_for_itself(phrase)):
            continue
        first, lemma = cue
        if (
            lemma == "pour"
            and _comma(tokens, phrase.last) != phrase.last
            and k not in carrier.appositions.values()
        ):
            continue
        after = _source_end(carrier, k)
        source = Attribution("told_according", whole(carrier, k), "", (first, phrase.first), lemma)
        told = _around(carrier, first, after, source)
        if told is not None:
            return told
    return None


def _speaks_for_itself(phrase: Phrase) -> bool:
    """Whether "pour X" can only mean X's opinion: a name, or a certain person or body."""
    noun = phrase.noun
    return phrase.kind is PhraseKind.NAME or (
        noun is not None
        and noun.kind in ("office", "trade", "description", "organization")
        and phrase.determiner in ("le", "la", "l'")
    )


def _source_end(carrier: Carrier, k: int) -> int:
    """Where the source that is phrase ``k`` ends, with what is said of it: at a comma, if there is one."""
    tokens = carrier.tokens
    last = carrier.phrases[k].last
    at = _comma(tokens, last)
    if at > last and tokens[last].low not in _RELATIVES and looks_said(tokens[last:at]):
        return last  # "selon la mairie les travaux avancent"
    # an apposition of the source ends at its own comma
    for other, name in carrier.appositions.items():
        if name == k and carrier.phrases[other].first == at + 1:
            at = _comma(tokens, carrier.phrases[other].last)
    if at + 1 < len(tokens) and tokens[at + 1].low in _RELATIVES:
        at = _comma(tokens, at + 1)
    return at


def _comma(tokens: Sequence[Token], at: int) -> int:
    return next((j for j in range(at, len(tokens)) if tokens[j].text == ","), len(tokens))


def _around(carrier: Carrier, first: int, after: int, source: Attribution) -> Told | None:
    """What is told beside a cue from ``first`` whose source ends at ``after``."""
    tokens = carrier.tokens
    closed = after + 1 < len(tokens) and tokens[after].text == ","
    if first and tokens[first - 1].low == "toujours":
        first -= 1  # "toujours selon cette étude"
    if _opens(tokens, first):
        return Told(after + 1, _sentence_end(tokens, after + 1), source) if closed else None
    if source.lemma == "pour":
        return None
    end = first - (tokens[first - 1].text == ",")
    start = next((j for j, t in enumerate(tokens[:end]) if t.kind is not Kind.MARK), end)
    if closed and start < end:
        if all(t.kind is Kind.QUOTE for t in tokens[start:end]):
            return None  # « … », selon X, P: the journalist goes on
        if tokens[after + 1].low in ("à", "de") and _is_infinitive(tokens, after + 2):
            return Told(after + 2, _sentence_end(tokens, after + 2), source)  # "visant, selon X, à …"
        goes_on = tokens[after + 1].low in _JOURNALIST_AGAIN or tokens[after + 1].low in _SENTENCE_LINKS
        # No verb yet, or the sentence stops behind it: "L'attaque a fait, selon X, …"
        if not goes_on and not looks_said(tokens[start : max(start, end - 2)]):
            return Told(start, _sentence_end(tokens, after + 1), source)
    return Told(start, end, source) if first > 4 else None


def _opens(tokens: Sequence[Token], first: int) -> bool:
    """Whether "selon" at this place begins a sentence, or a clause of its own after a conjunction."""
    if first == 0 or tokens[first - 1].text == ":":
        return True
    if first == 1:
        return tokens[0].low in _SENTENCE_LINKS
    return tokens[first - 1].text == "," and tokens[first - 2].low in _CLAUSE_LINKS
