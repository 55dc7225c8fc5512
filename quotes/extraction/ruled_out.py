"""Who of an article can't be the source of some words, whatever speaks for him."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.extraction.clues.question import Question, Record
from quotes.extraction.entities import DOCUMENT, PERSON, UNNAMED, Entity
from quotes.extraction.phrases import DESCRIPTION
from quotes.extraction.posts import side_in_court
from quotes.extraction.proper_names import PEOPLE, RELATIVES
from quotes.extraction.resolve import Cast
from quotes.extraction.spoken_to import silent_at
from quotes.extraction.texts import VERBS_OF_TEXTS, WITHOUT_AUTHOR, is_law
from quotes.french.grammar import word_class

_OF_WOMEN = frozenset({"office", "trade", "relation"})
_PEOPLE_TYPES = frozenset({PERSON, UNNAMED})
_WHO_SPEAK = PEOPLE | {"group", "organization"}
_WHO_ACTED = ("last_subject", "last_source", "last_person")
_TELLING = frozenset({"that", "colon", "fragment", "participle"})
_OF_LAWS = _TELLING | {"according", "colon_alone", "as_said"}
_ANYWHERE = frozenset({"according", "as_said"})
_OUTER = ("incise", "incise_far", "according", "according_somewhere")
_DONE_BY_TEXTS = VERBS_OF_TEXTS | word_class("verbs_of_studies")


def ruled_out(question: Question, among: Sequence[Record], cast: Cast) -> Iterator[Entity | None]:
    """Those of some sources, or others besides, who can't have said it."""
    yield from _named_by_way(question, among)
    yield from _of_another_side(question, among)
    yield from _no_women(question, among)
    yield from _beside_text(question, among)
    yield from _silent(question, cast)
    yield from _named_before_the_latter(question, among)


def _named_by_way(question: Question, among: Sequence[Record]) -> Iterator[Entity]:
    """Who is only named to tell whose the printed source is: of "l'avocat de Jeanne Roy" she isn't it.

    Of two who share a name ("le frère de Jeanne Roy" may be Paul Roy) only who bears all of it.
    "La lettre de Jeanne Roy" is another matter.
    """
    entry = question.phrase.noun if question.phrase is not None else None
    if not question.names_linked or entry is None or entry.kind not in _WHO_SPEAK:
        return
    linked = question.names_linked
    named = [r for r in among if r.entity.type is PERSON and not r.telling.isdisjoint(linked)]
    for record in named:
        if len(named) == 1 or record.words <= linked:
            yield record.entity


def _of_another_side(question: Question, among: Sequence[Record]) -> Iterator[Entity]:
    """Who holds another post in court than the printed source: Me Jeanne Roy is not "le procureur"."""
    phrase = question.phrase
    side = side_in_court(phrase.head, question.phrase_words) if phrase is not None else ""
    if not side:
        return
    for record in among:
        sides = {side_in_court(role.head, role.words) for role in record.entity.told_roles} - {""}
        if sides and side not in sides:
            yield record.entity


def _no_women(question: Question, among: Sequence[Record]) -> Iterator[Entity]:
    """Men, who are not "la maire"; a woman may well be "le ministre"."""
    phrase = question.phrase
    entry = phrase.noun if phrase is not None else None
    if entry is None or phrase is None or entry.kind not in _OF_WOMEN:
        return
    if (phrase.kind, phrase.number, phrase.gender) == (DESCRIPTION, "s", "f"):
        people = (record.entity for record in among)
        yield from (e for e in people if e.type is PERSON and e.gender == "m")


def _beside_text(question: Question, among: Sequence[Record]) -> Iterator[Entity]:
    """Who only has to do with a text that speaks: "Léa Roy s'oppose à | une loi qui prévoit « … »".

    A body may be whose text it is, unless it stands beside it.
    """
    if not _does_itself(question):
        return
    start = question.carrier.tokens[0].start
    for record in among:
        here = any(start <= at < question.start for at in record.positions)
        if record.entity is not question.answer and (
            question.rule == "cited" or record.entity.type in _PEOPLE_TYPES or here
        ):
            yield record.entity


def _does_itself(question: Question) -> bool:
    """Whether a text is read, or does what texts do, before the marks: "une loi qui interdit « … »".

    Not "L'audit démontre que « … », dit Jeanne Roy".
    """
    phrase, answer, rule = question.phrase, question.answer, question.rule
    if answer is None or answer.type is not DOCUMENT or phrase is None:
        return False
    if rule == "cited":
        return True  # « … » (Mc 1, 17)
    if phrase.noun is None or phrase.noun.kind != "document":
        return False
    behind = question.cue is not None and question.cue[0] > question.position
    if behind and rule not in _ANYWHERE:
        return False
    proposed = question.proposals
    if any(other in proposed and proposed[other][0] is not answer for other in _OUTER):
        return False
    if rule == "according" and question.cue is not None:
        low = question.carrier.tokens[question.cue[1] - 1].low
        if low in RELATIVES:
            return True  # "un rapport | selon lequel « … »"
    if rule == "read_in" or (rule in _OF_LAWS and phrase.head in WITHOUT_AUTHOR):
        return True
    if rule not in _TELLING or (phrase.number == "p" and rule == "fragment"):
        return False  # "Des rapports font état d'un « malaise »"
    does = rule in proposed and proposed[rule][1].lemma in _DONE_BY_TEXTS
    return does or is_law(question.carrier.tokens, phrase)


def _silent(question: Question, cast: Cast) -> Iterator[Entity | None]:
    """Who acts in the sentence and says nothing: "Elle s'est vu répondre : « … »"."""
    carrier, sentence, paragraph = question.carrier, question.sentence, question.paragraph
    for silent in silent_at(carrier, question.position):
        if isinstance(silent, str):
            yield cast.of_pronoun(silent, sentence, paragraph, question.start)
        else:
            yield cast.known_as(carrier.tokens, silent, sentence, paragraph)


def _named_before_the_latter(question: Question, among: Sequence[Record]) -> Iterator[Entity]:
    """Who acted before the one was named whom "ce dernier" means: "X a vu Y. Ce dernier …"."""
    if "pronoun:-ci" not in question.about or question.answer is None:
        return
    acted = {id(question.flow.get(reason)) for reason in _WHO_ACTED}
    for record in among:
        entity = record.entity
        before = entity.type is PERSON and any(
            s.subject and s.sentence == question.sentence - 1 for s in record.seen
        )
        if entity is not question.answer and (before or id(entity) in acted):
            yield entity
