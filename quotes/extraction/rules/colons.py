"""Colons and topics: *Jeanne Roy n'en démord pas :* « … », without any verb of saying."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.appositions import names_person
from quotes.extraction.carrier import Attribution, Carrier, list_head, list_tail, whole
from quotes.extraction.impersonal import is_on, place_of
from quotes.extraction.pairs import together
from quotes.extraction.phrases import NAME, Phrase
from quotes.extraction.proper_names import CONTRACTED, PREPOSITIONS, SPEECH_NOUNS, THE
from quotes.extraction.relatives import PLACED
from quotes.extraction.signatures import INTERVIEWS, LED_TO_BY_INTERVIEWS
from quotes.extraction.subjects import bare, is_thing, main_subject, those_at
from quotes.extraction.tokens import Token
from quotes.french.grammar import word_class
from quotes.french.verbs import AUXILIARIES, FORMS, is_indicative

_SPEAKING_KINDS = frozenset({"office", "trade", "relation", "organization"})
_SEVERAL = frozenset({"group", "description"})
_POSTS = frozenset({"office", "trade", "relation"})
_OF_GOVERNED = CONTRACTED | {""}
_GOVERNING = PREPOSITIONS | AUXILIARIES
_MOODS = word_class("moods")
_AMONG = frozenset({"chez", "parmi"})
_NEAR_VERB = 2  # tokens of "les élus | ne se | résignent"
_NEAR_MOOD = 7  # tokens of "ne sont pas du tout convaincus"
_LONGEST_PLACE = 16  # tokens of ": à Brume comme à Lormes, tout près de la côte, | les"
_PLACED = PLACED | {"a"}  # "A Brume"
_LONGER_THAN_TOPIC = 16  # code points


def _text(carrier: Carrier, end: int) -> Phrase | None:
    """ "Le communiqué de X est bref :": a text speaks for itself."""
    for phrase in carrier.phrases:
        if phrase.first < end and phrase.noun is not None and phrase.noun.kind == "document":
            return phrase if bare(phrase, carrier.tokens) and phrase.determiner else None
    return None


def _speaks_from(tokens: Sequence[Token]) -> int:
    """Where it is said from whom the words come: "Du côté de | la préfecture :", "Et de | la maire X :"."""
    low = [t.low for t in tokens[:5]]
    at = 0
    if low[:1] == ["et"] or low[:1] == ["réaction"]:
        at = 1
    elif low[:2] in (["du", "côté"], ["de", "côté"]):
        at = 2
    elif low[:1] == ["côté"]:
        return 1
    if not at or len(low) <= at:
        return -1
    return at + 1 if low[at] in ("de", "d'") else at if low[at] in ("du", "des") else -1


def _topic(carrier: Carrier, end: int) -> Phrase | None:
    """ "Même son de cloche pour X :", "Quant à X,", "Chez X :", "Entretien avec X :" """
    echoes = carrier.tokens[0].low in ("même", "idem")
    from_there = _speaks_from(carrier.tokens)
    interview = any(t.low in INTERVIEWS for t in carrier.tokens[:2])
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first >= end:
            break
        back = phrase.first - (1 if phrase.determiner in ("au", "aux") else 2)
        introduced = (
            phrase.before in ("pour", "chez")
            or (back >= 0 and carrier.tokens[back].low == "quant")
            or phrase.first == from_there
            or (interview and phrase.before in LED_TO_BY_INTERVIEWS)
            or place_of(carrier.tokens, phrase)[1] == "côté"
            or (echoes and (phrase.before in PLACED or phrase.determiner in ("du", "au")))
        )
        speaks = phrase.noun is not None and (
            phrase.noun.kind in _SPEAKING_KINDS or (phrase.number == "p" and phrase.noun.kind in _SEVERAL)
        )
        if introduced and (speaks or phrase.kind is NAME):
            return whole(carrier, k)
    return None


def colon(carrier: Carrier, q: int) -> Attribution | None:
    """X n'en démord pas : « … » — no verb of saying; who acts in the sentence speaks."""
    tokens = carrier.tokens
    if q == 0 or tokens[q - 1].text != ":":
        return None
    if q <= 4 and tokens[0].low in ("son", "sa", "leur") and any(t.low in SPEECH_NOUNS for t in tokens[1:q]):
        return Attribution(
            "colon_alone", None, "", (0, q), tokens[q - 2].low, weak=True
        )  # "Sa réponse : « … »"
    answered = any(g.done_to_subject and g.mood == "infinitive" and g.last == q - 1 for g in carrier.verbs)
    subject = None if answered else main_subject(carrier, q)  # "Luc Roy s'est entendu répondre : « … »"
    if is_on(subject):
        subject = those_at(carrier, None, subject) or subject  # "Chez les pompiers, on s'inquiète :"
    subject = subject or _agent(carrier, q) or _topic(carrier, q) or _text(carrier, q) or _moved(carrier, q)
    acting = together(carrier, subject) if subject is not None else None
    return Attribution("colon_alone", acting, "", (q - 1, q), ":", weak=True)


def before_colon(carrier: Carrier, q: int) -> Attribution | None:
    """« … » : Jeanne Roy raconte. / « … », « … » : le maire n'a pas mâché ses mots. — who acts behind them.

    Of several only those who speak up: « … » : les élus protestent. / « … » : chez les élus, c'est la colère.
    Behind a list they may do so after a comma: « … », « … », l'opposition s'est insurgée.

    Not « Pluie d'été » : Jeanne Roy la raconte. A short span before a colon is what it is about.
    """
    tokens = carrier.tokens
    at = list_tail(tokens, q) + 1
    if at + 1 >= len(tokens) or list_head(tokens, q):
        return None
    listed, colon = at > 1, tokens[at].text == ":"  # what is listed is no topic
    if not colon and not (listed and tokens[at].text == ","):
        return None
    topical = tokens[q].end - tokens[q].start < _LONGER_THAN_TOPIC
    if topical and not listed:
        return None
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first > at + 1 + _LONGEST_PLACE:
            return None
        alone = colon and not topical and phrase.first == at + 1
        if alone and bare(phrase, tokens) and _is_one_person(phrase):
            if _undergoes(tokens, phrase.last):
                return None  # « … » : Jeanne Roy condamnée
            return Attribution("colon_alone", whole(carrier, k), "", (at, at + 1), ":", weak=True)
        if _are_several(phrase) and _stand_behind(tokens, phrase, at) and _speak_up(carrier, phrase):
            return Attribution("colon_alone", whole(carrier, k), "", (at, at + 1), ":", weak=True)
    return None


def _are_several(phrase: Phrase) -> bool:
    entry = phrase.noun
    if entry is None:
        return False
    return entry.kind in ("group", "organization") or (phrase.number == "p" and entry.kind in _ALIVE)


def _stand_behind(tokens: Sequence[Token], phrase: Phrase, colon: int) -> bool:
    """Whether a clause behind a colon is about some people: ": | les élus", ": chez | eux", ": là, | ils"."""
    if phrase.before in _AMONG:
        return phrase.first == colon + 2
    lead = phrase.first - colon - 1
    if not lead:
        return bare(phrase, tokens)
    between = tokens[colon + 1 : phrase.first]
    placed = lead <= _LONGEST_PLACE and between[0].low in _PLACED and between[-1].text == ","
    return placed and not any(is_indicative(t.low) for t in between[1:])


def _speak_up(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether some people say something, or are in a mood to: "les élus | protestent", "… sont en colère"."""
    says = any(
        0 <= g.first - phrase.last <= _NEAR_VERB and g.finite and not (g.passive or g.allows("weak"))
        for g in carrier.verbs
        if g.verb is not None
    )
    return says or not _MOODS.isdisjoint(carrier.lows[phrase.last : phrase.last + _NEAR_MOOD])


def _undergoes(tokens: Sequence[Token], at: int) -> bool:
    """Whether a participle alone tells what was done to somebody."""
    forms = FORMS.get(tokens[at].low, ()) if at < len(tokens) else ()
    return bool(forms) and all(f.mood == "past_participle" for f in forms)


def _moved(carrier: Carrier, q: int) -> Phrase | None:
    """ "La nouvelle fait bondir | une éleveuse de Brume :": the only one there whom it can move to speak."""
    tokens = carrier.tokens
    k = next((k for k, p in enumerate(carrier.phrases) if p.first < q <= p.last + _CLOSING), None)
    people = [p for p in carrier.phrases if p.first < q and p.noun is not None and p.noun.kind in _ALIVE]
    if k is None or people != [carrier.phrases[k]]:
        return None
    phrase = people[0]
    # "Chômage | des jeunes :", "Ce sont | les parents :"
    governed = phrase.determiner in _OF_GOVERNED or phrase.before in _GOVERNING
    # "Une phrase a choqué les élus :", but "Une phrase qui choque les élus :"
    told = tokens[0].low in ("un", "une") and tokens[1].low in SPEECH_NOUNS and tokens[2].low != "qui"
    return None if governed or told or not phrase.first else whole(carrier, k)


_ALIVE = _POSTS | _SEVERAL
_CLOSING = 4  # tokens behind who is moved: "un taxi | croisé sur le quai :"


def _is_one_person(phrase: Phrase) -> bool:
    """Whether a phrase names somebody, or tells by a post whom the article names: no "des habitants"."""
    if phrase.kind is NAME:
        return names_person(phrase)
    return phrase.determiner in THE and phrase.noun is not None and phrase.noun.kind in _POSTS


def _agent(carrier: Carrier, end: int) -> Phrase | None:
    """ "Un message partagé par X :" """
    for k, phrase in enumerate(carrier.phrases):
        if phrase.before == "par" and 1 < phrase.first < end and not is_thing(phrase):
            participle = carrier.tokens[
                phrase.first - 2 - (phrase.determiner in ("le", "la", "l'", "les"))
            ].low
            if participle.endswith(
                ("é", "ée", "és", "ées", "i", "is", "it", "ie", "ies", "u", "us", "ue", "ues")
            ):
                return whole(carrier, k)
    return None
