"""What no part knows alone, found by the engine's own shuffle: articles that are one, and who speaks.

``duplicates/copies-*.parquet``
    ``article`` has the same body as ``copy_of``, which stands for all: the one with most quotes, of these the
    one published first, as an archive shows it.
``duplicates/near-*.parquet``
    ``article`` and ``other``, copies left aside, share ``shared`` of the 16 numbers of their sketches: at
    least 11, as the candidates of an archive do, which then compares the texts. ``likeness`` is what they let
    expect of the texts' common runs of words (Broder's estimate).
``names/*.parquet``
    A row a speaker and year of who is the same in all articles (full names of persons, organisations):
    ``name`` as it is written most often, ``key`` by which it is compared, counts. Quotes inside told words of
    the same speaker are counted with them.
``suggestions.parquet``
    Names that may be one person's or body's, by the rules of ``quotes speakers suggest``.

Two sets of 16 numbers that share 11 share one of the six smallest of each: so an article meets those like it
under six numbers, and no pair is compared twice.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import Any, Protocol

from quotes.archive.speakers.who_is_who import suggest
from quotes.archive.values import SpeakerRow
from quotes.archive.versions.resembling import FEWEST_SHARED
from quotes.corpus import addresses, distributing
from quotes.corpus.folder import Folder, Written
from quotes.corpus.parts import Part
from quotes.corpus.rows import named_speaker
from quotes.errors import CorpusError

_SKETCH = 16
_PREFIX = _SKETCH - FEWEST_SHARED + 1
_NUMBERS = [f"n{place}" for place in range(_SKETCH)]
_NO_NUMBER = -1
# An article is compared with so many that share a number with it: more share a phrase that every page has.
_SHARING = 100
# So many articles are read by one task; so many articles, or quotes, are one partition of what is shuffled.
_ARTICLES_A_TASK = 50_000
_ARTICLES_A_PARTITION = 500_000
_QUOTES_A_PARTITION = 5_000_000
# Among so many of the names with most quotes, doubles are looked for.
_SUGGESTED_AMONG = 100_000
_TRIES = 3
_PLACES = 1 << 24


class Engine(distributing.Engine, Protocol):
    """What computes lazy values, too."""

    def compute(self, tasks: Sequence[Any]) -> list[Any]:
        """Compute values of ``dask.delayed``."""


def gather(done: Sequence[tuple[Part, Written]], folder: Folder, engine: Engine) -> None:
    """Find duplicates and names across all parts, and write them; the same for the same parts.

    Raises:
        CorpusError: where the engine can't do it in three tries.
    """
    names = [part.name for part, _ in done]
    articles = sum(one.articles for _, one in done)
    quotes = sum(one.quotes for _, one in done)
    groups = list(_groups([one for _, one in done]))
    if not groups:
        return
    for tries in range(1, _TRIES + 1):
        try:
            engine.compute(_duplicates(names, groups, folder, -(-articles // _ARTICLES_A_PARTITION)))
            speakers = engine.compute(
                _names(names, groups, folder, max(1, -(-quotes // _QUOTES_A_PARTITION)))
            )
            _suggest(speakers, folder)
        except CorpusError:
            raise
        except Exception as error:
            engine.must_run()
            if tries == _TRIES:
                said = " ".join(str(error).split())[:200]
                raise CorpusError(
                    f"duplicates and names can't be gathered ({type(error).__name__}: {said});"
                    " the same call then tries it again"
                ) from error
        else:
            return


Group = list[int]


def _groups(done: Iterable[Written]) -> Iterator[Group]:
    """Put parts together that one task reads: an engine that has a task for each of many has much to keep."""
    group: Group = []
    articles = 0
    for number, one in enumerate(done):
        if one.articles:
            group.append(number)
            articles += one.articles
        if articles >= _ARTICLES_A_TASK:
            yield group
            group, articles = [], 0
    if group:
        yield group


def _read(folder: Folder, name: str, columns: list[str]) -> Any:
    from pyarrow import parquet

    with addresses.opened(folder.path(name)) as stream:
        return parquet.read_table(stream, columns=columns)


def _write(folder: Folder, name: str, columns: Mapping[str, Any]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    sink = io.BytesIO()
    parquet.write_table(pa.table(columns), sink, compression="zstd")
    folder.write(name, sink.getvalue())


def _shuffled(parts: list[Any], kinds: Mapping[str, str], on: list[str], partitions: int) -> list[Any]:
    """Bring what has the same values in these columns together, in so many partitions.

    ``kinds`` are the columns of the parts, in their order.
    """
    if len(parts) == partitions == 1:
        return parts
    import dask
    import dask.dataframe as dd

    with dask.config.set({"dataframe.shuffle.method": "p2p", "dataframe.convert-string": True}):
        frame = dd.from_delayed(parts, meta=_frame([], kinds), verify_meta=False)
        return list(frame.shuffle(on=on, npartitions=partitions).to_delayed())


def _frame(content: Any, kinds: Mapping[str, str]) -> Any:
    import pandas as pd

    return pd.DataFrame(content, columns=list(kinds)).astype(dict(kinds))


# Articles that are one.

_BODY = dict.fromkeys(["id", "body", "body_rest", "quotes"], "int64") | {"published": "str"}
_BODY |= dict.fromkeys(_NUMBERS, "int64")
_NUMBER = dict.fromkeys(["id", *_NUMBERS, "number"], "int64")


def _duplicates(names: list[str], groups: list[Group], folder: Folder, partitions: int) -> list[Any]:
    from dask import delayed

    listed = delayed(names)
    bodies = [delayed(_bodies)([(number, names[number]) for number in group], folder) for group in groups]
    by_body = _shuffled(bodies, _BODY, ["body"], partitions)
    firsts = [delayed(_copies)(frame, at, listed, folder) for at, frame in enumerate(by_body)]
    # An article stands under several numbers.
    by_number = _shuffled(firsts, _NUMBER, ["number"], partitions)
    return [delayed(_near)(frame, at, listed, folder) for at, frame in enumerate(by_number)]


def _bodies(parts: list[tuple[int, str]], folder: Folder) -> Any:
    """The bodies of the articles of some parts."""
    import pandas as pd

    return pd.concat([_bodies_of_part(*part, folder) for part in parts], ignore_index=True)


def _bodies_of_part(number: int, name: str, folder: Folder) -> Any:
    """The bodies of a part; the number of an article tells its part and its place there."""
    table = _read(folder, f"articles/{name}.parquet", ["body_hash", "sketch", "quotes", "published"])
    hashes = table["body_hash"].to_pylist()
    frame = {
        "id": range(number * _PLACES, number * _PLACES + len(hashes)),
        "body": [int(one[:15], 16) for one in hashes],
        "body_rest": [int(one[15:30], 16) for one in hashes],
        "quotes": table["quotes"].to_pylist(),
        # What has no date comes after what has one.
        "published": [one or "~" for one in table["published"].to_pylist()],
    }
    sketches = [one + [_NO_NUMBER] * (_SKETCH - len(one)) for one in table["sketch"].to_pylist()]
    frame |= {name: [one[at] for one in sketches] for at, name in enumerate(_NUMBERS)}
    return _frame(frame, _BODY)


def _copies(frame: Any, at: int, names: list[str], folder: Folder) -> Any:
    """Write which articles are copies; give the others under the smallest numbers of their sketches."""
    import pandas as pd

    order = ["body", "body_rest", "quotes", "published", "id"]
    ordered = frame.sort_values(order, ascending=[True, True, False, True, True])
    first = ordered.groupby(["body", "body_rest"])["id"].transform("first")
    copies = pd.DataFrame({"id": ordered["id"], "first": first})
    copies = copies[copies["id"] != copies["first"]].sort_values("id")
    columns = {
        "article": _articles(copies["id"], names),
        "copy_of": _articles(copies["first"], names),
    }
    _write(folder, f"duplicates/copies-{at:04}.parquet", columns)
    alone = ordered[ordered["id"] == first][["id", *_NUMBERS]]
    under = [alone.assign(number=alone[name]) for name in _NUMBERS[:_PREFIX]]
    found = pd.concat(under, ignore_index=True)
    return found[found["number"] != _NO_NUMBER].reset_index(drop=True)


def _near(frame: Any, at: int, names: list[str], folder: Folder) -> int:
    """Write which articles are like one another, each pair under the smallest number that both have."""
    pairs: list[tuple[int, int, int, float]] = []
    several = frame[frame.duplicated("number", keep=False)].sort_values(["number", "id"])
    for number, group in several.groupby("number"):
        ids = group["id"].tolist()
        sketches = [[one for one in row if one != _NO_NUMBER] for row in group[_NUMBERS].to_numpy().tolist()]
        for later in range(1, len(ids)):
            for earlier in range(max(0, later - _SHARING), later):
                one, other = sketches[earlier], sketches[later]
                common = set(one) & set(other)
                if len(common) >= FEWEST_SHARED and min(common) == number:
                    pairs.append((ids[earlier], ids[later], len(common), _likeness(one, other)))
    pairs.sort()
    columns = {
        "article": _articles([one for one, *_ in pairs], names),
        "other": _articles([other for _, other, *_ in pairs], names),
        "shared": _whole([shared for *_, shared, _ in pairs]),
        "likeness": _shares([likeness for *_, likeness in pairs]),
    }
    _write(folder, f"duplicates/near-{at:04}.parquet", columns)
    return len(pairs)


def _likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate how many of all runs of words two texts share, by the smallest numbers of both."""
    smallest = sorted({*one, *other})[: min(len(one), len(other))]
    return sum(number in one and number in other for number in smallest) / max(1, len(smallest))


def _articles(ids: Iterable[int], names: list[str]) -> Any:
    return _texts([f"{names[one // _PLACES]}-{one % _PLACES:06}" for one in ids])


def _texts(values: Sequence[str | None]) -> Any:
    import pyarrow as pa

    return pa.array(values, pa.string())


def _whole(values: Sequence[int]) -> Any:
    import pyarrow as pa

    return pa.array(values, pa.int64())


def _shares(values: Sequence[float]) -> Any:
    import pyarrow as pa

    return pa.array(values, pa.float64())


# Who speaks.

_YEAR = ["key", "type", "year"]
_SUMS = ["quotes", "words", "articles"]
_SPOKEN = dict.fromkeys([*_YEAR, "name", "gender"], "str") | dict.fromkeys(_SUMS, "int64")
_SPOKEN |= {"first": "str", "last": "str"}


def _names(names: list[str], groups: list[Group], folder: Folder, partitions: int) -> list[Any]:
    from dask import delayed

    spoken = [delayed(_spoken)([names[number] for number in group], folder) for group in groups]
    by_key = _shuffled(spoken, _SPOKEN, ["key", "type"], partitions)
    return [delayed(_counted)(frame, at, folder) for at, frame in enumerate(by_key)]


def _spoken(parts: list[str], folder: Folder) -> Any:
    """What is said in some parts, by wording of the name and year."""
    import pandas as pd

    return pd.concat([_spoken_in_part(part, folder) for part in parts], ignore_index=True)


def _spoken_in_part(name: str, folder: Folder) -> Any:
    """What is said in a part by whoever is the same in all articles, by wording of the name and year."""
    columns = ["article", "speaker", "speaker_type", "gender", "date", "words", "within_told"]
    rows = _read(folder, f"quotes/{name}.parquet", columns).to_pylist()
    said: dict[tuple[str, str, str, str, str], list[Any]] = {}
    for row in rows:
        if row["speaker"] is None or row["within_told"]:
            continue
        named = named_speaker(row["speaker"], row["speaker_type"], row["gender"])
        if named.everywhere:
            date = row["date"] or ""
            wording = named.key, named.type, date[:4], named.name, named.gender or ""
            found = said.setdefault(wording, [0, 0, set(), date, date])
            found[0] += 1
            found[1] += row["words"]
            found[2].add(row["article"])
            found[3], found[4] = min(found[3], date), max(found[4], date)
    # An article counts once for a speaker, however often the name is written there otherwise.
    seen: dict[tuple[str, str, str], set[str]] = {}
    frame = []
    for wording, (quotes, words, articles, first, last) in sorted(said.items()):
        already = seen.setdefault(wording[:3], set())
        frame.append((*wording, quotes, words, len(articles - already), first, last))
        already |= articles
    return _frame(frame, _SPOKEN)


Speakers = list[tuple[int, str, str, str, str, str, str]]


def _counted(frame: Any, at: int, folder: Folder) -> Speakers:
    """Write who spoke how much in which year; give those who spoke most of all."""
    by_speaker = ["key", "type"]
    names = _most(frame, "name")
    genders = _most(frame[frame["gender"] != ""], "gender")
    years = frame.groupby(_YEAR, as_index=False).agg(
        quotes=("quotes", "sum"), words=("words", "sum"), articles=("articles", "sum"),
        first=("first", "min"), last=("last", "max"),
    )  # fmt: skip
    years = years.merge(names, on=by_speaker).merge(genders, on=by_speaker, how="left").sort_values(_YEAR)
    gender = [one if isinstance(one, str) else None for one in years["gender"]]
    columns = {
        **{name: _texts(years[name].tolist()) for name in ("name", "key", "type")},
        "gender": _texts(gender),
        **{name: _texts([one or None for one in years[name]]) for name in ("year", "first", "last")},
        **{name: _whole(years[name].tolist()) for name in _SUMS},
    }
    _write(folder, f"names/{at:04}.parquet", columns)
    whole = years.assign(gender=[one or "" for one in gender]).groupby(
        [*by_speaker, "name", "gender"], as_index=False
    )
    speakers = whole.agg(quotes=("quotes", "sum"), first=("first", "min"), last=("last", "max"))
    rows = speakers[["quotes", "key", "type", "name", "gender", "first", "last"]].itertuples(
        index=False, name=None
    )
    return nsmallest(_SUGGESTED_AMONG, rows, key=_most_first)


def _most(frame: Any, column: str) -> Any:
    """Give for each speaker the value of a column that most of the quotes have."""
    sums = frame.groupby(["key", "type", column], as_index=False)["quotes"].sum()
    ordered = sums.sort_values(["quotes", column], ascending=[False, True])
    return ordered.drop_duplicates(["key", "type"])[["key", "type", column]]


def _most_first(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (-row[0], *row[1:])


def _suggest(speakers: Iterable[Speakers], folder: Folder) -> None:
    """Write which of the speakers with most quotes may be one."""
    chosen = nsmallest(_SUGGESTED_AMONG, (row for rows in speakers for row in rows), key=_most_first)
    rows = [
        SpeakerRow(number, name, kind, gender or None, False, quotes, first or None, last or None)
        for number, (quotes, _, kind, name, gender, first, last) in enumerate(chosen)
    ]
    found = suggest(rows, frozenset())
    columns = {
        "name": _texts([one.name for one in found]),
        "other": _texts([one.other for one in found]),
        "reason": _texts([one.reason for one in found]),
        "likelihood": _shares([one.likelihood for one in found]),
    }
    _write(folder, "suggestions.parquet", columns)
