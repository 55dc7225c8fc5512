"""What is put before the judge: each stretch of speech with what the rules propose, each source's record."""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from quotes.extraction.bodies import body_meant
from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.clues.question import Question, Record, name_words
from quotes.extraction.clues.speaker import in_display, known_as
from quotes.extraction.conjectures import beside_marks
from quotes.extraction.encoder.speech import Candidate, Mentioned, Speech
from quotes.extraction.entities import PERSON, UNNAMED, Entity
from quotes.extraction.flow import (
    Placed,
    content_words,
    most_alike,
    next_subject,
    same_sentence,
    stands_alone,
)
from quotes.extraction.hearing import Heard
from quotes.extraction.owners import WORDS_OF_SOMEBODY
from quotes.extraction.phrases import NAME, PRONOUN, Phrase, PhraseKind
from quotes.extraction.posts import lemmas_of, telling_words
from quotes.extraction.proper_names import CLITICS, person_noun
from quotes.extraction.resolve import Cast, Otherwise
from quotes.extraction.ruled_out import ruled_out
from quotes.extraction.tokens import WORD, Token, printed, tokens_inside
from quotes.extraction.value import value
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.nouns import noun
from quotes.french.verbs import is_finite_form
from quotes.model import ZoneKind

_ANSWERING = word_class("answering_verbs")
_TO_THEM = frozenset({"lui", "leur"})
_ONE = frozenset({"je", "j'", "mon", "ma", "mes", "me", "m'", "moi"})
_SEVERAL = frozenset({"nous", "notre", "nos"})
_YOU = frozenset({"vous", "votre", "vos", "tu", "toi", "ton", "ta", "tes"})
_NOBODY_IN_PARTICULAR = frozenset({"on", "je", "nous"})
_OF_TENSES = ("aient", "eront", "iront", "erait", "irait")
_MOST_CLITICS = 3
_UNTOLD = frozenset({"open", "of_another_post"})
_LONG = 12  # words: a fragment is shorter
_NEAR_BEFORE = 16  # mentions
_NEAR_AFTER = 4
_NEAR_OTHERWISE = 3
_OFTEN = 4
_MOST_CANDIDATES = 12
_TOLD_AROUND = 4  # told stretches before a quotation among which one may hold it
_SPOKEN_BEFORE = 12  # utterances before a stretch among which somebody else's is looked for
_NEAREST = 60  # quotations among which a repeated wording is looked for
_REPEATS = 0.6  # the share of a quotation's telling words that another one has, too


@value
class Utterance:
    """Something that the rules gave to a source: where it begins, and who said it."""

    start: int
    sentence: int
    paragraph: int
    entity: Entity
    asks: bool  # whether it ends with a question mark


class Docket:
    """All that the judge is asked about one part of an article, with what it may look up."""

    def __init__(
        self,
        text: str,
        carriers: Sequence[Carrier],
        placed: Sequence[Placed],
        told: Sequence[Heard],
        inner: Mapping[int, Carrier],
        cast: Cast,
    ) -> None:
        """``inner`` has the carriers of incises inside marks, by the index of the quotation."""
        self._text = text
        self._carriers = carriers
        self._placed = placed
        self._told = told
        self._inner = inner
        self._cast = cast
        self._mention_ends: Mapping[int, int] | None = None
        said: list[Placed | Heard] = [*placed, *told]
        self._utterances = sorted(
            (u for item in said if (u := _utterance(text, item)) is not None),
            key=lambda u: u.start,
        )
        self._starts = [u.start for u in self._utterances]
        self._alone = {id(item): own for item in said if (own := self._standing_alone(item)) is not None}
        self._told_starts = [heard.start for heard in told]
        self._otherwise = sorted(cast.otherwise, key=_position)
        # The sources in the order of their mentions, each by its ``id`` as in the records.
        self._seen_keys = [id(seen.entity) for seen in cast.seen]
        self._otherwise_keys = [id(other.seen.entity) for other in self._otherwise]
        self._contents = [content_words(text[p.quotation.start : p.quotation.end]) for p in placed]
        counted = Counter(chain.from_iterable(self._contents))
        self._shared = frozenset([word for word, times in counted.items() if times > 1])
        self._said = [n for n, p in enumerate(placed) if p.entity is not None]  # by their numbers
        self._records = self._recorded()
        often = sorted(
            (r for r in self._records.values() if r.positions and r.beside is None),
            key=lambda r: (-len(r.positions), r.positions[0]),
        )
        self._often_keys = [id(record.entity) for record in often[:_OFTEN]]
        persons = [r for r in often if r.entity.type is PERSON]
        for rank, record in enumerate(often):
            record.rank = rank
        for rank, record in enumerate(persons):
            record.person_rank = rank

    def _recorded(self) -> dict[int, Record]:
        records: dict[int, Record] = {}
        headline = ZoneKind.HEADLINE
        headlines = {n for n, carrier in enumerate(self._carriers) if carrier.sentence.zone is headline}

        def record_of(entity: Entity) -> Record:
            known = records.get(id(entity))
            if known is None:
                known = records[id(entity)] = Record(entity, words=name_words(entity.name))
            return known

        for entity in self._cast.sources():
            record_of(entity)
        for seen in self._cast.seen:
            record = records.get(id(seen.entity)) or record_of(seen.entity)
            if not record.positions or record.positions[-1] != seen.position:
                record.seen.append(seen)
                record.positions.append(seen.position)
            elif seen.speaks or seen.subject:
                record.seen[-1] = seen
            if seen.printed:
                record.printed.append(seen)
                record.printed_at.append(seen.position)
            if seen.sentence in headlines:
                record.in_headline = True
        for utterance in self._utterances:
            record_of(utterance.entity).spoke.append(utterance.start)
        for other, taken_for in self._otherwise:
            record = record_of(other.entity)
            record.beside = record.beside or taken_for
            record.seen.append(other)
            record.positions.append(other.position)
        for own in self._alone.values():
            record_of(own)
        for record in records.values():
            record.close()
        return records

    def _standing_alone(self, item: Placed | Heard) -> Entity | None:
        """The printed description of a source as one of its own, where the rules say whom it means.

        Which of both it is, the judge decides.
        """
        phrase = item.attribution.phrase if item.attribution is not None else None
        if phrase is None:
            return None
        own = self._cast.itself(self._source_carrier(item).tokens, phrase)
        if own is None or own is item.heard_at_first or own is item.entity:
            return None
        if item.heard_at_first is not None and own.type is not UNNAMED:
            return None  # whom "the company" means is told better by who acted last
        return own

    def _source_carrier(self, item: Placed | Heard) -> Carrier:
        """The carrier in which a source is printed: of an incise inside the marks its own, or the next."""
        if isinstance(item, Heard):
            return item.carrier
        return item.told_in or self._inner.get(item.carrier.tokens[item.position].quote, item.carrier)

    def quotations(self) -> Iterator[Question]:
        """Each placed quotation as a question, in their order."""
        for index, item in enumerate(self._placed):
            carrier = self._source_carrier(item)
            attributions = self._attributions(item) if carrier is item.carrier else {}
            yield self._question(item, carrier, attributions, self._beside(index))

    def told_stretches(self) -> Iterator[Question]:
        """Each stretch of told speech as a question, in their order."""
        for item in self._told:
            yield self._question(item, item.carrier, {}, {})

    def candidates(self, question: Question) -> list[Record]:
        """The sources that may be meant: those proposed, those named near it, those named most often."""
        proposed = [entity for entity, _ in question.proposals.values()]
        wanted = [question.answer, question.alone, question.first_answer, *proposed, *question.flow.values()]
        at = self._cast.seen_up_to(question.start)
        last = bisect(self._otherwise, question.start, key=_position)
        found = dict.fromkeys(
            [
                *map(id, wanted),
                *reversed(self._seen_keys[max(0, at - _NEAR_BEFORE) : at]),
                *reversed(self._otherwise_keys[max(0, last - _NEAR_OTHERWISE) : last]),
                *self._seen_keys[at : at + _NEAR_AFTER],
                *self._often_keys,
            ]
        )
        found.pop(id(None), None)
        asked = question.kind == "alone" and "previous_asks" in question.about
        replies = question.rule == "repartee" or (question.phrase is None and _is_announced_reply(question))
        if asked or (replies and "previous" in question.flow):
            # « Où étiez-vous ? » « Chez moi. » « Seul ? »: who spoke just before has his answer.
            found.pop(id(question.flow["previous"]), None)
        for entity in ruled_out(question, [self._records[key] for key in found], self._cast):
            found.pop(id(entity), None)
        return [self._records[key] for key in islice(found, _MOST_CANDIDATES)]

    def speech(self, question: Question, records: Sequence[Record]) -> Speech:
        """A question as the encoder is asked it; without anything that the rules answered."""
        ends = self._ends()
        told = "told" in question.about
        return Speech(question.start, question.end, told, tuple(_candidate(r, ends) for r in records))

    def _ends(self) -> Mapping[int, int]:
        """Where each mention ends, by where it begins; pronouns are none, since rules say whom they mean."""
        if self._mention_ends is None:
            self._mention_ends = dict(mentions_in([*self._carriers, *self._inner.values()]))
        return self._mention_ends

    def _attributions(self, item: Placed) -> dict[str, tuple[Entity, Attribution]]:
        """What each rule proposes for a quotation, by the rule's name, with whom it means."""
        found: dict[str, tuple[Entity, Attribution]] = {}
        meant: dict[int, Entity | None] = {}  # by the id of the phrase, since rules often propose the same
        tokens, paragraph = item.carrier.tokens, item.carrier.sentence.paragraph
        words = tokens_inside(self._text, item.start, item.end)
        for attribution in [*item.proposed, *beside_marks(item.carrier, item.position, words)]:
            rule, phrase, entity = attribution.rule, attribution.phrase, None
            if rule in found:
                continue
            if phrase is not None:
                if id(phrase) not in meant:
                    meant[id(phrase)] = self._cast.known_as(tokens, phrase, item.sentence, paragraph)
                entity = meant[id(phrase)]
            elif attribution.pronoun and attribution.pronoun != "ses":
                at = tokens[attribution.cue[0]].start if attribution.cue else item.quotation.start
                entity = self._cast.of_pronoun(attribution.pronoun, item.sentence, paragraph, at)
            if entity is not None:
                found[rule] = entity, attribution
        return found

    def _beside(self, index: int) -> dict[str, Entity | None]:
        """Whom the neighbouring quotations and sentences suggest."""
        item = self._placed[index]
        neighbour = same_sentence(self._placed, index)
        return {
            "same_sentence": neighbour.entity if neighbour is not None else None,
            "next_subject": next_subject(item, self._carriers, self._cast),
            "repeated": self._repeated(index),
            **self._told_beside(item),
        }

    def _told_beside(self, item: Placed) -> dict[str, Entity | None]:
        """Who tells what a quotation stands in, and who tells something after it in its sentence.

        What is told with a source inside it is somebody else's: "il dit que, pour Jeanne Roy, « … »".
        """
        found: dict[str, Entity | None] = {}
        at = bisect(self._told_starts, item.start)
        for heard in reversed(self._told[max(0, at - _TOLD_AROUND) : at]):
            if heard.end >= item.end:
                inside = heard.position <= _source_start(item.attribution) < heard.stretch.last
                found["told_around_source" if inside else "told_around"] = heard.entity
                break
        if at < len(self._told) and self._told[at].sentence == item.sentence:
            found["told_after"] = self._told[at].entity
        return found

    def _repeated(self, index: int) -> Entity | None:
        """Who says it in another place: a heading repeats its passage."""
        own, said = self._contents[index], self._said
        if len(own & self._shared) < _REPEATS * len(own):
            return None
        near = said[bisect_left(said, index - _NEAREST) : bisect_left(said, index + _NEAREST)]
        others = [n for n in near if n != index]
        share, likest = most_alike(own, [self._contents[n] for n in others])
        return self._placed[others[likest]].entity if share >= _REPEATS else None

    def _flow(self, start: int, sentence: int, paragraph: int) -> dict[str, Entity | None]:
        """Who spoke, acted or was named around an offset, by the reason."""
        cast = self._cast
        at = bisect(self._starts, start - 1)
        previous = self._utterances[at - 1] if at else None
        source = cast.last_source(sentence, start)
        acted = source is not None and source.type is PERSON
        return {
            "previous": previous.entity if previous else None,
            "asked_by": previous.entity if previous and previous.asks else None,
            "one_before": self._one_before(at) if at > 1 else None,
            "next": self._one_after(at, start),
            "last_subject": cast.last_subject(sentence, paragraph, start),
            "last_source": source,
            "last_person": source if acted else cast.last_person(sentence, start),
        }

    def _one_before(self, at: int) -> Entity | None:
        """Who spoke last before the utterance of this number, but for who made the one just before it."""
        previous = self._utterances[at - 1].entity
        for utterance in reversed(self._utterances[max(0, at - _SPOKEN_BEFORE) : at - 1]):
            if utterance.entity is not previous:
                return utterance.entity
        return None

    def _one_after(self, at: int, start: int) -> Entity | None:
        """Who made the utterance of this number, or the next one if this one begins at the offset itself."""
        for utterance in self._utterances[at : at + 2]:
            if utterance.start > start:
                return utterance.entity
        return None

    def _question(
        self,
        item: Placed | Heard,
        carrier: Carrier,
        proposals: Mapping[str, tuple[Entity, Attribution]],
        beside: Mapping[str, Entity | None],
    ) -> Question:
        attribution = item.attribution
        phrase = attribution.phrase if attribution is not None else None
        pronoun = attribution.pronoun if attribution is not None else ""
        if not pronoun and phrase is not None and phrase.kind is PRONOUN:
            pronoun = phrase.head
        since = item.start
        if phrase is not None and phrase.kind is not NAME:
            since = min(since, carrier.tokens[phrase.first].start)
        if pronoun:
            phrase = None
        start, end = item.start, item.end
        paragraph = item.carrier.sentence.paragraph
        flow = {**self._flow(start, item.sentence, paragraph), **beside}
        flow["body"] = self._body(carrier, phrase, item.sentence)
        flow["text_taken_up"] = self._cast.text_meant_in(carrier)
        words = self._words(item)
        return Question(
            start,
            end,
            item.sentence,
            paragraph,
            carrier,
            item.position if carrier is item.carrier else 0,
            self._kind(item, phrase.kind if phrase is not None else None, bool(pronoun)),
            item.rule,
            item.entity,
            item.heard_at_first,
            self._alone.get(id(item)),
            attribution is not None and attribution.weak,
            phrase,
            telling_words(printed(carrier.tokens, phrase.first, phrase.last)) if phrase else frozenset(),
            _lemmas(phrase, carrier.tokens) if phrase is not None else frozenset(),
            pronoun,
            attribution.cue if attribution is not None else None,
            proposals,
            {reason: entity for reason, entity in flow.items() if entity is not None},
            frozenset(self._facts(item, pronoun, [t.low for t in words if t.kind is WORD])),
            frozenset([fold(t.text) for t in words if t.capital]),
            max(0, len(self._utterances) - (item.entity is not None)),
            since,
        )

    def _kind(self, item: Placed | Heard, phrase: PhraseKind | None, pronoun: bool) -> str:
        """How the source is printed; "anew" where nothing tells that whom the rules take it for is that."""
        own, meant = self._alone.get(id(item)), item.heard_at_first or item.entity
        if not pronoun and own is not None and meant is not None and known_as(own, meant) in _UNTOLD:
            return "anew"
        return _kind(item, phrase, pronoun)

    def _body(self, carrier: Carrier, phrase: Phrase | None, sentence: int) -> Entity | None:
        """The body that "la société d'État" may stand for, if its own words name none."""
        entry = phrase.noun if phrase is not None else None
        if phrase is None or entry is None or entry.kind != "organization" or phrase.number != "s":
            return None
        return body_meant(self._cast.seen, entry.lemma, carrier.tokens[phrase.first].start, sentence)

    def _words(self, item: Placed | Heard) -> Sequence[Token]:
        """The words of a stretch, with those inside marks."""
        if isinstance(item, Heard):
            tokens = item.carrier.tokens[item.stretch.first : item.stretch.last]
            if all(t.quote < 0 for t in tokens):
                return tokens
        return tokens_inside(self._text, item.start, item.end)

    def _facts(self, item: Placed | Heard, pronoun: str, words: Sequence[str]) -> Iterator[str]:
        """What the stretch itself is like."""
        if pronoun in _NOBODY_IN_PARTICULAR:
            yield f"pronoun:{pronoun}"
        elif pronoun.endswith("-ci"):
            yield "pronoun:-ci"
        said = frozenset(words)
        if not _ONE.isdisjoint(said):
            yield "je"
        if not _SEVERAL.isdisjoint(said):
            yield "nous"
        if not _YOU.isdisjoint(said):
            yield "vous"
        yield "long" if len(words) > _LONG else "short"
        if _opens_with_verb(words):
            yield "verb_first"
        if in_display(item.carrier.sentence.zone):
            yield "display"
        at = bisect(self._starts, item.start - 1)
        if at and self._utterances[at - 1].paragraph == item.carrier.sentence.paragraph:
            yield "previous_in_paragraph"
            if self._utterances[at - 1].asks:
                yield "previous_asks"
        if item.attribution is not None:
            yield from _towards_whom(self._source_carrier(item).tokens, item.attribution)
        if isinstance(item, Heard):
            yield "told"
            return
        if stands_alone(item):
            yield "alone"
        if item.position == 0:
            yield "opens_sentence"


def _is_announced_reply(question: Question) -> bool:
    """Whether a word before the colon tells that it is an answer: "Réponse : « … »", "Réponse évasive :"."""
    opening = question.carrier.tokens[: question.position]
    return 1 < len(opening) <= _LONGEST_REPLY and opening[0].low in _REPLIES and opening[-1].text == ":"


_LONGEST_REPLY = 6  # tokens of "Réponse du tac au tac :"
_REPLIES = frozenset({"réponse", "réplique", "riposte"})


def _lemmas(phrase: Phrase, tokens: Sequence[Token]) -> frozenset[str]:
    """What a printed source says that somebody is: of "l'avis de la maire" that of its complement."""
    if phrase.head not in WORDS_OF_SOMEBODY:
        return lemmas_of(phrase.head)
    people = (t.low for t in tokens[phrase.first : phrase.last] if person_noun(t.low) is not None)
    return next(map(lemmas_of, people), lemmas_of(phrase.head))


def _opens_with_verb(words: Sequence[str]) -> bool:
    """Whether the first of these words are a predicate: « ne peut plus attendre », « s'est trompé »."""
    at = 0
    while at < min(len(words), _MOST_CLITICS) and words[at] in CLITICS:
        at += 1
    return (
        at < len(words)
        and (is_finite_form(words[at]) or words[at].endswith(_OF_TENSES))
        and not noun(words[at])
    )


def _source_start(attribution: Attribution | None) -> int:
    """The token at which a printed source begins, or the cue of one that a clitic names; −1 for none."""
    if attribution is None:
        return -1
    if attribution.phrase is not None:
        return attribution.phrase.first
    return attribution.cue[0] if attribution.cue else -1


def _position(other: Otherwise) -> int:
    return other.seen.position


def _towards_whom(tokens: Sequence[Token], attribution: Attribution) -> Iterator[str]:
    """Whether the cue shows that somebody else spoke or was spoken of before: "lui a dit", "a rétorqué"."""
    if attribution.lemma in _ANSWERING:
        yield "answers"
    if attribution.cue is not None:
        first, last = attribution.cue
        if not _TO_THEM.isdisjoint([t.low for t in tokens[max(0, first - 1) : last]]):
            yield "addressed"


def mentions_in(carriers: Iterable[Carrier]) -> Iterator[tuple[int, int]]:
    """Where names and descriptions begin and end."""
    for carrier in carriers:
        for phrase in carrier.phrases:
            if phrase.kind is not PRONOUN:
                yield carrier.tokens[phrase.first].start, carrier.tokens[phrase.last - 1].end


def _candidate(record: Record, ends: Mapping[int, int]) -> Candidate:
    entity = record.entity
    mentions = (Mentioned(s.position, ends[s.position], s.subject) for s in record.seen if s.position in ends)
    return Candidate(
        entity.type.value, entity.gender or entity.form, entity.plural, bool(entity.roles), tuple(mentions)
    )


def _utterance(text: str, item: Placed | Heard) -> Utterance | None:
    if item.entity is None:
        return None
    asks = isinstance(item, Placed) and text[item.end - 1] == "?"
    return Utterance(item.start, item.sentence, item.carrier.sentence.paragraph, item.entity, asks)


def _kind(item: Placed | Heard, phrase: PhraseKind | None, pronoun: bool) -> str:
    """How the source is printed, or how the stretch stands without one."""
    if pronoun:
        return "pronoun"
    if phrase is NAME:
        return "name"
    if phrase is not None:
        return "description"
    if in_display(item.carrier.sentence.zone):
        return "display"
    return "alone" if isinstance(item, Placed) and stands_alone(item) else "part"
