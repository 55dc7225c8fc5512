import builtins
import importlib.util
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from quotes.errors import QuotesError
from quotes.extraction import analysis
from quotes.extraction.analysis import Question, name_types

needs_model = pytest.mark.skipif(
    importlib.util.find_spec(analysis.MODEL) is None, reason=f"{analysis.MODEL} is not installed"
)


@pytest.fixture
def unloaded() -> Iterator[None]:
    analysis._model.cache_clear()
    yield
    analysis._model.cache_clear()


def ask(sentence: str, name: str) -> Question:
    start = sentence.index(name)
    return sentence, (start, start + len(name))


@needs_model
def test_each_name_gets_its_type_in_order() -> None:
    questions = [
        ask("La réunion de Philippe Vernier, hier, à Paris.", "Philippe Vernier"),
        ask("La réunion de Philippe Vernier, hier, à Paris.", "Paris"),
        ask("La société Verdane Industrie recrute à Lyon.", "Verdane Industrie"),
        ask("Le vin est tiré, il faut le boire.", "vin"),
    ]
    assert name_types(questions) == ["person", "place", "organization", None]


@needs_model
def test_curly_apostrophes_and_hard_spaces_change_nothing() -> None:
    straight = "C'est ce qu'a déclaré Ravo Andriamana, l'adjoint d'Aline Perrin."
    curly = straight.replace("'", "’").replace("Ravo Andriamana", "Ravo\u00a0Andriamana")
    names = ["Ravo\u00a0Andriamana", "Aline Perrin"]
    plain = name_types([ask(straight, name.replace("\u00a0", " ")) for name in names])
    assert name_types([ask(curly, name) for name in names]) == plain == ["person", "person"]


@needs_model
def test_a_sentence_is_read_once_for_all_its_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = analysis._read

    def counting(sentences: Any) -> Any:
        read.extend(sentences)
        return original(sentences)

    monkeypatch.setattr(analysis, "_read", counting)
    sentence = "Aline Perrin remplace Philippe Vernier."
    assert name_types([ask(sentence, "Aline Perrin"), ask(sentence, "Philippe Vernier")]) == ["person"] * 2
    assert read == [sentence]


@needs_model
def test_only_the_recogniser_is_loaded() -> None:
    assert analysis._model().pipe_names == ["tok2vec", "ner"]
    assert analysis._model() is analysis._model()


def test_nothing_asked_loads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_model", lambda: pytest.fail("loaded"))
    assert name_types([]) == []


@pytest.mark.usefixtures("unloaded")
def test_a_missing_model_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "MODEL", "fr_no_such_model")
    with pytest.raises(QuotesError, match=r"fr_no_such_model is not installed: run `pip install ") as caught:
        name_types([ask("Aline Perrin est là.", "Aline Perrin")])
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("unloaded")
def test_a_missing_spacy_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def without_spacy(name: str, *arguments: Any, **options: Any) -> Any:
        if name == "spacy":
            raise ImportError(name)
        return original(name, *arguments, **options)

    monkeypatch.delitem(sys.modules, "spacy", raising=False)
    monkeypatch.setattr(builtins, "__import__", without_spacy)
    with pytest.raises(QuotesError, match="pip install spacy"):
        name_types([ask("Aline Perrin est là.", "Aline Perrin")])
