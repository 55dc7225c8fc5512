"""Whether a plain word is an adjective: "la maire | sortante", not "la maire | sort"."""

from __future__ import annotations

from collections.abc import Sequence

from quotes.extraction.proper_names import CONTRACTED, DEFINITE, DETERMINERS, FUNCTION_WORDS, ON_BOTH_SIDES
from quotes.extraction.tokens import WORD, Token
from quotes.french.grammar import word_class
from quotes.french.lexicon import fold
from quotes.french.names import DEMONYMS
from quotes.french.nouns import is_body
from quotes.french.verbs import FORMS, VERBS, is_finite_form, is_infinitive_form

PRESENT_VERBS = word_class("present_verbs")
CAME = frozenset({"venu", "venue", "venus", "venues"})  # "des riverains | venus dénoncer"
_OF_CLAUSES = frozenset({"que", "colon", "fragment"})
AFTER_VERB = (
    (DETERMINERS | {"que", "qu'", "pas", "se", "s'"}) - CONTRACTED - {"d'", "de", "deux", "trois", "leur"}
)
_OF_NO_PLURAL = ("ent", "er", "ir")
ADJECTIVAL = tuple(word_class("adjective_endings"))


def is_adjective(tokens: Sequence[Token], at: int) -> bool:
    """Whether the plain word at ``at`` rather is an adjective than a verb or a function word."""
    token = tokens[at]
    if (
        token.kind is not WORD
        or token.capital
        or (token.low in FUNCTION_WORDS and token.low not in ON_BOTH_SIDES)
    ):
        return False
    if "-" in token.low:
        if token.low.startswith("-") or token.low.endswith(("-même", "-mêmes")):
            return False
        if token.low.startswith("anti-"):
            return True  # "l'Office anti-fraude"
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if following in ("se", "s'") and token.low not in FORMS and token.low.endswith(ADJECTIVAL):
        return token.low not in PRESENT_VERBS  # "l'Agence régionale | s'inquiète"
    clitic = following in DEFINITE and at + 2 < len(tokens) and is_finite_form(tokens[at + 2].low)
    if following in AFTER_VERB and tokens[at + 1].kind is WORD and not (tokens[at + 1].capital or clitic):
        return False  # an adjective is never followed by an article: "la commission | ouvre une enquête"
    forms = FORMS.get(token.low)
    if forms:
        if all(f.mood == "present_participle" for f in forms):
            # "le maire sortant": a participle of a verb that carries no clause, and has no object
            verbs = [verb for form in forms for verb in VERBS.get(form.lemma, ())]
            alone = bool(verbs) and following != "des"
            return alone and all(verb.constructions.isdisjoint(_OF_CLAUSES) for verb in verbs)
        came = token.low in CAME and at + 1 < len(tokens) and is_infinitive_form(following)
        return (
            all(f.mood == "past_participle" for f in forms) and token.low not in ("dit", "dits") and not came
        )
    if token.low in PRESENT_VERBS:
        return False  # "le maire | reste prudent"
    if token.low.endswith(_OF_NO_PLURAL) and tokens[at - 1].low.endswith(("s", "x")):
        return False  # "les syndicats | restent", "voit des élus | défiler": an adjective would end in s
    if tokens[at - 1].capital and at > 1:
        # After a name only what is shaped like an adjective, or stands before another one or a verb:
        # "la Commission européenne | ouvre", "le Conseil suprême | électoral", "l'Union paysanne | exige".
        shaped = token.low.endswith(ADJECTIVAL) or fold(token.low) in DEMONYMS or "-" in token.low
        goes_on = is_finite_form(following) or following.endswith(ADJECTIVAL)
        return shaped or (goes_on and is_body(tokens[at - 1].low))
    return not token.low.endswith(("ment", "ait", "aient", "èrent", "era", "eront", "ront"))
