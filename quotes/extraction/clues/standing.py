"""How each source stands among the others, as seen from one question: who was named last, who acted last."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from quotes.extraction.clues.question import NEVER, Question, Record
from quotes.extraction.entities import ORGANIZATION, PERSON, Entity, Seen
from quotes.extraction.phrases import Phrase
from quotes.extraction.posts import Role, Roles, together


@dataclass(slots=True)
class Standing:
    """How one source stands among the others, as seen from one question.

    Ranks count from 0, by the last mention before the question.
    """

    record: Record
    named: Seen | None  # the last mention before it
    acted: Seen | None  # the last one where it acts
    fits: bool  # a person whose gender is the one that is printed
    holds: bool  # the printed source may word a role of it
    meant: bool  # a pronoun or "la jeune femme", "l'entreprise" may mean it
    recent: int = NEVER
    recent_fitting: int = NEVER
    recent_by_role: int = NEVER  # among those of whom the printed source may word a role
    recent_meant: int = NEVER
    subject: int = NEVER
    fitting_subject: int = NEVER
    meant_subject: int = NEVER
    often_fitting: int = NEVER


def ranked(question: Question, records: Sequence[Record]) -> list[Standing]:
    """The sources by how recently they were named before the question, all and those that agree.

    Before a pronoun or a description that leads up to the words, since that is what may mean them.
    """
    standings = [_standing(question, record) for record in records]
    recent = [s for s in standings if s.named is not None]
    recent.sort(key=_named_at, reverse=True)
    _rank_named(recent)
    acting = [s for s in standings if s.acted is not None]
    acting.sort(key=_acted_at, reverse=True)
    _rank_acting(acting)
    for rank, standing in enumerate(sorted([s for s in standings if s.fits], key=_often)):
        standing.often_fitting = rank
    return standings


_named_at, _acted_at, _often = (
    attrgetter("named.position"),
    attrgetter("acted.position"),
    attrgetter("record.rank"),
)


def _standing(question: Question, record: Record) -> Standing:
    """A source as seen from a question, before it is ranked."""
    entity = record.entity
    before = bisect_left(record.positions, question.since)
    agrees = question.gender is None or entity.gender is None or entity.gender == question.gender
    return Standing(
        record,
        record.seen[before - 1] if before else None,
        record.acting[before - 1] if before else None,
        agrees and entity.type is PERSON,
        agrees and bool(question.phrase_lemmas) and _has_role(question, record),
        question.points_back and _may_be_meant(question, entity),
    )


def _rank_named(standings: Sequence[Standing]) -> None:
    """Tell each its rank among those that were named, and among those of them that agree."""
    rank = fitting = holding = meant = 0
    for s in standings:
        takes = s.record.beside is None  # who may be nobody else takes no place
        s.recent = rank
        rank += takes
        if s.fits:
            s.recent_fitting = fitting
            fitting += takes
        if s.holds:
            s.recent_by_role = holding
            holding += takes
        if s.meant:
            s.recent_meant = meant
            meant += takes


def _rank_acting(standings: Sequence[Standing]) -> None:
    """Tell each its rank among those that acted, and among those of them that agree."""
    rank = fitting = meant = 0
    for s in standings:
        takes = s.record.beside is None
        s.subject = rank
        rank += takes
        if s.fits:
            s.fitting_subject = fitting
            fitting += takes
        if s.meant:
            s.meant_subject = meant
            meant += takes


def _may_be_meant(question: Question, entity: Entity) -> bool:
    """Whether a pronoun or a description may mean a source, as far as number, gender and sort tell."""
    entry = question.phrase.noun if question.phrase is not None and not question.pronoun else None
    if entry is not None and (entry.kind == "organization") != (entity.type is ORGANIZATION):
        return False
    gender, own = question.gender, entity.gender or entity.form
    return entity.plural == question.plural and (gender is None or own in (None, gender))


def _has_role(question: Question, record: Record) -> bool:
    """Whether the printed source words a role of a source by the same noun, or by a broader one."""
    phrase, lemmas = question.phrase, question.phrase_lemmas
    if phrase is None or not (record.entity.roles or record.entity.implied):
        return False
    told, inferred = roles_of(record, question, phrase)
    return (told is not None and told.are_told_by(phrase.head, lemmas)) or (
        inferred is not None and inferred.are_told_by(phrase.head, lemmas)
    )


def roles_of(record: Record, question: Question, phrase: Phrase) -> tuple[Roles | None, Roles | None]:
    """What a source is told to be, and what it is taken to be by other words than the question's."""
    told, inferred = record.roles()
    if inferred is None:
        return told, None
    other = [role for role in inferred.each if not _is_lent(question, phrase, role)]
    return told, inferred if len(other) == len(inferred.each) else together(other)


def _is_lent(question: Question, phrase: Phrase, role: Role) -> bool:
    """Whether a role was inferred from the very words that print the source: it tells nothing of them."""
    tokens = question.carrier.tokens
    return tokens[phrase.first].start <= role.start < tokens[phrase.last - 1].end
