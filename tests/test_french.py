"""The lexicons are French: forms, genders and plurals checked against what a grammar says."""

from __future__ import annotations

import re

import pytest

from quotes.french.conjugation import conjugate
from quotes.french.lexicon import entries, fold
from quotes.french.names import (
    DEMONYMS,
    FIRST_NAMES,
    ORGANIZATIONS,
    PARTICLES,
    PLACES,
    TITLES,
    gender_of,
)
from quotes.french.nouns import NOUNS, noun, plural
from quotes.french.verbs import AUXILIARIES, FORMS, VERBS

CONSTRUCTIONS = {
    "incise",
    "que",
    "colon",
    "fragment",
    "qualify",
    "infinitive",
    "de",
    "marks",
    "strong",
    "weak",
}
PERSON_KINDS = {"office", "trade", "relation", "description"}

CONJUGATED = """
rappelle rappeler present 3 s
rappelaient rappeler imperfect 3 p
rappellera rappeler future 3 s
répète répéter present 3 s
répétait répéter imperfect 3 s
répétera répéter future 3 s
répètera répéter future 3 s
renchérit renchérir present 3 s
renchérissait renchérir imperfect 3 s
surenchérissent surenchérir present 3 p
soutient soutenir present 3 s
soutenait soutenir imperfect 3 s
soutint soutenir past 3 s
soutiendra soutenir future 3 s
écrivait écrire imperfect 3 s
écrivit écrire past 3 s
décrivent décrire present 3 p
conclut conclure present 3 s
conclut conclure past 3 s
concluait conclure imperfect 3 s
craignent craindre present 3 p
craignait craindre imperfect 3 s
craignit craindre past 3 s
plaint plaindre present 3 s
feint feindre present 3 s
feignit feindre past 3 s
lançait lancer imperfect 3 s
lança lancer past 3 s
lancent lancer present 3 p
annonçons annoncer present 1 p
interrogea interroger past 3 s
jugeait juger imperfect 3 s
jugeons juger present 1 p
martèle marteler present 3 s
martelait marteler imperfect 3 s
jette jeter present 3 s
balaie balayer present 3 s
balaye balayer present 3 s
balayait balayer imperfect 3 s
appuie appuyer present 3 s
renvoie renvoyer present 3 s
renverra renvoyer future 3 s
révèle révéler present 3 s
révéla révéler past 3 s
espère espérer present 3 s
célèbre célébrer present 3 s
suggère suggérer present 3 s
allègue alléguer present 3 s
réagit réagir present 3 s
réagissent réagir present 3 p
rugit rugir past 3 s
avertissait avertir imperfect 3 s
dites dire present 2 p
dit dire past 3 s
disait dire imperfect 3 s
dirait dire conditional 3 s
dise dire subjunctive 3 s
contredisez contredire present 2 p
redites redire present 2 p
fait faire present 3 s
fit faire past 3 s
ferait faire conditional 3 s
faisait faire imperfect 3 s
sait savoir present 3 s
reprend reprendre present 3 s
reprit reprendre past 3 s
reprennent reprendre present 3 p
convient convenir present 3 s
convint convenir past 3 s
souvient souvenir present 3 s
répond répondre present 3 s
répondit répondre past 3 s
défendait défendre imperfect 3 s
reconnaît reconnaître present 3 s
reconnait reconnaître present 3 s
reconnaissait reconnaître imperfect 3 s
croit croire present 3 s
croyait croire imperfect 3 s
voit voir present 3 s
prévoit prévoir present 3 s
prévoira prévoir future 3 s
lit lire present 3 s
lisait lire imperfect 3 s
rit rire present 3 s
sourit sourire present 3 s
souriait sourire imperfect 3 s
admet admettre present 3 s
promirent promettre past 3 p
poursuit poursuivre present 3 s
poursuivait poursuivre imperfect 3 s
dément démentir present 3 s
démentit démentir past 3 s
émeut émouvoir present 3 s
perçoit percevoir present 3 s
convainc convaincre present 3 s
nie nier present 3 s
confie confier present 3 s
crie crier present 3 s
criions crier imperfect 1 p
tweete tweeter present 3 s
interpelle interpeller present 3 s
tonne tonner present 3 s
enquiert enquérir present 3 s
enjoint enjoindre present 3 s
interrompt interrompre present 3 s
peut pouvoir present 3 s
pourrait pouvoir conditional 3 s
veut vouloir present 3 s
va aller present 3 s
vont aller present 3 p
vient venir present 3 s
tient tenir present 3 s
laisse laisser present 3 s
aurait avoir conditional 3 s
était être imperfect 3 s
""".strip().splitlines()


@pytest.mark.parametrize("line", CONJUGATED)
def test_a_finite_form_is_read(line: str) -> None:
    form, lemma, tense, person, number = line.split()
    readings = {(r.lemma, r.tense, r.person, r.number) for r in FORMS[form] if r.mood == "indicative"}
    assert (lemma, tense, int(person), number) in readings


@pytest.mark.parametrize(
    ("form", "lemma", "gender", "number"),
    [
        ("soutenu", "soutenir", "m", "s"),
        ("dit", "dire", "m", "s"),
        ("écrite", "écrire", "f", "s"),
        ("jugées", "juger", "f", "p"),
        ("conclu", "conclure", "m", "s"),
        ("admis", "admettre", "m", "p"),
        ("plainte", "plaindre", "f", "s"),
        ("répondu", "répondre", "m", "s"),
        ("reconnus", "reconnaître", "m", "p"),
        ("due", "devoir", "f", "s"),
        ("renchéri", "renchérir", "m", "s"),
        ("lancée", "lancer", "f", "s"),
        ("émue", "émouvoir", "f", "s"),
    ],
)
def test_a_past_participle_agrees(form: str, lemma: str, gender: str, number: str) -> None:
    readings = {(r.lemma, r.gender, r.number) for r in FORMS[form] if r.mood == "past_participle"}
    assert (lemma, gender, number) in readings


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("disant", "dire"),
        ("annonçant", "annoncer"),
        ("jugeant", "juger"),
        ("craignant", "craindre"),
        ("sachant", "savoir"),
        ("ayant", "avoir"),
        ("concluant", "conclure"),
        ("avertissant", "avertir"),
        ("prévoyant", "prévoir"),
    ],
)
def test_a_present_participle_is_read(form: str, lemma: str) -> None:
    assert lemma in {r.lemma for r in FORMS[form] if r.mood == "present_participle"}


NO_FORMS = """
rappele répéte lancait lança-t jugait soutene écriva concluit craindent disez balayt renchére
tweète apelle reconnaissa prévoirra martelle plaindait convaint répond-il
"""


@pytest.mark.parametrize("form", NO_FORMS.split())
def test_what_is_no_french_form_is_not_read(form: str) -> None:
    assert form not in FORMS


def test_a_word_of_two_tenses_has_both_readings() -> None:
    assert {"present", "past"} <= {r.tense for r in FORMS["réagit"] if (r.person, r.number) == (3, "s")}


def test_no_reading_comes_twice() -> None:
    assert all(len(set(readings)) == len(readings) for readings in FORMS.values())


def test_every_infinitive_is_its_own_form() -> None:
    for head in VERBS:
        assert "infinitive" in {r.mood for r in FORMS[head] if r.lemma == head}, head


def test_an_infinitive_without_a_model_is_refused() -> None:
    with pytest.raises(ValueError, match="irregular"):
        list(conjugate("xyz", 3))


def test_impersonal_verbs_have_only_the_third_person() -> None:
    falloir = {form for form, slot in conjugate("falloir", 3) if slot.person}
    assert {"faut", "fallait", "faudra", "faille"} <= falloir
    assert not falloir & {"fallons", "fallaient", "faudrons"}


def test_auxiliaries_begin_compound_tenses() -> None:
    assert {"a", "ont", "avait", "est", "sont", "était", "aurait", "ayant", "avoir", "eut"} <= AUXILIARIES
    assert not AUXILIARIES & {"été", "eu", "dit", "va"}


def test_there_are_enough_verbs() -> None:
    verbs = [verb for group in VERBS.values() for verb in group]
    assert len(verbs) >= 750
    assert len({verb.lemma for verb in verbs}) == len(verbs)
    counts = {name: sum(name in verb.constructions for verb in verbs) for name in CONSTRUCTIONS}
    assert counts["incise"] >= 400
    assert min(counts.values()) >= 40, counts


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [
        ("déclarer", {"incise", "que", "colon", "fragment", "qualify", "infinitive", "strong"}),
        ("qualifier", {"qualify", "de"}),
        ("faire", {"incise", "colon", "weak"}),
        ("sourire", {"incise", "colon", "marks", "weak"}),
    ],
)
def test_constructions_of_a_verb(lemma: str, expected: set[str]) -> None:
    (verb,) = (verb for verb in VERBS[lemma] if verb.lemma == lemma)
    assert verb.constructions == expected


@pytest.mark.parametrize(
    ("lemma", "name"),
    [
        ("fustiger", "fragment"),
        ("plaider", "fragment"),
        ("juger", "qualify"),
        ("traiter", "qualify"),
        ("assurer", "infinitive"),
        ("promettre", "de"),
        ("ironiser", "incise"),
        ("regretter", "que"),
        ("résumer", "colon"),
        ("balayer", "marks"),
        ("trancher", "incise"),
        ("lancer", "weak"),
        ("dire", "strong"),
    ],
)
def test_a_verb_can_do(lemma: str, name: str) -> None:
    assert any(name in verb.constructions for verb in VERBS[lemma] if verb.lemma == lemma)


@pytest.mark.parametrize(
    ("lemma", "preposition"),
    [
        ("appeler", "à"),
        ("exhorter", "à"),
        ("accuser", "de"),
        ("parler", "de"),
        ("militer", "pour"),
        ("tabler", "sur"),
        ("dire", "de"),
        ("affirmer", None),
    ],
)
def test_the_preposition_of_a_verb(lemma: str, preposition: str | None) -> None:
    (verb,) = (verb for verb in VERBS[lemma] if verb.lemma == lemma)
    assert verb.preposition == preposition


def test_reflexives_and_phrases_are_found_by_the_word_that_is_conjugated() -> None:
    (emporter,) = VERBS["emporter"]
    assert (emporter.lemma, emporter.reflexive, emporter.tail) == ("s'emporter", True, ())
    assert {verb.lemma for verb in VERBS["dire"]} == {"dire", "se dire"}
    (tirer,) = (verb for verb in VERBS["tirer"] if verb.lemma.startswith("tirer la"))
    assert tirer.tail == ("la", "sonnette", "d'", "alarme")
    lengths = [len(verb.tail) for verb in VERBS["mettre"]]
    assert lengths == sorted(lengths, reverse=True)
    assert "mettre en garde" in {verb.lemma for verb in VERBS["mettre"]}


def test_constructions_are_known_and_marks_excludes_strong() -> None:
    for lemma, group, constructions, _note in entries("verbs"):
        names = {name.partition(":")[0] for name in constructions.split()}
        assert names, lemma
        assert names <= CONSTRUCTIONS, lemma
        assert not {"strong", "weak"} <= names, lemma
        assert not {"strong", "marks"} <= names, lemma
        assert group in {"1", "2", "3"}


@pytest.mark.parametrize(
    ("singular", "expected"),
    [
        ("journal", "journaux"),
        ("général", "généraux"),
        ("tribunal", "tribunaux"),
        ("porte-parole", "porte-parole"),
        ("vice-président", "vice-présidents"),
        ("grand-mère", "grands-mères"),
        ("belle-sœur", "belles-sœurs"),
        ("sous-préfet", "sous-préfets"),
        ("procès-verbal", "procès-verbaux"),
        ("neveu", "neveux"),
        ("jumeau", "jumeaux"),
        ("époux", "époux"),
        ("fils", "fils"),
        ("monsieur", "messieurs"),
        ("ONG", "ONG"),
        ("festival", "festivals"),
        ("demi-finaliste", "demi-finalistes"),
        ("sapeur-pompier", "sapeurs-pompiers"),
    ],
)
def test_plurals(singular: str, expected: str) -> None:
    assert plural(singular) == expected


@pytest.mark.parametrize(
    ("word", "lemma", "kind", "gender", "number"),
    [
        ("présidente", "président", "office", "f", "s"),
        ("ministre", "ministre", "office", None, "s"),
        ("maires", "maire", "office", None, "p"),
        ("sénatrices", "sénateur", "office", "f", "p"),
        ("procureure", "procureur", "office", "f", "s"),
        ("cheffe", "chef", "office", "f", "s"),
        ("préfète", "préfet", "office", "f", "s"),
        ("autrice", "auteur", "trade", "f", "s"),
        ("auteure", "auteur", "trade", "f", "s"),
        ("chercheuses", "chercheur", "trade", "f", "p"),
        ("chanteuse", "chanteur", "trade", "f", "s"),
        ("infirmière", "infirmier", "trade", "f", "s"),
        ("historiennes", "historien", "trade", "f", "p"),
        ("gendarme", "gendarme", "trade", None, "s"),
        ("mère", "mère", "relation", "f", "s"),
        ("sœurs", "sœur", "relation", "f", "p"),
        ("compagne", "compagnon", "relation", "f", "s"),
        ("veuve", "veuf", "relation", "f", "s"),
        ("victimes", "victime", "description", "f", "p"),
        ("quinquagénaire", "quinquagénaire", "description", None, "s"),
        ("riveraine", "riverain", "description", "f", "s"),
        ("lycéenne", "lycéen", "description", "f", "s"),
        ("électrices", "électeur", "description", "f", "p"),
        ("gouvernement", "gouvernement", "organization", "m", "s"),
        ("hôpitaux", "hôpital", "organization", "m", "p"),
        ("police", "police", "organization", "f", "s"),
        ("État", "État", "organization", "m", "s"),
        ("famille", "famille", "group", "f", "s"),
        ("communiqué", "communiqué", "document", "m", "s"),
        ("lettres", "lettre", "document", "f", "p"),
        ("PDG", "PDG", "office", None, "s"),
        ("pdg", "PDG", "office", None, "s"),
    ],
)
def test_nouns_are_read(word: str, lemma: str, kind: str, gender: str | None, number: str) -> None:
    assert (lemma, kind, gender, number) in {(n.lemma, n.kind, n.gender, n.number) for n in noun(word)}


def test_a_noun_is_seen_through_its_prefix() -> None:
    assert {n.lemma for n in noun("ex-ministre")} == {"ministre"}
    assert {n.lemma for n in noun("Ex-vice-ministres")} == {"vice-ministre"}
    assert {n.lemma for n in noun("Co-autrices")} == {"auteur"}
    assert noun("ex-") == ()
    assert noun("table") == ()
    assert noun("état") == ()
    assert noun("") == ()


def test_there_are_enough_nouns() -> None:
    rows = list(entries("nouns"))
    assert sum(kind in PERSON_KINDS for _, _, kind, _ in rows) >= 1200
    assert {kind for _, _, kind, _ in rows} == PERSON_KINDS | {"organization", "group", "document"}
    assert all(masculine or feminine for masculine, feminine, _, _ in rows)
    assert {n.number for readings in NOUNS.values() for n in readings} == {"s", "p"}


FEMALE = """
Marie Anne-Sophie Marie-Claude Marie-Pierre Françoise Zoé Éloïse Océane Maïté Solenn Nolwenn Chloé Ève
Fatoumata Aïssatou Ndeye Awa Khadija Yasmine Meriem Zineb Houda Siham Guylaine Johanne Josée Marie-Ève
Michaëlle Mirlande Kamala Ursula Giorgia Olena Svitlana Ayşe Shirin Yuriko Priyanka Ingrid Andréa Michèle
"""
MALE = """
Jean Jean-Pierre Jean-Marie Pierre-Yves François Étienne Loïc Yannick Kévin Mathéo Ousmane Mamadou Cheikh
Kouassi Sékou Moussa Mohamed Abdelkader Youssef Rachid Noureddine Réjean Normand Gaétan Jovenel Volodymyr
Xavier Giovanni José Jürgen Søren Recep Shinzo Narendra Piotr Vladimir Hugo Barack Elon
"""
EITHER = "Claude Dominique Camille Sacha Andrea Charlie Lou Alix"


@pytest.mark.parametrize("name", FEMALE.split())
def test_names_of_women(name: str) -> None:
    assert gender_of(name) == "f"


@pytest.mark.parametrize("name", MALE.split())
def test_names_of_men(name: str) -> None:
    assert gender_of(name) == "m"


@pytest.mark.parametrize("name", EITHER.split())
def test_names_of_both(name: str) -> None:
    assert fold(name) in FIRST_NAMES
    assert gender_of(name) is None


def test_a_compound_name_goes_by_the_part_that_tells() -> None:
    assert gender_of("Claude-Alain") == "m"
    assert gender_of("Jean Marie") == "m"
    assert gender_of("marie-xxx") == "f"
    assert gender_of("Xqzt") is None
    assert gender_of("") is None


def test_there_are_enough_names() -> None:
    assert len(FIRST_NAMES) >= 5000
    assert len(PLACES) >= 1500
    assert len(ORGANIZATIONS) >= 1200
    assert len(DEMONYMS) >= 1200


def test_titles_and_particles() -> None:
    assert TITLES["m."] == TITLES["monsieur"] == "m"
    assert TITLES["mme"] == TITLES["sœur"] == "f"
    assert TITLES["me"] is None
    assert TITLES["dr"] is None
    assert {"de", "d'", "van", "von", "ben", "ould", "della", "mc"} <= PARTICLES


@pytest.mark.parametrize(
    ("name", "gender", "kind"),
    [
        ("Élysée", "m", "metonym"),
        ("Matignon", None, "metonym"),
        ("ONU", "f", "institution"),
        ("Conseil d’État", "m", "institution"),
        ("CGT", "f", "union"),
        ("Greenpeace", None, "union"),
        ("Le Figaro", "m", "media"),
        ("Mediapart", None, "media"),
        ("LFI", "f", "party"),
        ("Parti québécois", "m", "party"),
        ("SNCF", "f", "company"),
        ("Sûreté du Québec", "f", "institution"),
        ("PSG", "m", "club"),
    ],
)
def test_organizations(name: str, gender: str | None, kind: str) -> None:
    organization = ORGANIZATIONS[fold(name)]
    assert (organization.gender, organization.kind) == (gender, kind)


@pytest.mark.parametrize("name", ["Côte d’Ivoire", "Île-de-France", "Montréal", "Tizi Ouzou", "N'Djamena"])
def test_places(name: str) -> None:
    assert fold(name) in PLACES


INHABITANTS = "français françaises québécoise belges bordelaise tourangeaux franco-allemandes grecque"


@pytest.mark.parametrize("form", INHABITANTS.split())
def test_demonyms(form: str) -> None:
    assert fold(form) in DEMONYMS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’Hôpital", "l'hopital"),
        ("Œuvre", "oeuvre"),
        ("Lætitia", "laetitia"),
        ("ÇÀ", "ca"),
        ("e\u0301tat", "etat"),
        ("Łódź", "lodz"),
        ("plain", "plain"),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


FIELDS = {
    "verbs": 4,
    "irregular": 8,
    "nouns": 4,
    "first_names": 2,
    "places": 1,
    "organizations": 3,
    "demonyms": 2,
}


@pytest.mark.parametrize("name", FIELDS)
def test_word_lists_are_well_formed(name: str) -> None:
    rows = list(entries(name))
    for row in rows:
        assert len(row) == FIELDS[name], row
        assert all(field == field.strip() and "’" not in field and "  " not in field for field in row), row
    keys = [tuple(row[:3]) if name == "nouns" else row[0] for row in rows]
    assert len(set(keys)) == len(keys)


def test_lower_case_lists_are_lower_case() -> None:
    for name in ("verbs", "first_names", "demonyms"):
        for row in entries(name):
            assert row[0] == row[0].lower(), row
    for name, gender in entries("first_names"):
        assert gender in {"m", "f", "u"}
        assert re.fullmatch(r"[^\W\d_]+(?:[-'][^\W\d_]+)*", name), name
    kinds = {"institution", "party", "union", "media", "company", "club", "metonym"}
    for _name, gender, kind in entries("organizations"):
        assert gender in {"m", "f", ""}
        assert kind in kinds
