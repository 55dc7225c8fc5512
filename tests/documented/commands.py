"""``docs/commands.md``, from the program itself; and whether it knows a command that a page names.

``python -m tests.documented.commands`` prints the page in the language of the locale.
"""

from __future__ import annotations

import inspect
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args, get_type_hints

import typer.main

from quotes.cli.commands import app
from quotes.cli.usage import language_asked, normalized
from tests.documented.pages import blocks
from tests.documented.terminal import ROOT

PAGE = "docs/commands.md"
HEAD = """\
# Commands

<!-- Written by `python -m tests.documented` from what `quotes COMMAND --help` says: change it there. -->

Data goes to standard output, talk to standard error; `-` is standard input. The exit code is 0, 1 when
something failed (said in one line; the rest of the call is still done), 2 for wrong usage, 130 after Ctrl-C,
or 141 when who read the answer went away (`| head`). Of what nobody foresaw a report is kept;
`quotes --debug …` prints its trace. [What can be relied on](trust.md) has the rest.

Answers are tables in a terminal and JSON lines elsewhere. A date is typed as 2024, 2024-05, 2024-05-17,
17/05/2024 or "mai 2024".
"""
# What every command has.
_EVERYWHERE = {"--help"}
# What stands for a folder of the reader's, which has to be there.
_PLACES = {"GOLD_DIR": ".", "annotated/": "."}
_ENDS_CALL = {"|", ">", ">>", "&&", "||", ";", "<"}


def commands(command: Any, name: str = "quotes") -> Iterator[tuple[str, Any]]:
    """Every command that can be called, with its name in full; groups that do nothing themselves aside."""
    below: dict[str, Any] = getattr(command, "commands", {})
    if name != "quotes" and (not below or command.invoke_without_command):
        yield name, command
    for key, sub in below.items():
        if not sub.hidden:
            yield from commands(sub, f"{name} {key}")


def page_in(language: str) -> str:
    """The page of all commands as a process with this locale writes it."""
    environment = {**os.environ, "LANG": language, "LC_ALL": language, "LANGUAGE": "", "PYTHONUTF8": "1"}
    call = [sys.executable, "-m", __name__]
    done = subprocess.run(call, capture_output=True, check=True, cwd=ROOT, env=environment)
    return done.stdout.decode()


def page() -> str:
    """The page of all commands, a section each."""
    root = typer.main.get_command(app)
    found = list(commands(root))
    parts = [HEAD, _contents(found, root)]
    for name, command in found:
        parts.append(_section(name, command))
    return "\n".join(parts)


def _contents(found: list[tuple[str, Any]], root: Any) -> str:
    lines: list[str] = []
    group = ""
    for name, command in found:
        panel = getattr(root.commands[name.split()[1]], "rich_help_panel", None)
        panel = panel if isinstance(panel, str) else "Commands"
        if panel != group:
            lines += ["", f"| {panel} | |", "|---|---|"]
            group = panel
        first = _help(command).split("\n\n")[0]
        lines.append(f"| [`{name}`](#{_anchor(name)}) | {_cell(first)} |")
    return "\n".join(lines[1:]) + "\n"


def _anchor(name: str) -> str:
    return name.replace(" ", "-")


def _section(name: str, command: Any) -> str:
    arguments, options = (
        [param for param in command.params if _is_shown(param, kind)] for kind in ("argument", "option")
    )
    hints = get_type_hints(inspect.unwrap(command.callback), include_extras=True)
    named = [_argument(param, hints.get(param.name)) for param in arguments]
    usage = " ".join([name, *(["[OPTIONS]"] if options else []), *named])
    lines = [f"## {name}", "", f"`{usage}`", "", _help(command), ""]
    for params, title in ((arguments, "argument"), (options, "option")):
        if params:
            rows = [_row(param, hints.get(param.name)) for param in params]
            lines += [f"| {title} | meaning |", "|---|---|", *rows, ""]
    if command.epilog:
        lines += ["```", *(line.strip() for line in command.epilog.split("\n") if line.strip()), "```", ""]
    return "\n".join(lines)


def _help(command: Any) -> str:
    return re.sub(r"\n?\x08", "", inspect.cleandoc(command.help or "")).strip()


def _is_shown(param: Any, kind: str) -> bool:
    hidden = getattr(param, "hidden", False)
    return param.param_type_name == kind and not hidden and not _EVERYWHERE & set(param.opts)


def _argument(param: Any, hint: Any) -> str:
    named = _value(param, hint)
    if param.nargs == -1 and "…" not in named:
        named += "…"
    return named if param.required else f"[{named}]"


def _row(param: Any, hint: Any) -> str:
    named = _value(param, hint)
    if param.param_type_name == "option":
        named = ", ".join(reversed(param.opts)) + ("" if param.is_flag else f" {named}")
    more = [
        ", ".join(f"`{choice}`" for choice in _choices(hint)),
        _range(hint),
        _default(param),
    ]
    said = "; ".join(part for part in more if part)
    return f"| `{named}` | {_cell(param.help or '')}{f' ({said})' if said else ''} |"


def _value(param: Any, hint: Any) -> str:
    """What stands for the value that is to be typed."""
    if param.metavar:
        return str(param.metavar)
    if _holds_number(hint):
        return "N"
    return str(param.opts[0].lstrip("-").upper())


def _holds_number(hint: Any) -> bool:
    return hint in {int, float} or any(_holds_number(inner) for inner in get_args(hint))


def _choices(hint: Any) -> Iterator[str]:
    """The values of an enumeration, which may stand in a list or beside ``None``."""
    if isinstance(hint, type) and issubclass(hint, Enum):
        yield from (str(choice.value) for choice in hint)
    for inner in get_args(hint):
        yield from _choices(inner)


def _range(hint: Any) -> str:
    for info in getattr(hint, "__metadata__", ()):
        parts = [f"from {info.min}" if info.min is not None else ""]
        parts.append(f"to {info.max}" if info.max is not None else "")
        return " ".join(part for part in parts if part)
    return ""


def _default(param: Any) -> str:
    value = getattr(param.default, "value", param.default)
    if (
        not param.show_default
        or getattr(param, "is_flag", False)
        or not isinstance(value, str | int | float)
        or value == ""
    ):
        return ""
    return f"default: `{param.envvar}`, else `{value}`" if param.envvar else f"default: `{value}`"


def _cell(text: str) -> str:
    """A text as a cell of a table: on one line, its bars escaped."""
    return " ".join(text.split()).replace("|", "\\|")


def calls(markdown: str) -> Iterator[str]:
    """The calls of ``quotes`` that the blocks of a page hold, without what is piped or said beside them."""
    lines = markdown.split("\n")
    for block in blocks(lines):
        if block.language in {"", "sh", "console"}:
            text = block.text(lines).replace("\\\n", " ")
            for line in text.split("\n"):
                yield from _calls_in(line.removeprefix("$ "))


def _calls_in(line: str) -> Iterator[str]:
    try:
        words = shlex.split(line, comments=True)
    except ValueError:  # an apostrophe in what a command prints
        return
    while words:
        end = next((at for at, word in enumerate(words) if word in _ENDS_CALL), len(words))
        call, words = words[:end], words[end + 1 :]
        while call and re.match(r"[A-Z_]+=", call[0]):
            del call[0]
        if call and call[0] in {"quotes", ".venv/bin/quotes"}:
            yield shlex.join(["quotes", *call[1:]])


def named_in_prose(markdown: str) -> Iterator[str]:
    """The calls that stand in a page's sentences, as ``\\`quotes serve --edit\\```."""
    prose = re.sub(r"^```.*?^```$", "", markdown, flags=re.DOTALL | re.MULTILINE)
    yield from re.findall(r"`(quotes [a-z][^`\n]*)`", prose)


def parse(call: str) -> None:
    """Parse a call as the program does, without doing anything. Raises the framework's error."""
    if set(shlex.split(call)[1:]) <= _EVERYWHERE:
        return
    command, words = _command_of(call)
    command.make_context(command.name, [_PLACES.get(word, word) for word in words])


def unknown_options(call: str) -> list[str]:
    """The options in a call that its command doesn't have; the command itself where there is none."""
    command, words = _command_of(call)
    known = {opt for param in command.params for opt in (*param.opts, *param.secondary_opts)} | _EVERYWHERE
    options = (word for word in words if re.match(r"--?[a-z]", word))
    return [option for option in options if _in_english(option) not in known]


def _in_english(option: str) -> str:
    return "--" + normalized(option.removeprefix("--")) if option.startswith("--") else option


def _command_of(call: str) -> tuple[Any, list[str]]:
    command: Any = typer.main.get_command(app)
    _, words = language_asked(shlex.split(call)[1:])
    while words and words[0] in {"--debug"}:
        del words[0]
    while (below := getattr(command, "commands", {})) and words and words[0] in below:
        command = below[words.pop(0)]
    if below and not command.invoke_without_command:
        raise LookupError(f"no such command: {call}")
    return command, words


if __name__ == "__main__":
    print(page(), end="")
