"""The rows of a Parquet table, one by one, whatever it unpacks to: bounded as other tables are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from quotes.reading.packed import LARGEST_RATIO, LEAST_BOMB, TOO_TIGHT

_AT_ONCE = 256
# In characters or bytes: no cell of any table is longer.
_LONGEST_CELL = 20_000_000


def bounded_rows(
    stream: IO[bytes], wanted: list[str], groups: range | None = None
) -> Iterator[dict[str, Any] | str]:
    """The rows of the columns that are wanted, or what is wrong with one; the last may say why it is.

    ``groups``: of these row groups only.

    What stands once in the file may be a million cells: such a table is read until what was given is too
    much for its size. Raises what ``pyarrow`` raises for a damaged file.
    """
    import pyarrow
    from pyarrow import parquet, types

    size = stream.seek(0, 2)
    most = max(LEAST_BOMB, size * LARGEST_RATIO)
    schema = parquet.read_schema(stream)
    # Strings that stand once stay so: unpacked, a few bytes are gigabytes.
    texts = [
        n
        for n in wanted
        if types.is_string(schema.field(n).type) or types.is_large_string(schema.field(n).type)
    ]
    table = parquet.ParquetFile(stream, read_dictionary=texts)
    if _stated(table.metadata, set(wanted)) > most:
        yield TOO_TIGHT
        return
    given = 0
    chosen = None if groups is None else list(groups)
    for batch in table.iter_batches(batch_size=_AT_ONCE, columns=wanted, row_groups=chosen):
        columns = [_in_microseconds(pyarrow, column) for column in batch.columns]
        names = batch.schema.names
        for at in range(batch.num_rows):
            row = _row(names, columns, at)
            if isinstance(row, dict):
                given += sum(len(value) for value in row.values() if isinstance(value, str | bytes | list))
            if given > most:
                yield f"{TOO_TIGHT}; the rows after it are not read"
                return
            yield row


def _stated(metadata: Any, wanted: set[str]) -> int:
    """How many bytes the columns that are wanted take up unpacked, as the file states it."""
    chunks = (
        metadata.row_group(group).column(column)
        for group in range(metadata.num_row_groups)
        for column in range(metadata.num_columns)
    )
    return sum(
        chunk.total_uncompressed_size for chunk in chunks if chunk.path_in_schema.split(".")[0] in wanted
    )


def _in_microseconds(pyarrow: Any, column: Any) -> Any:
    """Python's dates know no nanoseconds; no paper dates its articles by them."""
    kind = column.type
    if pyarrow.types.is_timestamp(kind) and kind.unit == "ns":
        return column.cast(pyarrow.timestamp("us", kind.tz), safe=False)
    return column


def _row(names: list[str], columns: list[Any], at: int) -> dict[str, Any] | str:
    row: dict[str, Any] = {}
    for name, column in zip(names, columns, strict=True):
        try:
            value = column[at].as_py()
        except (ValueError, OverflowError, TypeError, ArithmeticError):
            # The year 10000, letters that are none.
            return f"holds what can't be read in its column {name!r}: mend it"
        if isinstance(value, str | bytes) and len(value) > _LONGEST_CELL:
            return f"a cell longer than {_LONGEST_CELL // 1_000_000} MB: no single article"
        row[name] = value
    return row
