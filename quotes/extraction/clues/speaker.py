"""Who speaks? What speaks for and against each source of the article, and for *nobody*.

A :class:`Question` is one quotation (or stretch of told speech) with what the rules propose for it; a
:class:`Record` is what the article tells of one source. Each function below looks at one thing that
the two have in common; :func:`speaker_clues` asks them all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quotes.extraction.carrier import Attribution, Carrier
from quotes.extraction.clues.buckets import bucket
from quotes.extraction.entities import Entity, Seen
from quotes.extraction.mentions import Phrase, PhraseKind
from quotes.extraction.posts import stands_for
from quotes.extraction.proper_names import PREPOSITIONS
from quotes.extraction.subjects import bare
from quotes.extraction.tokens import Kind, Token
from quotes.french.lexicon import fold
from quotes.model import SpeakerType, ZoneKind

_PRONOUN_GENDER = {"il": "m", "elle": "f", "ils": "m", "elles": "f"}
_DISTANCES = ((0, "0"), (1, "1"), (2, "2"), (3, "3"), (5, "4-5"), (9, "6-9"))
_SHARES = ((0.0, "0"), (0.15, "<.15"), (0.35, "<.35"), (0.6, "<.6"), (0.85, "<.85"))
_RANKS = ("0", "1", "2", "3-4", "3-4")
_GAPS = ((0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"))
_NEVER = 99
_LONG_SOURCE = 4  # tokens
_ARTICLES = {
    **dict.fromkeys(("le", "la", "l'", "les", "du", "au", "aux"), "definite"),
    **dict.fromkeys(("un", "une", "des", "plusieurs", "certains", "certaines"), "indefinite"),
    **dict.fromkeys(("son", "sa", "ses", "leur", "leurs"), "possessive"),
    **dict.fromkeys(("ce", "cet", "cette", "ces"), "demonstrative"),
}


@dataclass(slots=True)
class Record:
    """What an article tells of one source: where it is mentioned, where the rules let it speak."""

    entity: Entity
    seen: list[Seen] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)  # of ``seen``, ascending
    spoke: list[int] = field(default_factory=list)  # offsets of what the rules give it, ascending
    words: frozenset[str] = frozenset()
    rank: int = 0  # by mentions, among all sources
    person_rank: int = _NEVER  # among the persons
    in_headline: bool = False
    sort: tuple[str, ...] = ()  # the clues that tell what sort of source it is, once they were asked for

    def last_before(self, position: int) -> Seen | None:
        """The last mention before an offset."""
        at = bisect_left(self.positions, position)
        return self.seen[at - 1] if at else None

    def last_subject_before(self, position: int) -> Seen | None:
        """The last mention before an offset where it acts."""
        for at in range(bisect_left(self.positions, position) - 1, -1, -1):
            if self.seen[at].subject:
                return self.seen[at]
        return None

    def first_after(self, position: int) -> Seen | None:
        """The first mention at or after an offset."""
        at = bisect_left(self.positions, position)
        return self.seen[at] if at < len(self.seen) else None


@dataclass(frozen=True, slots=True)
class Question:
    """One stretch of speech whose source is asked for."""

    start: int
    end: int
    sentence: int
    paragraph: int
    carrier: Carrier
    position: int  # of the quotation's token in the carrier
    kind: str  # how its source is printed: "name", "description", "pronoun", "alone", "part", "display"
    rule: str  # of the rules' own answer
    answer: Entity | None  # the rules' own answer
    first_answer: Entity | None  # what the sentence alone gives
    weak: bool
    phrase: Phrase | None
    phrase_words: frozenset[str]
    phrase_lemmas: frozenset[str]
    pronoun: str
    cue: tuple[int, int] | None
    proposals: Mapping[str, tuple[Entity, Attribution]]  # by the rule
    flow: Mapping[str, Entity]  # by the reason: "previous", "last_subject" …
    about: frozenset[str]  # facts of the quotation: "je", "nous", "alone", "long" …
    capitals: frozenset[str]  # folded capitalised words inside the marks
    spoken: int  # quotations that the rules gave to somebody, besides this one

    @property
    def points_back(self) -> bool:
        """Whether the source is printed as one who was named before: "elle", "la jeune femme"."""
        phrase = self.phrase
        return bool(self.pronoun) or (
            phrase is not None
            and phrase.kind is PhraseKind.DESCRIPTION
            and phrase.noun is not None
            and _ARTICLES.get(phrase.determiner) in ("definite", "demonstrative")
        )

    @property
    def gender(self) -> str | None:
        """The gender that the printed source shows."""
        if self.pronoun:
            return _PRONOUN_GENDER.get(self.pronoun.removesuffix("-ci"))
        return self.phrase.gender if self.phrase is not None else None


@dataclass(frozen=True, slots=True)
class Order:
    """How recent the sources are, seen from one question: ranks from 0, by last mention before it."""

    recent: Mapping[int, int]
    recent_subjects: Mapping[int, int]
    recent_fitting: Mapping[int, int]
    recent_fitting_subjects: Mapping[int, int]
    often_fitting: Mapping[int, int]
    recent_by_role: Mapping[int, int]  # among those of whom the printed source may word a role
    recent_meant: Mapping[int, int]  # among all that a pronoun or "la jeune femme", "l'entreprise" may mean
    recent_meant_subjects: Mapping[int, int]


def order_of(question: Question, records: Sequence[Record]) -> Order:
    """Rank the sources by how recently they were named before the question, all and those that agree."""
    last = {id(r): seen.position for r in records if (seen := r.last_before(question.start))}
    subject = {id(r): seen.position for r in records if (seen := r.last_subject_before(question.start))}
    gender = question.gender
    meant = [r for r in records if _may_be_meant(question, r.entity)] if question.points_back else []
    fitting = [r for r in records if r.entity.type is SpeakerType.PERSON and _agrees(gender, r.entity)]
    return Order(
        _ranked(records, last),
        _ranked(records, subject),
        _ranked(fitting, last),
        _ranked(fitting, subject),
        {id(r): k for k, r in enumerate(sorted(fitting, key=lambda r: r.rank))},
        _ranked([r for r in records if _has_role(question, gender, r)], last)
        if question.phrase_lemmas
        else {},
        _ranked(meant, last),
        _ranked(meant, subject),
    )


def _may_be_meant(question: Question, entity: Entity) -> bool:
    """Whether a pronoun or a description may mean a source, as far as number, gender and sort tell."""
    phrase = question.phrase
    if question.pronoun or phrase is None or phrase.noun is None:
        plural = question.pronoun.removesuffix("-ci").endswith("s")
    else:
        plural = phrase.number == "p"
        body = entity.type is SpeakerType.ORGANIZATION
        if body != (phrase.noun.kind == "organization"):
            return False
    gender = question.gender
    return entity.plural == plural and (gender is None or (entity.gender or entity.form) in (None, gender))


def _has_role(question: Question, gender: str | None, record: Record) -> bool:
    """Whether the printed source words one of its roles by the same noun, or by a broader one."""
    phrase, lemmas = question.phrase, question.phrase_lemmas
    return (
        phrase is not None
        and _agrees(gender, record.entity)
        and any(
            role.head == phrase.head or not role.lemmas.isdisjoint(lemmas) or stands_for(lemmas, role.lemmas)
            for role in record.entity.roles
        )
    )


def _ranked(records: Iterable[Record], positions: Mapping[int, int]) -> dict[int, int]:
    known = sorted((r for r in records if id(r) in positions), key=lambda r: -positions[id(r)])
    return {id(r): k for k, r in enumerate(known)}


def _agrees(gender: str | None, entity: Entity) -> bool:
    return gender is None or entity.gender in (None, gender)


def nobody_clues(question: Question) -> Iterator[str]:
    """What speaks for leaving a quotation without a speaker."""
    yield "nobody"
    yield f"nobody,rule:{question.rule}"
    if question.answer is None:
        yield "nobody,no_answer"
    else:
        yield f"nobody,answer:{question.answer.type.value}"
    if question.weak:
        yield "nobody,weak"
    for fact in question.about:
        yield f"nobody,{fact}"
    yield f"nobody,zone:{question.carrier.sentence.zone.value}"
    yield f"nobody,proposals:{min(3, len({id(e) for e, _ in question.proposals.values()}))}"


def speaker_clues(question: Question, record: Record, order: Order) -> list[str]:
    """All that speaks for or against one source as the speaker."""
    clues = list(_proposed(question, record))
    clues += _flow(question, record)
    if not record.sort:
        record.sort = tuple(_sort(record))
    clues += record.sort
    clues += _told_of_itself(question, record)
    clues += _recency(question, record, order)
    clues += _described(question, record)
    clues += _by_role(question, record, order)
    clues += _place(question, record)
    clues += _in_sentence(question, record)
    clues += _agreement(question, record)
    clues += _naming(question, record)
    clues += _said(question, record)
    return clues


def _rank(number: int) -> str:
    return _RANKS[number] if number < len(_RANKS) else "5+"


def _proposed(question: Question, record: Record) -> Iterator[str]:
    """What the rules propose."""
    entity = record.entity
    count = 0
    for rule, (proposed, _) in question.proposals.items():
        if proposed is entity:
            count += 1
            yield f"proposed:{rule}"
            if question.answer is not entity:
                yield f"proposed:{rule},over:{question.rule}"
        elif question.answer is entity:
            yield f"answer:{question.rule},against:{rule}"
    if count:
        yield f"proposals:{min(count, 3)}"
    elif question.proposals:
        yield "another_proposed"
    if question.answer is entity:
        yield "answer"
        yield f"answer,rule:{question.rule}"
        yield f"answer,type:{entity.type.value}"
        if question.weak:
            yield "answer,weak"
        for fact in question.about:
            yield f"answer,{fact}"
        if not record.seen or record.positions[0] >= question.carrier.tokens[0].start:
            yield "answer,new"
        if question.phrase is not None and question.phrase.determiner:
            yield f"answer,determiner:{question.phrase.determiner}"
    elif question.answer is not None:
        yield f"another_answer:{question.answer.type.value},type:{entity.type.value}"
    if question.first_answer is entity:
        yield "first_answer"


def _flow(question: Question, record: Record) -> Iterator[str]:
    """Who spoke, acted or was named around it."""
    for reason, entity in question.flow.items():
        if entity is record.entity:
            yield f"flow:{reason}"
            yield f"flow:{reason},type:{record.entity.type.value}"
            if "alone" in question.about:
                yield f"flow:{reason},alone"
            for fact in ("previous_in_paragraph", "previous_asks"):
                if fact in question.about:
                    yield f"flow:{reason},{fact}"


def _sort(record: Record) -> Iterator[str]:
    """What sort of source it is, whatever is asked."""
    entity = record.entity
    yield f"type:{entity.type.value}"
    yield f"rank:{_rank(record.rank)}"
    if record.person_rank < _NEVER:
        yield f"person_rank:{_rank(record.person_rank)}"
    yield f"mentions:{bucket(len(record.seen), ((0, '0'), (1, '1'), (2, '2'), (5, '3-5')), '6+')}"
    if entity.plural:
        yield "plural"
    if entity.is_place:
        yield "place"
    if entity.type is SpeakerType.PERSON:
        yield "full_name" if " " in entity.name else "single_name"
        if entity.holds_office:
            yield "holds_office"
        elif entity.roles:
            yield "has_role"
        if entity.goes_by_first_name:
            yield "first_name_only"
        if entity.by_surname:
            yield "by_surname"
    if record.in_headline:
        yield "in_headline"


def _told_of_itself(question: Question, record: Record) -> Iterator[str]:
    """What sort of source it is, beside what the words themselves are like."""
    entity = record.entity
    for fact in ("je", "nous", "display", "pronoun:on", "pronoun:je", "pronoun:nous"):
        if fact in question.about:
            yield f"{fact},type:{entity.type.value}"


def _recency(question: Question, record: Record, order: Order) -> Iterator[str]:
    """How recently it was named, beside the others."""
    key = id(record)
    yield f"recent:{_rank(order.recent.get(key, _NEVER))}"
    if "pronoun:-ci" in question.about:
        yield f"-ci,recent:{_rank(order.recent.get(key, _NEVER))}"
    yield f"recent_subject:{_rank(order.recent_subjects.get(key, _NEVER))}"
    if record.entity.type is SpeakerType.PERSON:
        yield f"recent_fitting:{_rank(order.recent_fitting.get(key, _NEVER))}"
        yield f"recent_fitting_subject:{_rank(order.recent_fitting_subjects.get(key, _NEVER))}"
        yield f"often_fitting:{_rank(order.often_fitting.get(key, _NEVER))}"
        if len(order.recent_fitting) == 1 and key in order.recent_fitting:
            yield "only_fitting"
    if question.points_back:
        yield f"meant:{_rank(order.recent_meant.get(key, _NEVER))}"
        rank = _rank(order.recent_meant_subjects.get(key, _NEVER))
        yield f"meant_subject:{rank}"
        yield f"meant_subject:{rank},type:{record.entity.type.value}"
        if not question.pronoun and question.answer is not record.entity:
            yield f"meant_subject:{rank},another"


def _described(question: Question, record: Record) -> Iterator[str]:
    """Whether a description stands for itself or for this source, by its noun and its article."""
    phrase = question.phrase
    if phrase is None or phrase.kind is not PhraseKind.DESCRIPTION or phrase.noun is None:
        return
    who = "itself" if question.answer is record.entity else f"type:{record.entity.type.value}"
    article = _ARTICLES.get(phrase.determiner, "none" if not phrase.determiner else "other")
    yield f"source:{phrase.noun.kind},{article},{who}"
    yield f"source:{phrase.noun.kind},{phrase.number},{who}"
    yield f"head:{phrase.head},{who}"
    if any(t.capital for t in question.carrier.tokens[phrase.first + 1 : phrase.last]):
        yield f"source_has_name,{who}"
    if phrase.last - phrase.first > _LONG_SOURCE:
        yield f"long_source,{who}"


def _by_role(question: Question, record: Record, order: Order) -> Iterator[str]:
    """How recently it was named, beside the others of whom the printed source may speak."""
    if not question.phrase_lemmas:
        return
    rank = order.recent_by_role.get(id(record))
    rivals = len(order.recent_by_role)
    if rank is None:
        yield "role_of_another" if rivals else "role_of_nobody"
        return
    yield f"recent_by_role:{_rank(rank)}"
    yield "role_of_it_alone" if rivals == 1 else "role_of_several"


def _place(question: Question, record: Record) -> Iterator[str]:
    """How far its mentions are."""
    before = record.last_before(question.start)
    if before is None:
        yield "not_named_before"
    else:
        far = bucket(question.sentence - before.sentence, _DISTANCES, "10+")
        yield f"named:{far}"
        if before.paragraph == question.paragraph:
            yield "named_in_paragraph"
        if before.subject:
            yield f"named:{far},subject"
        if before.speaks:
            yield f"named:{far},speaking"
    subject = record.last_subject_before(question.start)
    if subject is not None:
        yield f"acted:{bucket(question.sentence - subject.sentence, _DISTANCES, '10+')}"
        if subject.paragraph == question.paragraph:
            yield "acted_in_paragraph"
    after = record.first_after(question.end)
    if after is not None:
        yield f"named_after:{bucket(after.sentence - question.sentence, _DISTANCES, '10+')}"
        if after.paragraph == question.paragraph and after.sentence == question.sentence + 1:
            yield "acts_next" if after.subject else "named_next"


def _mentions_here(question: Question, record: Record) -> list[tuple[int, Phrase]]:
    """The source's phrases in the quotation's own sentence, by number."""
    tokens = question.carrier.tokens
    begin, end = tokens[0].start, tokens[-1].end
    at = bisect_left(record.positions, begin)
    here = set()
    while at < len(record.positions) and record.positions[at] < end:
        here.add(record.positions[at])
        at += 1
    if not here:
        return []
    return [(k, p) for k, p in enumerate(question.carrier.phrases) if tokens[p.first].start in here]


def _in_sentence(question: Question, record: Record) -> Iterator[str]:
    """Where it stands in the sentence of the quotation."""
    here = _mentions_here(question, record)
    if not here:
        return
    tokens, position = question.carrier.tokens, question.position
    before = [m for m in here if m[1].first < position]
    after = [m for m in here if m[1].first > position]
    if before:
        yield "stands_before"
        yield from _mention("before", question, *before[-1])
    if after:
        yield "stands_after"
        yield from _mention("after", question, *after[0])
    if question.cue is not None:
        first, last = question.cue
        gap = min(min(abs(p.first - last), abs(first - p.last)) for _, p in here)
        yield f"from_cue:{bucket(gap, _GAPS, '9+')}"
    phrase = question.phrase
    if phrase is not None:
        for _, other in here:
            if other.first != phrase.first:
                yield from _beside_phrase(tokens, phrase, other)
                break


def _mention(side: str, question: Question, number: int, phrase: Phrase) -> Iterator[str]:
    """One mention in the sentence: its place and its grammar."""
    tokens, position = question.carrier.tokens, question.position
    if bare(phrase, tokens):
        yield f"{side}:bare"
        if not any(bare(other, tokens) for other in question.carrier.phrases[:number]):
            yield f"{side}:first_bare"
    if number == 0:
        yield f"{side}:first_phrase"
    word = phrase.before
    if word in ("de", "d'", "du", "des"):
        yield f"{side}:de"
    elif word in ("par", "selon", "pour", "avec", "à", "chez", "et", ",", "que", "qu'", "comme"):
        yield f"{side}:{word}"
    elif word in PREPOSITIONS:
        yield f"{side}:preposition"
    gap = phrase.first - position if phrase.first > position else position - phrase.last
    yield f"{side}:gap:{bucket(gap, _GAPS, '9+')}"
    if phrase.last < len(tokens) and tokens[phrase.last].low == "qui":
        yield f"{side}:qui"
    if side == "before":
        ques = sum(t.low in ("que", "qu'") for t in tokens[phrase.last : position])
        yield f"before:que:{min(ques, 2)}"
        verb = next((g for g in question.carrier.verbs if g.first >= phrase.last), None)
        if verb is not None and verb.allows("strong"):
            yield f"before:verb_of_saying:{bucket(verb.first - phrase.last, _GAPS, '9+')}"


def _beside_phrase(tokens: Sequence[Token], phrase: Phrase, other: Phrase) -> Iterator[str]:
    """Whether it stands right beside the printed source, as an apposition does."""
    left, right = (phrase, other) if phrase.first < other.first else (other, phrase)
    between = tokens[left.last : right.first]
    words = sum(t.kind is Kind.WORD for t in between)
    side = "after" if other.first > phrase.first else "before"
    if words <= 1:
        mark = next((t.text for t in between if t.kind is Kind.MARK), "none")
        yield f"beside_source:{side},{mark if mark in (',', '(', ':', 'none') else 'mark'},{words}"
    else:
        yield f"near_source:{side}"


def _agreement(question: Question, record: Record) -> Iterator[str]:
    """Gender and number."""
    entity, phrase = record.entity, question.phrase
    if question.pronoun:
        plural = question.pronoun.removesuffix("-ci").endswith("s")
        if plural != entity.plural and not (plural and entity.type is SpeakerType.GROUP):
            yield "number:differs"
            return
        gender = question.gender
        own = entity.gender or entity.form
        if gender is not None and own is not None:
            yield "gender:same" if gender == own else "gender:differs"
        else:
            yield "gender:open"
    elif phrase is not None:
        if (phrase.number == "p") != entity.plural:
            yield "number:differs"
        if phrase.gender and entity.gender:
            yield "gender:same" if phrase.gender == entity.gender else "gender:differs"


def _naming(question: Question, record: Record) -> Iterator[str]:
    """Whether the printed source words its name or one of its roles."""
    entity, phrase = record.entity, question.phrase
    if phrase is None or not question.phrase_words:
        return
    words = question.phrase_words
    common = len(words & record.words) / len(words)
    if common:
        yield f"name_overlap:{bucket(common, _SHARES, 'all')}"
    if record.words and record.words < words:
        yield "name_inside_source"
    if record.words and not entity.plural and _stands_inside(question, record):
        yield "stands_inside_source"
    overlap = max((len(words & role.words) / len(words) for role in entity.roles), default=0.0)
    if overlap:
        yield f"role_overlap:{bucket(overlap, _SHARES, 'all')}"
    if any(
        role.head == phrase.head or not role.lemmas.isdisjoint(question.phrase_lemmas)
        for role in entity.roles
    ):
        yield "role_same_head"
    if any(stands_for(question.phrase_lemmas, role.lemmas) for role in entity.roles):
        yield "role_broader"
    if phrase.kind is PhraseKind.DESCRIPTION and phrase.noun is not None:
        yield f"source:{phrase.noun.kind},type:{entity.type.value}"
        yield f"source_determiner:{phrase.determiner or 'none'},type:{entity.type.value}"


def _stands_inside(question: Question, record: Record) -> bool:
    """Whether the name is a part of the printed source, as a complement: "l'avocat de Jeanne Roy"."""
    phrase, tokens = question.phrase, question.carrier.tokens
    if phrase is None or phrase.kind is PhraseKind.NAME:
        return False
    inside = {fold(t.text) for t in tokens[phrase.first + 1 : phrase.last] if t.capital}
    return not inside.isdisjoint(record.words)


def _said(question: Question, record: Record) -> Iterator[str]:
    """What else the article lets it say, and whether the words name it."""
    mine = record.spoke
    own = question.answer is record.entity
    total = len(mine) - own
    yield f"share_of_speech:{bucket(total / question.spoken if question.spoken else 0.0, _SHARES, 'all')}"
    if total:
        yield f"speaks:{bucket(total, ((1, '1'), (2, '2'), (4, '3-4')), '5+')}"
        if bisect_left(mine, question.start) > 0:
            yield "spoke_before"
        if bisect_left(mine, question.end) < len(mine):
            yield "speaks_later"
    if any(len(word) > 3 and word in question.capitals for word in record.words):
        yield "named_inside_marks"


def name_words(name: str) -> frozenset[str]:
    """The folded words of a name."""
    return frozenset(fold(name).replace("'", " ").replace("-", " ").split())


def in_display(zone: ZoneKind) -> bool:
    """Whether a zone is a headline, a heading, a caption or a pull quote."""
    return zone in (ZoneKind.HEADLINE, ZoneKind.HEADING, ZoneKind.PULL_QUOTE, ZoneKind.CAPTION)
