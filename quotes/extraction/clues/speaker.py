"""Who speaks? What speaks for and against each source of the article, and for *nobody*.

A :class:`Question` is one quotation (or stretch of told speech) with what the rules propose for it; a
:class:`Record` is what the article tells of one source. Each function below looks at one thing that
the two have in common; :func:`speaker_clues` asks them all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import product

from quotes.extraction.clues.buckets import Wording, scale
from quotes.extraction.clues.question import ARTICLES, LONG_SOURCE, NEVER, Question, Record
from quotes.extraction.clues.standing import Standing, ranked, roles_of
from quotes.extraction.entities import PERSON, Entity
from quotes.extraction.phrases import DESCRIPTION, NAME, Phrase
from quotes.extraction.posts import Roles, stands_for
from quotes.extraction.proper_names import PREPOSITIONS
from quotes.extraction.subjects import bare
from quotes.extraction.tokens import MARK, WORD, Token
from quotes.extraction.value import unique
from quotes.french.grammar import word_class
from quotes.french.nouns import noun
from quotes.model import SpeakerType, ZoneKind

_DISTANCES = scale(((0, "0"), (1, "1"), (2, "2"), (3, "3"), (5, "4-5"), (9, "6-9")), "10+")
_SHARES = scale(((0, "0"), (3, "<.15"), (7, "<.35"), (12, "<.6"), (17, "<.85")), "all")  # in twentieths
_GAPS = scale(((0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (8, "5-8")), "9+")
_RANKS = scale(((0, "0"), (1, "1"), (2, "2"), (4, "3-4")), "5+")
_TIMES = scale(((0, "0"), (1, "1"), (2, "2"), (5, "3-5")), "6+")
_OF_TYPE = {sort: f"type:{sort}" for sort in SpeakerType}
_BESIDE_FLOW = ("alone", "previous_in_paragraph", "previous_asks", "answers", "addressed")
_OF_COURTS = word_class("professions_of_courts")


@unique
class Order:
    """The sources as seen from one question: how recent they are, and whom rules and neighbours point at."""

    standings: Mapping[int, Standing]  # by the ``id`` of the source's record
    fitting: int  # how many persons that agree were named before it
    holding: int  # how many were of whom the printed source may word a role
    pointed: Mapping[int, Sequence[str]]  # clues to whom the rules and the neighbours point at, by its ``id``
    unpointed: Sequence[str]  # the clues to all others
    roleless: Sequence[str]  # the clues to those of whom the printed source words no role
    by_sort: Mapping[SpeakerType, Sequence[str]]  # clues that all sources of a sort share
    here: Mapping[int, tuple[int, Phrase]]  # the phrases of its sentence with their number, by their offset
    bounds: tuple[int, int]  # where its sentence begins and ends


def order_of(question: Question, records: Sequence[Record]) -> Order:
    """Rank the sources, and tell what is the same for all of a sort."""
    standings = ranked(question, records)
    recent = [s for s in standings if s.named is not None]
    tokens = question.carrier.tokens
    holding = len([s for s in recent if s.holds])
    return Order(
        dict(zip(map(id, records), standings, strict=True)),
        len([s for s in recent if s.fits]),
        holding,
        _pointed(question),
        ("another_proposed",) if question.proposals else (),
        ("role_of_another",) if holding else ("role_of_nobody",),
        {sort: _of_sort(question, sort) for sort in {record.entity.type for record in records}},
        {tokens[p.first].start: (k, p) for k, p in enumerate(question.carrier.phrases)},
        (tokens[0].start, tokens[-1].end),
    )


_NOBODY, _NOBODY_RULE, _NOBODY_ANSWER, _NOBODY_ZONE = (
    Wording(f"nobody,{what}") for what in ("", "rule:", "answer:", "zone:")
)
_NOBODY_PROPOSALS = scale(((0, "0"), (1, "1"), (2, "2")), "3").clues("nobody,proposals:")


def nobody_clues(question: Question) -> list[str]:
    """What speaks for leaving a quotation without a speaker."""
    clues = ["nobody", _NOBODY_RULE[question.rule]]
    answer = question.answer
    clues.append("nobody,no_answer" if answer is None else _NOBODY_ANSWER[answer.type])
    if question.weak:
        clues.append("nobody,weak")
    clues += map(_NOBODY.__getitem__, question.about)
    clues.append(_NOBODY_ZONE[question.carrier.sentence.zone])
    clues.append(_NOBODY_PROPOSALS[len({id(entity) for entity, _ in question.proposals.values()})])
    return clues


def speaker_clues(question: Question, record: Record, order: Order) -> list[str]:
    """All that speaks for or against one source as the speaker."""
    entity = record.entity
    standing = order.standings[id(record)]
    if not record.sort:
        record.sort = tuple(_sort(record))
    is_printed = entity is question.answer or entity is question.alone
    clues = [
        *order.pointed.get(id(entity), order.unpointed),
        *record.sort,
        *(_as_printed(question, record) if is_printed else order.by_sort[entity.type]),
        *_recency(question, standing, order),
        *_named_before(question, standing),
        *(_said(question, record) if record.spoke else _SAYS_NOTHING),
    ]
    if question.phrase_lemmas:
        clues += order.roleless if standing.recent_by_role == NEVER else _by_role(standing, order)
    if record.until >= question.end:
        clues += _named_after(question, record)
    if record.until >= order.bounds[0] and (here := _mentions_here(record, order)):
        clues += _in_sentence(question, here)
    if question.pronoun or question.phrase is not None:
        clues += _agreement(question, entity)
    if question.phrase_words:
        clues += _naming(question, record)
    if not record.telling.isdisjoint(question.capitals):
        clues.append("named_inside_marks")
    return clues


# The clues below are asked for a dozen sources of each stretch: those of a scale are made once, and what is
# the same for all sources, or for all of a sort, is kept with the question or with the order.


_ANSWER, _ANSWER_RULE, _ANSWER_TYPE = (Wording(f"answer,{what}") for what in ("", "rule:", "type:"))
_PROPOSED, _FLOW = Wording("proposed:"), Wording("flow:")
_FLOW_OF = {sort: Wording("flow:", f",{of}") for sort, of in _OF_TYPE.items()}
_FLOW_BESIDE = {fact: Wording("flow:", f",{fact}") for fact in _BESIDE_FLOW}


def _pointed(question: Question) -> dict[int, list[str]]:
    """What speaks for those whom the rules propose, and who spoke, acted or was named around it."""
    answer, rule = question.answer, question.rule
    found: dict[int, list[str]] = {}
    times: dict[int, int] = {}
    for other, (entity, _) in question.proposals.items():
        key = id(entity)
        times[key] = times.get(key, 0) + 1
        clues = found.setdefault(key, [])
        clues.append(_PROPOSED[other])
        if answer is not entity:
            clues.append(f"proposed:{other},over:{rule}")
            if answer is not None:
                found.setdefault(id(answer), []).append(f"answer:{rule},against:{other}")
    for key, count in times.items():
        found[key].append(f"proposals:{min(count, 3)}")
    if question.first_answer is not None:
        found.setdefault(id(question.first_answer), []).append("first_answer")
    beside = [clues for fact, clues in _FLOW_BESIDE.items() if fact in question.about]
    for reason, meant in question.flow.items():
        clues = found.setdefault(id(meant), [])
        clues += _FLOW[reason], _FLOW_OF[meant.type][reason]
        for fact in beside:
            clues.append(fact[reason])
    if question.proposals:
        for key, clues in found.items():
            if key not in times:
                clues.append("another_proposed")
    return found


def _answered(question: Question, record: Record) -> list[str]:
    """What speaks for the rules' own answer."""
    clues = ["answer", _ANSWER_RULE[question.rule], _ANSWER_TYPE[record.entity.type]]
    if question.weak:
        clues.append("answer,weak")
    clues += map(_ANSWER.__getitem__, question.about)
    if not record.seen or record.positions[0] >= question.carrier.tokens[0].start:
        clues.append("answer,new")
    if question.phrase is not None and question.phrase.determiner:
        clues.append(f"answer,determiner:{question.phrase.determiner}")
    return clues


_RANK, _PERSON_RANK, _MENTIONS = (
    _RANKS.clues("rank:"),
    _RANKS.clues("person_rank:"),
    _TIMES.clues("mentions:"),
)


def _sort(record: Record) -> Iterator[str]:
    """What sort of source it is, whatever is asked."""
    entity = record.entity
    yield _OF_TYPE[entity.type]
    yield _RANK[record.rank]
    if record.person_rank < NEVER:
        yield _PERSON_RANK[record.person_rank]
    yield _MENTIONS[len(record.seen)]
    if entity.plural:
        yield "plural"
    if entity.type is not PERSON:
        if entity.is_place:
            yield "place"
    else:
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
    if record.beside is not None:
        yield from _beside_named(entity, record.beside)


def _beside_named(described: Entity, named: Entity) -> Iterator[str]:
    """How well whom the rules take a description for is known to be what it says."""
    yield "beside"
    head = described.roles[0].head
    known = known_as(described, named)
    yield f"beside:{known}"
    determiner = described.name.partition(" ")[0].lower()
    yield f"beside:{known},{ARTICLES.get(determiner, 'definite')}"
    kind = next((n.kind for n in noun(head)), "")
    yield f"beside:{known},{kind}"
    yield f"beside,head:{head}"


def known_as(described: Entity, named: Entity) -> str:
    """Whether it is told of somebody that he is what a description says."""
    head, lemmas = described.roles[0].head, described.roles[0].lemmas
    told = named.told_roles
    if any(r.head == head or not r.lemmas.isdisjoint(lemmas) for r in told):
        return "told"
    if any(stands_for(lemmas, r.lemmas) for r in told):
        return "broader"
    return "of_another_post" if any(r.is_post for r in told) else "open"


def _as_printed(question: Question, record: Record) -> list[str]:
    """What speaks for the rules' own answer, or for a printed description as a source of its own."""
    sort = record.entity.type
    if question.answer is record.entity:
        return [*_answered(question, record), *_of_sort(question, sort, "itself")]
    return ["stands_alone", *_of_sort(question, sort, "alone"), *_told_apart(question, record)]


def _told_apart(question: Question, record: Record) -> Iterator[str]:
    """What parts a printed description from whom the rules take it for: "le policier | qui a tout vu"."""
    phrase, tokens = question.phrase, question.carrier.tokens
    if phrase is None or record.beside is None:
        return
    known = known_as(record.entity, record.beside)
    if phrase.last < len(tokens) and tokens[phrase.last].low == "qui":
        yield f"alone:{known},qui"
    if question.names_inside:
        yield f"alone:{known},has_name"
    if phrase.last - phrase.first > LONG_SOURCE:
        yield f"alone:{known},long"
    if question.answer is not None:
        yield f"alone:{known},answer:{'titled' if ' ' not in question.answer.name else 'full_name'}"
    yield f"alone:{known},{phrase.determiner}"
    mine = record.entity.roles[0].fields
    theirs = frozenset().union(*(r.fields for r in record.beside.told_roles))
    if mine and theirs:
        yield "alone:same_field" if mine & theirs else "alone:other_field"


_FACT_OF = {sort: Wording("", f",{of}") for sort, of in _OF_TYPE.items()}
_ANOTHER_ANSWER = {sort: Wording("another_answer:", f",{of}") for sort, of in _OF_TYPE.items()}


def _of_sort(question: Question, sort: SpeakerType, meant: str = "") -> list[str]:
    """What the sort of a source tells beside what the words are like and how the source is printed.

    A printed description stands for a source of this sort, or for what ``meant`` says.
    """
    phrase = question.phrase
    of_type = _OF_TYPE[sort]
    clues: list[str] = []
    if question.typed:
        clues += map(_FACT_OF[sort].__getitem__, question.typed)
    if question.described:
        clues += [like + (meant or of_type) for like in question.described]
        if question.phrase_words and phrase is not None and phrase.noun is not None:
            clues.append(f"source:{phrase.noun.kind},{of_type}")
            clues.append(f"source_determiner:{phrase.determiner or 'none'},{of_type}")
    if question.answer is not None and meant != "itself":
        clues.append(_ANOTHER_ANSWER[sort][question.answer.type])
    return clues


_RECENT, _CI_RECENT = _RANKS.clues("recent:"), _RANKS.clues("-ci,recent:")
_RECENT_SUBJECT = _RANKS.clues("recent_subject:")
_RECENT_FITTING = _RANKS.clues("recent_fitting:")
_RECENT_FITTING_SUBJECT = _RANKS.clues("recent_fitting_subject:")
_OFTEN_FITTING = _RANKS.clues("often_fitting:")
_MEANT, _MEANT_SUBJECT = _RANKS.clues("meant:"), _RANKS.clues("meant_subject:")
_MEANT_ANOTHER = _RANKS.clues("meant_subject:", ",another")
_MEANT_SUBJECT_SORT = {sort: _RANKS.clues("meant_subject:", f",{of}") for sort, of in _OF_TYPE.items()}


def _recency(question: Question, standing: Standing, order: Order) -> list[str]:
    """How recently it was named, beside the others."""
    entity = standing.record.entity
    clues = [_RECENT[standing.recent], _RECENT_SUBJECT[standing.subject]]
    if entity.type is PERSON:
        clues.append(_RECENT_FITTING[standing.recent_fitting])
        clues.append(_RECENT_FITTING_SUBJECT[standing.fitting_subject])
        clues.append(_OFTEN_FITTING[standing.often_fitting])
        if order.fitting == 1 and standing.recent_fitting == 0:
            clues.append("only_fitting")
    if question.points_back:
        rank = standing.meant_subject
        clues.append(_MEANT[standing.recent_meant])
        clues.append(_MEANT_SUBJECT[rank])
        clues.append(_MEANT_SUBJECT_SORT[entity.type][rank])
        if "pronoun:-ci" in question.about:
            clues.append(_CI_RECENT[standing.recent])
        elif not question.pronoun and question.answer is not entity:
            clues.append(_MEANT_ANOTHER[rank])
    return clues


_RECENT_BY_ROLE = _RANKS.clues("recent_by_role:")


def _by_role(standing: Standing, order: Order) -> Sequence[str]:
    """How recently it was named, beside the others of whom the printed source may speak."""
    rank = _RECENT_BY_ROLE[standing.recent_by_role]
    return rank, "role_of_it_alone" if order.holding == 1 else "role_of_several"


def _last_named(here: bool, acts: bool, speaks: bool, far: str) -> tuple[str, ...]:
    """The clues to a last mention: whether it is of the same paragraph, acts, speaks, and how far it is."""
    found = {
        f"named:{far}": True,
        "named_in_paragraph": here,
        f"named:{far},subject": acts,
        f"named:{far},speaking": speaks,
    }
    return tuple(clue for clue, holds in found.items() if holds)


def _last_acted(here: bool, far: str) -> tuple[str, ...]:
    """The clues to a last mention where somebody acts."""
    return (f"acted:{far}", "acted_in_paragraph") if here else (f"acted:{far}",)


_LAST_NAMED = {
    (here, acts, speaks): _DISTANCES.each(partial(_last_named, here, acts, speaks))
    for here, acts, speaks in product((False, True), repeat=3)
}
_LAST_ACTED = {here: _DISTANCES.each(partial(_last_acted, here)) for here in (False, True)}
_NAMED_AFTER, _HEARD_AFTER = _DISTANCES.clues("named_after:"), _DISTANCES.clues("heard_after:")


def _named_before(question: Question, standing: Standing) -> Sequence[str]:
    """How far its mentions before the words are."""
    sentence, paragraph = question.sentence, question.paragraph
    named, acted = standing.named, standing.acted
    if named is None:
        return ("not_named_before",)
    clues = _LAST_NAMED[named.paragraph == paragraph, named.subject, named.speaks][sentence - named.sentence]
    if acted is None:
        return clues
    return clues + _LAST_ACTED[acted.paragraph == paragraph][sentence - acted.sentence]


def _named_after(question: Question, record: Record) -> list[str]:
    """How far its mentions after the words are."""
    sentence, paragraph = question.sentence, question.paragraph
    clues: list[str] = []
    after = record.first_after(question.end)
    if after is not None:
        clues.append(_NAMED_AFTER[after.sentence - sentence])
        if after.paragraph == paragraph and after.sentence == sentence + 1:
            clues.append("acts_next" if after.subject else "named_next")
    at = bisect_left(record.positions, question.end)
    heard = record.seen[at] if at < len(record.seen) else None
    if heard is not None and not heard.printed and question.answer is not record.entity:
        clues.append(_HEARD_AFTER[heard.sentence - sentence])
    return clues


def _mentions_here(record: Record, order: Order) -> list[tuple[int, Phrase]]:
    """The source's phrases in the quotation's own sentence, by number."""
    begin, end = order.bounds
    positions = record.positions
    at = bisect_left(positions, begin)
    if at == len(positions) or positions[at] >= end:
        return []
    here = positions[at : bisect_left(positions, end, at)]
    return [order.here[position] for position in here if position in order.here]


_FROM_CUE = _GAPS.clues("from_cue:")


def _in_sentence(question: Question, here: Sequence[tuple[int, Phrase]]) -> Sequence[str]:
    """Where its phrases stand in the sentence of the quotation."""
    clues: list[str] = []
    tokens, position = question.carrier.tokens, question.position
    before = [m for m in here if m[1].first < position]
    after = [m for m in here if m[1].first > position]
    if before:
        clues.append("stands_before")
        clues += _mention("before", question, *before[-1])
    if after:
        clues.append("stands_after")
        clues += _mention("after", question, *after[0])
    if question.cue is not None:
        first, last = question.cue
        gap = min([min(abs(p.first - last), abs(first - p.last)) for _, p in here])
        clues.append(_FROM_CUE[gap])
    phrase = question.phrase
    if phrase is not None:
        other = next((p for _, p in here if p.first != phrase.first), None)
        if other is not None:
            clues += _beside_phrase(tokens, phrase, other)
    return clues


_SIDES = {side: Wording(f"{side}:") for side in ("before", "after")}
_SIDE_GAPS = {side: _GAPS.clues(f"{side}:gap:") for side in _SIDES}
_SAYING_AFTER = _GAPS.clues("before:verb_of_saying:")
_QUES = ("before:que:0", "before:que:1", "before:que:2")
_OF = frozenset({"de", "d'", "du", "des"})
_LEADING = frozenset({"par", "selon", "pour", "avec", "à", "chez", "et", ",", "que", "qu'", "comme"})


def _mention(side: str, question: Question, number: int, phrase: Phrase) -> list[str]:
    """One mention in the sentence: its place and its grammar."""
    tokens, position, sides = question.carrier.tokens, question.position, _SIDES[side]
    clues: list[str] = []
    if bare(phrase, tokens):
        clues.append(sides["bare"])
        if not any(bare(other, tokens) for other in question.carrier.phrases[:number]):
            clues.append(sides["first_bare"])
    if number == 0:
        clues.append(sides["first_phrase"])
    word = phrase.before
    if word in _OF:
        clues.append(sides["de"])
    elif word in _LEADING:
        clues.append(sides[word])
    elif word in PREPOSITIONS:
        clues.append(sides["preposition"])
    gap = phrase.first - position if phrase.first > position else position - phrase.last
    clues.append(_SIDE_GAPS[side][gap])
    if phrase.last < len(tokens) and tokens[phrase.last].low == "qui":
        clues.append(sides["qui"])
    if side == "before":
        ques = [t for t in tokens[phrase.last : position] if t.low in ("que", "qu'")]
        clues.append(_QUES[min(len(ques), 2)])
        verb = next((g for g in question.carrier.verbs if g.first >= phrase.last), None)
        if verb is not None and verb.allows("strong"):
            clues.append(_SAYING_AFTER[verb.first - phrase.last])
    return clues


def _beside_phrase(tokens: Sequence[Token], phrase: Phrase, other: Phrase) -> Iterator[str]:
    """Whether it stands right beside the printed source, as an apposition does."""
    left, right = (phrase, other) if phrase.first < other.first else (other, phrase)
    between = tokens[left.last : right.first]
    words = sum(t.kind is WORD for t in between)
    side = "after" if other.first > phrase.first else "before"
    if words <= 1:
        mark = next((t.text for t in between if t.kind is MARK), "none")
        yield f"beside_source:{side},{mark if mark in (',', '(', ':', 'none') else 'mark'},{words}"
    else:
        yield f"near_source:{side}"


def _agreement(question: Question, entity: Entity) -> Sequence[str]:
    """Gender and number."""
    phrase = question.phrase
    if question.pronoun:
        if question.plural != entity.plural and not (question.plural and entity.type is SpeakerType.GROUP):
            return ("number:differs",)
        gender = question.gender
        own = entity.gender or entity.form
        if gender is None or own is None:
            return ("gender:open",)
        return ("gender:same",) if gender == own else ("gender:differs",)
    if phrase is None:
        return ()
    clues: list[str] = []
    if question.plural != entity.plural:
        clues.append("number:differs")
    if phrase.gender and entity.gender:
        clues.append("gender:same" if phrase.gender == entity.gender else "gender:differs")
    return clues


def _naming(question: Question, record: Record) -> Sequence[str]:
    """Whether the printed source words its name or one of its roles."""
    entity, phrase, words = record.entity, question.phrase, question.phrase_words
    if phrase is None or not words:
        return ()
    clues: list[str] = []
    if not words.isdisjoint(record.words):
        clues.append(_OVERLAPS[_twentieths(len(words & record.words), len(words))])
        if record.words < words and phrase.kind is NAME:
            clues.append("name_inside_source")
    if not question.names_inside.isdisjoint(record.words) and not words <= record.words:
        linked = not question.names_linked.isdisjoint(record.words)
        clues += _LINKED_INSIDE[entity.type] if linked else _INSIDE_SOURCE[entity.type]
    if entity.roles or entity.implied:
        clues += _wording_roles(question, phrase, record)
    if phrase.noun is not None and phrase.kind is DESCRIPTION and entity.undergoes:
        clues.append("befallen,of_courts" if phrase.head in _OF_COURTS else f"befallen,{phrase.noun.kind}")
    return clues


_INSIDE_SOURCE = {sort: ("inside_source", f"inside_source,{of}") for sort, of in _OF_TYPE.items()}
_LINKED_INSIDE = {sort: ("linked_inside", f"linked_inside,{of}") for sort, of in _OF_TYPE.items()}
_OVERLAPS = _SHARES.clues("name_overlap:")


def _wording_roles(question: Question, phrase: Phrase, record: Record) -> list[str]:
    """Whether the printed source words one of some roles, or says more broadly what it is.

    Roles that were only taken to be somebody's, by an earlier description, tell less than those that stand
    beside the name.
    """
    clues: list[str] = []
    told, inferred = roles_of(record, question, phrase)
    if told is not None:
        mine, theirs = question.fields, told.fields
        if mine:
            shared = not mine.isdisjoint(theirs)
            clues.append("field:same" if shared else "field:differs" if theirs else "field:open")
        clues += _worded("role", question, phrase, told)
    if inferred is not None:
        clues += _worded("inferred_role", question, phrase, inferred)
    return clues


def _worded(which: str, question: Question, phrase: Phrase, roles: Roles) -> list[str]:
    """How the printed source words these roles, which are told or inferred."""
    clues: list[str] = []
    words, lemmas = question.phrase_words, question.phrase_lemmas
    if not words.isdisjoint(roles.words):
        most = max([len(words & role.words) for role in roles.each])
        clues.append(f"{which}_overlap:{_SHARES[_twentieths(most, len(words))]}")
    same = phrase.head in roles.heads or not lemmas.isdisjoint(roles.lemmas)
    if same:
        clues.append(f"{which}_same_head")
        alike = [r for r in roles.each if r.head == phrase.head or not r.lemmas.isdisjoint(lemmas)]
        if all(words - r.words and r.words - words for r in alike):
            clues.append(f"{which}_elsewhere")  # each tells more: "la maire de Brume" and "maire du Val"
    if question.is_broad and stands_for(lemmas, roles.lemmas):
        clues.append(f"{which}_broader")
    elif not same and roles.has_post:
        clues.append(f"{which}_differs")
    return clues


_SHARE_OF_SPEECH = _SHARES.clues("share_of_speech:")
_SAYS_NOTHING = (_SHARE_OF_SPEECH[0],)
_SPEAKS = scale(((1, "1"), (2, "2"), (4, "3-4")), "5+").clues("speaks:")


def _said(question: Question, record: Record) -> Sequence[str]:
    """What else the article lets it say."""
    mine = record.spoke
    total = len(mine) - (question.answer is record.entity)
    if not total:
        return _SAYS_NOTHING
    clues = [_SHARE_OF_SPEECH[_twentieths(total, question.spoken)], _SPEAKS[total]]
    if mine[0] < question.start:
        clues.append("spoke_before")
    if mine[-1] >= question.end:
        clues.append("speaks_later")
    return clues


def _twentieths(part: int, whole: int) -> int:
    """A share in twentieths, rounded up; none of nothing."""
    return -(-20 * part // whole) if whole else 0


def in_display(zone: ZoneKind) -> bool:
    """Whether a zone is a headline, a heading, a caption or a pull quote."""
    return zone in (ZoneKind.HEADLINE, ZoneKind.HEADING, ZoneKind.PULL_QUOTE, ZoneKind.CAPTION)
