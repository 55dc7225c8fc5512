import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import quotes.component  # registers the factory in a checkout that isn't installed

TEXT = (
    "« Nous partirons demain », a déclaré mardi Jeanne Roy, maire de Lormes.\n"
    "Selon elle, « rien n’est prêt ». « C’est une honte »"
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("fr")
    pipeline.add_pipe("french_quotes")
    return pipeline


def test_spans_carry_what_the_extraction_says(nlp: Language) -> None:
    doc = nlp(TEXT)
    spans = doc.spans["quotes"]
    expected = quotes.extract(TEXT).quotes
    assert [span.label_ for span in spans] == [quote.kind.value for quote in expected]
    first = spans[0]
    assert first.text == "Nous partirons demain"
    assert (first._.speaker, first._.role) == ("Jeanne Roy", "maire de Lormes")
    assert (first._.rule, first._.confidence) == (expected[0].rule, expected[0].confidence)
    assert first._.rule == "incise"


def test_unknown_is_none(nlp: Language) -> None:
    doc = nlp("« Il faudra bien que tout cela finisse un jour. »")
    (span,) = doc.spans["quotes"]
    assert (span._.speaker, span._.role) == (None, None)


def test_a_text_without_quotes_has_an_empty_group(nlp: Language) -> None:
    assert len(nlp("").spans["quotes"]) == 0
    assert len(nlp("La mairie est fermée.").spans["quotes"]) == 0


def test_a_quote_that_splits_a_token_takes_it_whole(nlp: Language) -> None:
    # Without spaces spaCy keeps mark and word together.
    text = "Jeanne Roy a répondu :«Nous partirons»."
    doc = nlp(text)
    (span,) = doc.spans["quotes"]
    assert "Nous partirons" in span.text
    assert span._.speaker == "Jeanne Roy"


def test_documents_in_a_pipe_and_to_bytes(nlp: Language) -> None:
    docs = list(nlp.pipe([TEXT, TEXT]))
    assert [span.text for span in docs[0].spans["quotes"]] == [span.text for span in docs[1].spans["quotes"]]
    copy = spacy.tokens.Doc(nlp.vocab).from_bytes(docs[0].to_bytes())
    assert [span._.speaker for span in copy.spans["quotes"]] == [s._.speaker for s in docs[0].spans["quotes"]]


def test_a_pipe_goes_on_after_any_text(nlp: Language) -> None:
    texts = ["Paul Roy est du même avis : « C'est bien. »", "«\x00", "\u0301", TEXT]
    assert [len(doc.spans["quotes"]) for doc in nlp.pipe(texts)] == [1, 0, 0, 3]


def test_installed_packages_register_the_component() -> None:
    pyproject = (Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert 'french_quotes = "quotes.component:french_quotes"' in pyproject
    for point in entry_points(group="spacy_factories", name="french_quotes"):
        assert point.load() is quotes.component.french_quotes


def test_only_the_component_and_training_import_spacy() -> None:
    package = Path(quotes.__file__).parent
    importing = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if any(
            line.strip().startswith(("import spacy", "from spacy"))
            for line in path.read_text(encoding="utf-8").splitlines()
        )
    }
    assert importing == {"component.py", "train/encoder/vocabulary.py"}


def test_extracting_by_rules_leaves_spacy_and_numpy_alone() -> None:
    script = (
        "import sys, quotes; quotes.extract('« Nous partons », a dit Jeanne Roy.'); "
        "sys.exit(any(name.split('.')[0] in ('spacy', 'numpy') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
