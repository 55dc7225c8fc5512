"""Labels: a name in brackets, after a dash, between commas, that signs the words beside it."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.carrier import Attribution, Carrier, list_head, list_tail, whole
from quotes.extraction.inversion import incise_subject
from quotes.extraction.nominal import SINGULAR_DETERMINERS
from quotes.extraction.phrases import NAME, Phrase
from quotes.extraction.proper_names import CLITICS, CONTRACTED, PEOPLE, PLAIN_LINKS, SPEECH_NOUNS
from quotes.extraction.sentences import SIGNED
from quotes.extraction.signatures import BEFORE_NAME, INTERVIEWS, LED_TO_BY_INTERVIEWS, is_person, says_more
from quotes.extraction.subjects import bare, is_thing
from quotes.extraction.tokens import MARK, NUMBER, QUOTE, WORD
from quotes.french.grammar import word_class
from quotes.french.verbs import FORMS
from quotes.model import ZoneKind

_WORDS = SPEECH_NOUNS | word_class("nouns_of_utterances") | word_class("nouns_of_jibes")
_GAPPING = frozenset({",", "et", "mais", ";", "quand"})
_PARTS_LABEL = frozenset({",", "(", "/", "|", "—", "–", "-"})
_HEADINGS = frozenset({ZoneKind.HEADLINE, ZoneKind.HEADING, ZoneKind.STANDFIRST})
_PREPOSITIONS = frozenset({"d'", "de", "du", "des"})
_LINKS = _PREPOSITIONS | {"un", "une", "le", "la", "l'", "les"}
_LONGEST_LEAD = 4  # tokens of "jugent | le vieux pont | « … »"
_LONGER_THAN_TITLE = 25  # code points


def apposed_fragment(carrier: Carrier, q: int) -> Attribution | None:
    """La ministre, « furieuse », a claqué la porte. / Jeanne, 52 ans, « surveillante », raconte."""
    tokens = carrier.tokens
    if q < 2 or q + 2 >= len(tokens) or tokens[q - 1].text != "," or tokens[q + 1].text != ",":
        return None
    verb = tokens[q + 2]
    acts = verb.low in CLITICS or any(f.person == 3 for f in FORMS.get(verb.low, ()))
    if verb.kind is not WORD or not acts:
        return None
    if any(g.first == q + 2 and incise_subject(carrier, g) is not None for g in carrier.verbs):
        return None  # "Petit, « … », écrivent les auteurs"
    beside = {q - 1, q - 4} if tokens[q - 2].low == "ans" else {q - 1}
    for k, phrase in enumerate(carrier.phrases):
        if phrase.last in beside and bare(phrase, tokens) and not is_thing(phrase):
            return Attribution("apposed", whole(carrier, k))
    return None


def gapped(carrier: Carrier, q: int) -> Attribution | None:
    """Jeanne Roy évoque « … », Paul Roy « … ». / Les uns dénoncent un « … », les autres un « … »: no verb."""
    tokens, lows = carrier.tokens, carrier.lows
    source = next((k for k, p in enumerate(carrier.phrases) if 0 <= q - p.last <= 2 and p.first > 1), -1)
    if source < 0 or is_thing(phrase := carrier.phrases[source]) or phrase.before not in _GAPPING:
        return None
    at = phrase.first - 2
    at -= tokens[at].text == ","
    link = lows[phrase.last : q]
    if not _LINKS.issuperset(link) or tokens[at].kind is not QUOTE:
        return None
    for group in reversed(carrier.verbs):
        lead = lows[group.last : at]
        if phrase.determiner in lead[:1] and not link:
            return None  # "décrit des classes « bondées », des élèves « inquiets »"
        if group.last <= at and group.finite and _leads_alike(lead, link):
            return Attribution(
                "fragment",
                whole(carrier, source),
                "",
                (group.first, group.last),
                group.verb.lemma if group.verb else "",
            )
    return None


def _leads_alike(lead: Sequence[str], link: Sequence[str]) -> bool:
    """Whether a verb leads to marks as the words do that stand for it: "dénonce | une «»", "Léa | un «»"."""
    if len(lead) > _LONGEST_LEAD or "«»" in lead:
        return False
    if not link:
        return not lead or lead[-1] not in _LINKS
    if not lead or lead[-1] not in _LINKS:
        return False
    before, own = (next((w for w in words if w in _PREPOSITIONS), "") for words in (lead[-2:], link))
    return bool(before) == bool(own)


def label(carrier: Carrier, q: int) -> Attribution | None:
    """A name, with a post, an age, a town, that labels the words: "Jeanne, étudiante, 25 ans, Lyon « … »"."""
    tokens = carrier.tokens
    if q == 0 or q < len(tokens) - 2 or not carrier.phrases or any(g.first < q for g in carrier.verbs):
        return None
    first = carrier.phrases[0]
    if first.first or first.kind is not NAME or first.determiner or first.name is None:
        return None
    if first.last != q and tokens[first.last].text not in _PARTS_LABEL:
        return None
    known = all(t.kind is not WORD or t.capital or t.low not in FORMS for t in tokens[first.last : q])
    return Attribution("label", first, weak=True) if known else None


def signed(carrier: Carrier, q: int) -> Attribution | None:
    """« … » (Jeanne Roy, parente d'élève) / « … » - Jeanne, 17 ans: a name in brackets, or after a dash."""
    tokens = carrier.tokens
    at = q + 1 + (q + 1 < len(tokens) and tokens[q + 1].text == ".")
    if q or at + 1 >= len(tokens) or (tokens[at].text not in BEFORE_NAME and tokens[at].low not in SIGNED):
        return None
    at += tokens[at].low in SIGNED and tokens[at + 1].text == ":"
    last = len(tokens) - (tokens[-1].text == ".")
    if tokens[at].text == "(":
        if tokens[last - 1].text != ")":
            return None
        last -= 1
    if any(g.first > at and g.finite for g in carrier.verbs) or any(t.kind is QUOTE for t in tokens[at:]):
        return None
    for k, phrase in enumerate(carrier.phrases):
        if phrase.first > at + 1:
            break
        k = carrier.appositions.get(k, k)
        phrase = carrier.phrases[k]
        if phrase.first == at + 1 and phrase.kind is NAME and not phrase.determiner:
            ends = tokens[phrase.last].text in (",", "(") if phrase.last < last else tokens[at].text != "("
            return Attribution("signed", phrase, weak=True) if ends else None
    return None


def signed_heading(carrier: Carrier, q: int) -> Attribution | None:
    """« … », Jeanne Roy / « … » (Jeanne Roy) / « … » - Entretien avec Jeanne Roy: who ends a headline."""
    if carrier.sentence.zone not in _HEADINGS:
        return None
    tokens = carrier.tokens
    at = list_tail(tokens, q) + 1
    if list_head(tokens, q) or at == len(tokens):
        return None
    at += tokens[at].kind is MARK
    for phrase in carrier.phrases:
        lead = tokens[at : phrase.first]
        if phrase.first < at or phrase.kind is not NAME:
            continue
        led = not lead or (lead[0].low in INTERVIEWS and lead[-1].low in LED_TO_BY_INTERVIEWS)
        signs = led and is_person(carrier, phrase) and not says_more(carrier, phrase.last)
        return Attribution("signed", phrase, weak=True) if signs else None
    return None


def signed_in_brackets(carrier: Carrier, q: int) -> Attribution | None:
    """Ce plan, « … » (Jeanne Roy, maire de Brume), sera voté. / « … » (Jeanne Roy), « … » (Paul Roy)"""
    tokens = carrier.tokens
    if q + 3 >= len(tokens) or tokens[q + 1].text != "(":
        return None
    for phrase in carrier.phrases:
        if phrase.first == q + 2:
            end = next((k for k in range(phrase.last, len(tokens)) if tokens[k].text == ")"), 0)
            dated = any(t.kind is NUMBER for t in tokens[phrase.last : end])  # a film of hers
            title = phrase.last == end and tokens[q].end - tokens[q].start < _LONGER_THAN_TITLE
            if not end or dated or title or not (is_person(carrier, phrase) or _is_somebody(phrase)):
                return None
            return Attribution("signed", phrase, "", (q + 1, q + 2), "(")
    return None


def _is_somebody(phrase: Phrase) -> bool:
    """Whether one person is described: "un habitant", "le maire"."""
    described = phrase.determiner in SINGULAR_DETERMINERS and phrase.noun is not None
    return described and phrase.noun is not None and phrase.noun.kind in PEOPLE


def bracketed(carrier: Carrier, q: int) -> Attribution | None:
    """Le boulanger, Paul Roy (« … »), a fermé. / Les moqueries des voisins (« … »): words in brackets."""
    tokens = carrier.tokens
    if q < 2 or q + 1 >= len(tokens) or tokens[q - 1].text != "(" or tokens[q + 1].text != ")":
        return None
    end = q - 4 if q > 4 and tokens[q - 2].low == "ans" else q - 1  # "Paul Roy, 52 ans (« … »)"
    for k, phrase in enumerate(carrier.phrases):
        if phrase.last == end and (phrase.kind is NAME or _words_are_of(carrier, phrase)):
            return Attribution("bracketed", whole(carrier, k))
    return None


def _words_are_of(carrier: Carrier, phrase: Phrase) -> bool:
    """Whether it is told of whom some words come: "les moqueries | de ses collègues", "l'avis | des élus"."""
    contracted = phrase.determiner in CONTRACTED
    at = phrase.first - (1 if contracted else 2)
    if at < 0 or not (contracted or phrase.before in PLAIN_LINKS):
        return False
    low = carrier.lows[at]
    return low in _WORDS or low.removesuffix("s") in _WORDS
