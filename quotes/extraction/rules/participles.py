"""Participles and infinitives: *…, évoquant* « … », whoever acts in the clause."""

from __future__ import annotations

from dataclasses import replace

from quotes.extraction.adjectives import CAME
from quotes.extraction.carrier import Attribution, Carrier, list_head, whole
from quotes.extraction.cues import VerbGroup
from quotes.extraction.inversion import incise_subject
from quotes.extraction.phrases import PRONOUN, Phrase
from quotes.extraction.proper_names import CONTRACTED, PEOPLE, POINTING_BACK
from quotes.extraction.relatives import antecedent
from quotes.extraction.subjects import BREAKS, attributed, bare, is_thing, main_subject, subject_before
from quotes.extraction.texts import COME_BY, is_law
from quotes.extraction.tokens import WORD
from quotes.french.grammar import word_class
from quotes.french.verbs import is_indicative

CRYING = word_class("verbs_of_crying")
_OUTCRY = CRYING | word_class("verbs_of_outcry")
_DRIVING = word_class("verbs_of_driving")
_INFINITIVE = ("er", "ir", "re")
_CRIES = (("aux", "cris", "de"), ("aux", "cris", "d'"), ("au", "cri", "de"), ("au", "cri", "d'"))
_PERCEIVED = frozenset(
    {"entend", "entendait", "entendra", "entendu", "entendre", "voit", "voyait", "vu", "écoute", "écouté"}
)
_LEADING_ON = _PERCEIVED | _DRIVING
_HOW_MANY = frozenset({"nombreux", "nombreuses", "rares", "seuls", "seules"})
_BY_WAY_OF = frozenset({"dans", "par", "via", "avec"})  # "dans un communiqué | dénonçant": who brings it out
_AIMS = frozenset(
    {"visant", "tendant", "destiné", "destinée", "destinés", "destinées", "appelant", "invitant"}
)
_OF_TEXTS = frozenset(
    {"visant", "tendant", "stipulant", "disposant", "prévoyant", "interdisant", "autorisant"}
)
_AIMING = 2  # tokens of "visant à | protéger"
_COMING = 3  # tokens before a text: "a | reçu | hier | un courrier"
_RELIED_ON = frozenset({"sur", "selon", "après"})  # "s'appuie sur des études | montrant"
_GOING_ON = frozenset({"et", "mais", "puis", "avant"})
_LONGEST_CRY = 3  # tokens of "le slogan :"
_LED_ON = 4  # tokens of "des élus | eux-mêmes | bloquer", "les élus | , jeudi, | à réclamer"
_LONGEST_RELATIVE = 10  # tokens from "qui" to the participle
_OBJECT_AS_SUBJECT = {"les": "ils", "le": "il", "la": "elle", "l'": "il"}


def participle(carrier: Carrier, q: int) -> Attribution | None:
    """…, évoquant « … » / pour dénoncer « … » / avant d'ajouter : « … »: whoever acts in the clause."""
    tokens = carrier.tokens
    for group in reversed(carrier.verbs):
        if group.last > q or group.finite:
            continue
        between = carrier.lows[group.last : q]
        if not BREAKS.isdisjoint(between) or group.verb is None:
            return None
        if group.mood == "past_participle":
            continue
        if group.passive:
            return None  # "s'est vu répondre"
        if len(between) > 12 and ":" not in between:
            continue
        source = source_of_participle(carrier, group)
        subject, pronoun = (source.phrase, source.pronoun) if source else (None, "")
        if subject is None and not pronoun:
            subject = main_subject(carrier, len(tokens))
            if subject is not None and subject.first < q:
                subject = None
        if subject is None and not pronoun and any(t.kind is WORD for t in tokens[: max(0, group.first - 2)]):
            return None
        if subject is None and not pronoun and _goes_on(carrier, group):
            pronoun = "ses"  # whoever spoke last
        return attributed(carrier, "participle", group, subject, pronoun)
    return None


def _goes_on(carrier: Carrier, group: VerbGroup) -> bool:
    """Whether who spoke last goes on: "Et de | conclure : « … »", "Avant d' | ajouter : « … »"."""
    lead = carrier.lows[: group.first]
    return lead[-1:] in (("de",), ("d'",)) and len(lead) > 1 and _GOING_ON.issuperset(lead[:-1])


def crying(carrier: Carrier, q: int) -> Attribution | None:
    """X défile aux cris de « … » / Au cri de « … », X défile / huée aux cris de « … » par X.

    Whoever acts in the clause, whatever witness tells of it: "X défile en scandant « … », selon l'agence".
    """
    tokens = carrier.tokens
    at = list_head(tokens, q)
    if at < 3 or carrier.lows[at - 3 : at] not in _CRIES:
        return _cried(carrier, q, at) if _is_cried(carrier, at) else None
    by = next((k for k, p in enumerate(carrier.phrases) if p.before == "par" and p.first == q + 2), -1)
    if by >= 0:
        return Attribution("participle", whole(carrier, by), "", (at - 3, at), "crier")
    before = [k for k, p in enumerate(carrier.phrases) if p.last <= at]
    acting = [k for k in before if _may_cry(carrier, carrier.phrases[k], at)]
    follower = None if before else main_subject(carrier, len(tokens))
    subject = whole(carrier, acting[-1]) if acting else follower
    return Attribution("participle", subject, "", (at - 3, at), "crier") if subject is not None else None


def _cried(carrier: Carrier, q: int, at: int) -> Attribution | None:
    """ "La foule défile en scandant « … »", "La vidéo montre | des jeunes assis, scandant « … »"."""
    found = participle(carrier, q)
    if found is None or found.phrase is None:
        return found
    acting = main_subject(carrier, at) if found.phrase.first > q else None
    if acting is not None and _are_people(acting):
        return replace(found, phrase=acting)  # "La foule défile en scandant « … », a constaté l'agence"
    crowd = [k for k, p in enumerate(carrier.phrases) if p.last <= at and p.number == "p" and _are_people(p)]
    if not is_thing(found.phrase) or not crowd:
        return found
    return replace(found, phrase=whole(carrier, crowd[-1]))  # no picture cries


def _is_cried(carrier: Carrier, at: int) -> bool:
    """Whether a participle of crying leads up to the marks at ``at``: "scandant | « … »", "un slogan"."""
    return any(
        group.mood == "present_participle"
        and group.verb is not None
        and group.verb.head in _OUTCRY
        and 0 <= at - group.last <= _LONGEST_CRY
        for group in carrier.verbs
    )


def _may_cry(carrier: Carrier, phrase: Phrase, at: int) -> bool:
    """Whether who stands before the cry may cry: he acts, or something is done by him.

    "La foule défile aux cris de", "huée | par des élus | aux cris de", not "elle a été reçue aux cris de".
    """
    if phrase.before == "par":
        return at - phrase.last <= 3 and _are_people(phrase)
    undergoes = any(t.low == "été" for t in carrier.tokens[phrase.last : at])
    return bare(phrase, carrier.tokens) and not undergoes


def source_of_participle(carrier: Carrier, group: VerbGroup) -> Attribution | None:
    """Who acts in a clause without a finite verb: "des passants saluant …", "…, a dit X, ajoutant …"."""
    tokens, at = carrier.tokens, group.first
    if (
        group.mood == "infinitive"
        and at > 1
        and tokens[at - 1].low in _PERCEIVED
        and tokens[at - 2].low in _OBJECT_AS_SUBJECT
    ):
        # "On les entend s'écrier : « … »"
        return attributed(carrier, "participle", group, None, _OBJECT_AS_SUBJECT[tokens[at - 2].low])
    subject, pronoun = _beside(carrier, group) or _led_on(carrier, group), ""
    others = [g for g in reversed(carrier.verbs) if g.last <= at and g.finite] if subject is None else []
    if others:
        incise = incise_subject(carrier, others[0])
        subject, pronoun = incise if incise is not None else (subject_before(carrier, others[0]), "")
    if subject is None and not pronoun:
        for other in carrier.verbs:
            if other.first >= group.last and other.finite:
                incise = incise_subject(carrier, other)
                if incise is not None:
                    subject, pronoun = incise
                    break
    if subject is None and not pronoun:
        subject = _of_relative(carrier, at) or main_subject(carrier, at)
    return (
        attributed(carrier, "participle", group, subject, pronoun) if subject is not None or pronoun else None
    )


def _beside(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """Who stands right before a participle or an infinitive and acts in it."""
    tokens, at = carrier.tokens, _governing(carrier, group)
    before = next((p for p in carrier.phrases if p.last == at and p.kind is not PRONOUN), None)
    if group.mood == "present_participle" or at < group.first:
        if before is None and tokens[at].low in _OF_TEXTS:
            before = _law_before(carrier, at)
        # "…, certains | dénonçant …", "par une foule | hurlant …", "la loi | interdisant …"
        acts = before is not None and (
            before.before == "," or _are_people(before) or _speaks_for_itself(carrier, before)
        )
        return before if acts else None
    if group.mood != "infinitive" or at < 2:
        return None
    if tokens[at - 1].low in CAME:
        # "des riverains | venus dénoncer « … »"
        return next((p for p in carrier.phrases if p.last == at - 1 and _are_people(p)), None)
    if tokens[at - 1].low == "à" and tokens[0].low in _HOW_MANY:
        # "Nombreux sont les élus à dénoncer « … »"
        return next((p for p in carrier.phrases if p.last == at - 1 and _are_people(p)), None)
    if tokens[at - 1].low in ("de", "d'"):
        # "Et la maire de répondre : « … »"
        acting = next((p for p in carrier.phrases if p.last == at - 1), None)
        return acting if acting is not None and (acting.first <= 1 or _in_turn(carrier, acting)) else None
    # "on entend un policier proférer : « … »", "dit avoir entendu Léa Roy crier : « … »"
    if before is None:
        return None
    perceived = before.before in _PERCEIVED or (
        before.first > 1 and tokens[before.first - 1].low in _PERCEIVED
    )
    described = before.noun is not None and before.noun.kind in PEOPLE
    return before if described or perceived else None


def _led_on(carrier: Carrier, group: VerbGroup) -> Phrase | None:
    """Who is seen or made to act: "a vu | des élus | défiler pour dénoncer", "pousse | X | à dénoncer"."""
    if group.mood != "infinitive" or carrier.words.isdisjoint(_LEADING_ON):
        return None
    lows = carrier.lows
    for k, phrase in reversed(list(enumerate(carrier.phrases))):
        if phrase.last > group.first or phrase.kind is PRONOUN:
            continue
        between = lows[phrase.last : group.last]
        if not BREAKS.isdisjoint(between) or any(map(is_indicative, between)):
            return None
        opening = between[:_LED_ON]
        seen = phrase.before in _PERCEIVED and any(low.endswith(_INFINITIVE) for low in opening)
        if seen or (phrase.before in _DRIVING and "à" in opening):
            return whole(carrier, k)
    return None


def _in_turn(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether it is somebody's turn: "c'est au tour | de Léa Roy | de dénoncer"."""
    at = phrase.first - (1 if phrase.determiner in CONTRACTED else 2)
    return at > 0 and carrier.tokens[at].low == "tour"


def _are_people(phrase: Phrase) -> bool:
    entry = phrase.noun
    return entry is not None and (entry.kind in PEOPLE or entry.kind == "group")


def _governing(carrier: Carrier, group: VerbGroup) -> int:
    """Where what governs an infinitive begins, if that is a participle: "une loi | visant à protéger"."""
    at = group.first
    if group.mood != "infinitive" or at < _AIMING or carrier.tokens[at - 1].low != "à":
        return at
    return next((j for j in (at - 2, at - 3) if carrier.tokens[j].low in _AIMS), at)


def _law_before(carrier: Carrier, at: int) -> Phrase | None:
    """The law of which a participle behind a comma tells what it does: "une loi, votée lundi, | visant"."""
    if carrier.tokens[at - 1].text != ",":
        return None
    before = [p for p in carrier.phrases if p.last < at and p.noun is not None]
    return next((p for p in reversed(before) if is_law(carrier.tokens, p)), None)


def _speaks_for_itself(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether it is a text that is there already: "selon des études | montrant", "la loi | interdisant".

    What somebody brings out speaks for him: "a publié un rapport | dénonçant", "dans un tract | dénonçant".
    """
    if phrase.noun is None or phrase.noun.kind != "document" or phrase.before in _BY_WAY_OF:
        return False
    if phrase.determiner in POINTING_BACK or phrase.before in _RELIED_ON or not phrase.first:
        return True
    come_by = not COME_BY.isdisjoint(carrier.lows[max(0, phrase.first - _COMING) : phrase.first])
    return come_by or is_law(carrier.tokens, phrase)


def _of_relative(carrier: Carrier, at: int) -> Phrase | None:
    """Who acts in the relative clause around a participle: "des élus, qui l'ont hué en criant « … »"."""
    tokens = carrier.tokens
    for j in range(at - 1, max(0, at - _LONGEST_RELATIVE), -1):
        if tokens[j].kind is not WORD:
            return None
        if tokens[j].low == "qui":
            found = antecedent(carrier, j, "p") or antecedent(carrier, j, "s")
            return found if found is not None and _are_people(found) else None
    return None
