"""Who is "la ministre"? The person whom a description means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from quotes.extraction.course import Course
from quotes.extraction.entities import ORGANIZATION, PERSON, UNNAMED, Entity, NameIndex, Seen, single
from quotes.extraction.named import Named
from quotes.extraction.phrases import Phrase
from quotes.extraction.posts import (
    ASKING,
    FATES,
    fields_of,
    is_highest,
    is_meant,
    leads,
    lemmas_of,
    of_another_country,
    of_same_country,
    paraphrased,
    shares_complement,
    stands_for,
    telling_words,
)
from quotes.extraction.proper_names import CONTRACTED, PREPOSITIONS, name_run
from quotes.extraction.tokens import QUOTE, Token, spelt
from quotes.extraction.wording import (
    GENERIC,
    SEXLESS,
    is_complemented,
    is_of_a_body,
    without_article,
    words_of_phrase,
)
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold

_REIGNING = word_class("who_go_by_first_names")
_ANYBODY = word_class("empty_posts")
SPOKEN_OF = frozenset({"intéressé", "intéressée"})
"""Who is described so was named before: "l'intéressée rougit"."""
ORDINALS = {"premier": 0, "première": 0, "second": 1, "seconde": 1}
"""Which of two who were just named they stand for."""
_OF_STATES = word_class("posts_of_states")
_TOWN_ITSELF = frozenset({"commune", "ville", "village", "cite", "localite", "municipalite"})
_OF_PLACES = word_class("posts_of_places")
_OF_COURTS = word_class("professions_of_courts")
_COUNTERPARTS = word_class("counterparts")
_ELECTED = frozenset({"élu", "parlementaire"})
_NEAR = 4  # sentences between a post and the name of its holder
_FEW = 8


class Holders:
    """The persons of an article by their posts, their trades and what else describes them."""

    def __init__(self, names: Named, course: Course, described: NameIndex) -> None:
        """``described`` has the sources that the article only describes."""
        self._names = names
        self._course = course
        self._described = described

    def person_described(self, tokens: Sequence[Token], phrase: Phrase) -> Entity | None:
        """ "la ministre", "le quinquagénaire", "le patron de X": somebody the article has named."""
        gender = (
            phrase.gender
            if phrase.determiner in ("la", "une", "cette", "le", "ce", "cet")
            else (phrase.noun.gender if phrase.noun else None)
        )
        if phrase.determiner == "l'" and phrase.gender == "f":
            gender = "f"  # "l'employée", not "l'avocat"
        if phrase.head in SEXLESS:
            gender = None
        told = self._who_that_is(tokens, phrase.last)
        if told is not None:
            return told
        worded = without_article(words_of_phrase(tokens, phrase), phrase)
        holder = self._holder(worded)
        if holder is not None:
            return holder
        complemented = (
            is_complemented(tokens, phrase)
            and not is_highest(worded)
            and not is_of_a_body(tokens, phrase)
            and phrase.head != "conseil"  # whose lawyer it is tells nothing of who
        )
        match = self._by_role(tokens, phrase, gender, complemented)
        if match is not None or phrase.determiner == "":
            return match
        here = tokens[phrase.first].start
        if phrase.determiner in ("ce", "cet", "cette"):
            shown = self._just_brought_in(tokens, gender)
            if shown is not None:
                return shown
        if phrase.determiner == "l'" and tokens[phrase.first + 1].low in ("ancien", "ancienne"):
            # "l'ancien inspecteur des impôts": what somebody was tells of whom the article already speaks
            return self._by_word_alone(tokens, phrase, gender, anywhere=False, told=True)
        if complemented:
            return self._by_post_alone(tokens, phrase, gender, here)
        if phrase.head in SPOKEN_OF:
            return self._spoken_of(tokens, phrase, gender, here)
        return self._by_word_alone(tokens, phrase, gender, anywhere=is_highest(worded))

    def _holder(self, description: str) -> Entity | None:
        """Who holds the post that a set phrase stands for ("le chef de l'État")."""
        posts, phrases = paraphrased(description)
        if not (posts or phrases):
            return None
        own = telling_words(description)
        unnamed = (e for e in self._described.entities() if e.type is UNNAMED)
        for entity in (*self._names.people, *unnamed):
            for role in entity.roles:
                if is_meant(role, posts, phrases) and not of_another_country(own, role.words):
                    return entity
        return None

    def _who_that_is(self, tokens: Sequence[Token], at: int) -> Entity | None:
        """ "Le président de l'association « … » est Michel Morel": the sentence itself says who it is."""
        at += at < len(tokens) and tokens[at].kind is QUOTE
        if at + 1 >= len(tokens) or tokens[at].low not in ("est", "était", "sera"):
            return None
        end = name_run(tokens, at + 1, self._names.words)
        known = self._names.all_named(spelt(tokens, at + 1, end))
        return known[0] if known else None

    def _by_role(
        self, tokens: Sequence[Token], phrase: Phrase, gender: str | None, complemented: bool
    ) -> Entity | None:
        """Who has a role that the description words again, or in a broader way."""
        if phrase.head in _ANYBODY:
            return None
        own = telling_words(words_of_phrase(tokens, phrase))
        lemmas = lemmas_of(phrase.head)
        head = {fold(phrase.head)}
        of_states = not lemmas.isdisjoint(_OF_STATES)
        of_a_place = complemented and (
            not lemmas.isdisjoint(_OF_PLACES) or "justice" in fields_of(own - head)
        )
        latest = self._course.latest_speaker()
        matches: list[tuple[int, int, Entity]] = []
        for entity in (
            *self._names.people,
            *(e for e in self._described.entities() if e.type is UNNAMED),
        ):
            if gender and entity.gender and entity.gender != gender and (entity.firm or gender == "f"):
                continue  # "le maire" may be a woman, "la maire" no man
            for role in entity.known_roles:
                if of_states and of_another_country(own, role.words):
                    continue
                broad = not complemented and stands_for(lemmas, role.lemmas)
                if broad or role.head == phrase.head or not lemmas.isdisjoint(role.lemmas):
                    common = len(own & role.words)
                    # "la maire (de la commune), Léa Roy" is who "la maire de Brume" means
                    plain = of_a_place and not role.words - head - _TOWN_ITSELF
                    plain = plain or of_same_country(own, role.words)
                    if broad or plain or common > 1 or not own - role.words - head:
                        if broad:
                            # "le juriste": the lawyer who just spoke, sooner than a jurist far off
                            common += 1 if entity is latest else -1
                        matches.append((common, entity.last_sentence, entity))
                        break
                elif entity.type is PERSON and shares_complement(phrase, role, own):
                    matches.append((0, entity.last_sentence, entity))
                    break
        if not matches:
            return None
        here = tokens[phrase.first].start
        common, _, match = matches[0]
        if len(matches) > 1:
            known = {id(s.entity) for s in self._course.seen if s.position < here}
            # Who was named already, sooner than somebody of whom the article only speaks later.
            common, _, match = max(matches, key=lambda m: (m[0], id(m[2]) in known, m[1]))
        if (
            common < 1
            and latest is not None
            and latest.type is PERSON
            and latest.is_free
            and self._course.seen[-1].sentence - latest.last_sentence <= 1
            and (gender is None or latest.gender in (None, gender))
        ):
            return latest  # who has just spoken, sooner than whom the word may also mean
        office = phrase.noun is not None and phrase.noun.kind == "office"
        if match.type is UNNAMED and not complemented and office:
            # "la préfète du Jura" had no name yet, who then spoke has no post: she is the prefect
            holder = self._takes_up_post(latest, gender, here)
            if holder is not None:
                holder.roles.extend(match.roles)
                return holder
        return match

    def _takes_up_post(self, latest: Entity | None, gender: str | None, here: int) -> Entity | None:
        """Who may hold a post that had no name yet: who just spoke, or acts in the sentence before."""
        if gender is None or not self._course.seen:
            return None
        last = self._course.seen[-1]
        acted = next((s for s in reversed(self._course.seen) if s.position < here and s.subject), None)
        near = acted is not None and acted.paragraph == last.paragraph and acted.printed
        for person in (latest, acted.entity if acted is not None and near else None):
            if (
                person is not None
                and person.type is PERSON
                and not person.holds_office
                and not person.goes_by_first_name
                and person.gender == gender
                and last.sentence - person.last_sentence <= 1
            ):
                return person
        return None

    def _by_post_alone(
        self, tokens: Sequence[Token], phrase: Phrase, gender: str | None, here: int
    ) -> Entity | None:
        """Who "le président de la région" is, when no role of anybody's says so."""
        persons = [s for s in self._course.seen if s.entity.type is PERSON and s.position < here]
        only = single(s.entity for s in persons if not s.entity.undergoes)
        kind = phrase.noun.kind if phrase.noun else ""
        if only is not None and kind == "office" and only.goes_by_first_name:
            return None
        if only is not None and only.is_free and (gender is None or only.gender in (None, gender)):
            return only  # the one person met so far
        last = self._course.seen[-1] if self._course.seen else None
        if phrase.determiner in ("ce", "cet", "cette") and last is not None:
            # "ce chef d'entreprise": who was spoken of just before
            near = (s for s in reversed(persons) if s.subject and last.sentence - s.sentence < _NEAR)
            shown = next(
                (s.entity for s in near if gender is None or s.entity.gender in (None, gender)), None
            )
            if shown is not None:
                return shown
        if kind == "office" and last is not None:
            named = self._just_named(persons, phrase, gender, last)
            if named is not None:
                return named
        if kind in ("trade", "description") and last is not None:
            # "la spécialiste du climat" after somebody was named: a stranger would be "une spécialiste"
            for seen in reversed(persons):
                if last.sentence - seen.sentence > 4:
                    break
                if seen.subject and (gender is None or seen.entity.gender in (None, gender)):
                    if phrase.head in _OF_COURTS and _is_of_elsewhere(seen.entity):
                        break  # "… », a promis le maire, Paul Roy. L'avocat de la famille …"
                    return seen.entity
        only = single(s.entity for s in self._course.seen if s.speaks and s.entity.type is PERSON)
        back = any(t.low in ("cette", "ce", "cet") for t in tokens[phrase.first + 1 : phrase.last])
        fits = only is not None and (gender is None or only.gender in (None, gender))
        if only is not None and phrase.head in _OF_COURTS and _is_of_elsewhere(only):
            return None
        return only if fits and (back or kind in ("trade", "description")) else None

    def _just_brought_in(self, tokens: Sequence[Token], gender: str | None) -> Entity | None:
        """ "On discute avec Léa. Cette étudiante …": whom the sentence before ends with."""
        start = tokens[0].start
        before = (s for s in reversed(self._course.seen) if s.position < start and not s.entity.is_place)
        seen = next(before, None)
        if seen is None or seen.entity.type is not PERSON or not seen.printed:
            return None
        near = self._course.seen[-1].sentence - seen.sentence <= 1
        fits = gender is None or seen.entity.gender in (None, gender)
        return seen.entity if near and fits and not (seen.subject or seen.speaks) else None

    def _just_named(
        self, persons: Sequence[Seen], phrase: Phrase, gender: str | None, last: Seen
    ) -> Entity | None:
        """The one whom the sentence before named, if no post is known: "Léa Roy … La sénatrice du Jura".

        Or one that the description may stand for: "La présidente, Léa Roy … | L'élue du Jura".
        """
        lemmas = lemmas_of(phrase.head) & _ELECTED
        near = [
            s
            for s in persons
            if last.sentence - s.sentence <= 1
            and s.paragraph == last.paragraph
            and (not s.entity.holds_office or any(stands_for(lemmas, r.lemmas) for r in s.entity.roles))
            and not s.entity.goes_by_first_name
            and (gender is None or s.entity.gender in (None, gender))
        ]
        spoke = next((s for s in reversed(near) if s.subject), None)
        if spoke is not None and spoke.entity.gender == gender is not None:
            return spoke.entity
        return single(s.entity for s in near)

    def _spoken_of(
        self, tokens: Sequence[Token], phrase: Phrase, gender: str | None, here: int
    ) -> Entity | None:
        """« C'est notre pépite », glisse X. L'intéressé rougit: the one spoken of."""
        before = [s for s in self._course.seen if s.entity.type is PERSON and s.position < here]
        persons = [s.entity for s in before]
        if any(t.low.startswith("principal") for t in tokens[phrase.first : phrase.last]):
            # "la principale intéressée": the one whom the article is about, by how many sentences name her
            named = Counter(entity for entity, _ in {(id(s.entity), s.sentence) for s in before})
            likely = [e for e in self._names.people if named[id(e)] and gender in (None, e.gender)]
            return max(likely, key=lambda e: named[id(e)], default=None)
        latest = self._course.latest_speaker()
        others = (e for e in reversed(persons) if e is not latest)
        return next((e for e in others if gender is None or e.gender in (None, gender)), latest)

    def of_owner(self, tokens: Sequence[Token], phrase: Phrase) -> Entity | None:
        """ "Le club se tait. « … », dit | son président": who holds that post; "son rival du RN"."""
        entry, lemmas = phrase.noun, lemmas_of(phrase.head)
        counterpart = not lemmas.isdisjoint(_COUNTERPARTS)
        gender = "f" if phrase.determiner == "sa" else entry.gender if entry else None
        if "interlocuteur" in lemmas:  # "poursuit notre interlocutrice"
            latest = self._course.latest_speaker()
            return latest if latest is not None and latest.gender in (None, gender) else None
        if not counterpart and (entry is None or entry.kind != "office"):
            return None
        people = (e for e in self._names.people if gender is None or e.gender in (None, gender))
        told = ((e, r) for e in people for r in e.told_roles)
        rest = telling_words(words_of_phrase(tokens, phrase)) - {fold(phrase.head)}
        if counterpart:
            parties = {fold(t.text) for t in tokens[phrase.first + 2 : phrase.last] if t.text.isupper()}
            return single(e for e, r in told if rest & r.words or parties & set(fold(r.text).split()))
        named = telling_words(self._latest_body(tokens[phrase.first].start))
        return single(
            e for e, r in told if r.is_told_by(lemmas) and rest <= r.words and (rest or named & r.words)
        )

    def _latest_body(self, here: int) -> str:
        """The name of the body of which the article spoke last, before an offset."""
        seen = (s for s in reversed(self._course.seen) if s.position < here)
        return next((s.entity.name for s in seen if s.entity.type is ORGANIZATION), "")

    def one_of_two(self, tokens: Sequence[Token], phrase: Phrase) -> Entity | None:
        """ "le premier", "la seconde": by order, or by gender, one of two whom one sentence named last."""
        here = tokens[phrase.first].start
        last = self._course.seen[-1].sentence if self._course.seen else 0
        named: dict[int, dict[int, Entity]] = {}  # by sentence, the latest one first, and by ``id``
        for seen in reversed(self._course.seen):
            if last - seen.sentence > _NEAR:
                break
            if seen.position < here and seen.printed and seen.entity.type is PERSON:
                people = named.setdefault(seen.sentence, {})
                people.pop(id(seen.entity), None)  # who is named twice counts where he is named first
                people[id(seen.entity)] = seen.entity
        pair = next(([*p.values()][::-1] for p in named.values() if len(p) == 2), None)
        if pair is None:
            return None
        fits = [e for e in pair if phrase.gender is None or e.gender in (None, phrase.gender)]
        return fits[0] if len(fits) == 1 else pair[ORDINALS[phrase.head]] if fits else None

    def _by_word_alone(
        self,
        tokens: Sequence[Token],
        phrase: Phrase,
        gender: str | None,
        *,
        anywhere: bool,
        told: bool = False,
    ) -> Entity | None:
        """Who "la quinquagénaire", "l'élu", "le maire" is: the last one that it may mean.

        A post has to be near its holder's name, unless only one person in the country has it (``anywhere``),
        or it only tells more of somebody (``told``).
        """
        kind = phrase.noun.kind if phrase.noun else ""
        generic = told or phrase.head in GENERIC
        if phrase.head in ASKING or (not generic and kind not in ("description", "trade", "office")):
            return None
        number = self._course.seen[-1].sentence if self._course.seen else 0
        post = anywhere or (kind == "office" and not generic)
        here, start = tokens[phrase.first].start, tokens[0].start
        # the addressee: "a dit le maire à X"
        inside = {id(s.entity) for s in self._course.seen if s.position > here and not s.subject}
        if phrase.before in ("de", "d'"):
            # "X s'est attiré une réplique de la maire": somebody else
            inside |= {id(s.entity) for s in self._course.seen if s.subject and start <= s.position < here}
        if kind == "trade" and not post:
            # "repérée par Paul Roy. Le producteur …": the one man of the sentence before, subject or not
            near = single(
                seen.entity
                for seen in self._course.seen[-_FEW:]
                if number - seen.sentence <= 1
                and seen.position < here
                and id(seen.entity) not in inside
                and seen.entity.type is PERSON
                and (gender is None or seen.entity.gender in (None, gender))
            )
            if near is not None and not near.holds_office:
                return near
        for wanted in (True,) if post else (True, False):
            for seen in reversed(self._course.seen):
                entity = seen.entity
                if seen.position >= here or id(entity) in inside or entity.type is not PERSON:
                    continue
                if seen.subject < wanted or (gender is not None and entity.gender not in (None, gender)):
                    continue
                if _on_other_side(entity, phrase, post):
                    continue
                if post and number - seen.sentence > _NEAR and not anywhere:
                    break
                if post and not _may_hold(entity, tokens, phrase, anywhere):
                    continue
                return entity
        if not post or not self._course.seen:
            return None
        preposed = phrase.before in PREPOSITIONS or tokens[phrase.first].low in CONTRACTED
        if anywhere and not preposed:
            # "Le président américain a attaqué Paul Roy. | Le président français …"
            free = (s.entity for s in self._course.seen if s.position < here and id(s.entity) not in inside)
            only = single(e for e in free if _may_be_known(e))
            if only is not None and gender in (None, only.gender):
                return only
        return self._named_before(phrase, None if anywhere else gender, here, inside)

    def _named_before(
        self, phrase: Phrase, gender: str | None, here: int, inside: Collection[int]
    ) -> Entity | None:
        """ "Les éleveurs ont vu Paul Roy. | Le préfet …": whom the sentence before names, if no other."""
        before = [
            s
            for s in self._course.seen[-_FEW:]
            if s.entity.type is PERSON
            and s.position < here
            and s.printed
            and self._course.is_just_before(s)
            and id(s.entity) not in inside
            and not _on_other_side(s.entity, phrase, post=True)
        ]
        found = self._just_named(before, phrase, gender, self._course.seen[-1])
        return found if found is not None and found.gender in (phrase.gender, gender) else None


def _may_hold(entity: Entity, tokens: Sequence[Token], phrase: Phrase, anywhere: bool) -> bool:
    """Whether somebody may be the one in a post: nobody of a first name only, or in another post."""
    if entity.labelled and anywhere:
        return False
    if entity.goes_by_first_name and phrase.head not in _REIGNING:
        return False  # whoever holds an office is given a full name
    if not entity.holds_office:
        return True
    own = telling_words(words_of_phrase(tokens, phrase))
    elsewhere = any(of_another_country(own, role.words) for role in entity.roles)
    return leads(phrase.head) and not elsewhere and any(role.leads for role in entity.roles)


def _may_be_known(entity: Entity) -> bool:
    """Whether somebody may be so well known that no post needs to be told: one of a full name and none."""
    full = " " in entity.name and not entity.goes_by_first_name
    return entity.type is PERSON and full and entity.is_free and not entity.undergoes


def _on_other_side(entity: Entity, phrase: Phrase, post: bool) -> bool:
    """Whether somebody stands on the other side of an affair than whom a phrase describes.

    "Léa Roy est jugée. La procureure …", "… », promet la préfète, Léa Roy. La victime …"
    """
    if entity.undergoes:
        return post or phrase.head in _OF_COURTS
    return entity.holds_office and not lemmas_of(phrase.head).isdisjoint(FATES)


def _is_of_elsewhere(entity: Entity) -> bool:
    """Whether somebody's post is none of the courts'."""
    return entity.holds_office and all(role.lemmas.isdisjoint(_OF_COURTS) for role in entity.known_roles)
