"""Takes pages of the checkout that don't lie in ``docs/`` into the site, and leads links to them there."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[2]
# What they are called in the site; all others are called as in docs/.
TAKEN_IN = {
    "README.md": "index.md",
    "README.fr.md": "fr.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "LICENSE": "license.txt",
    "bench/fuzz/README.md": "fuzzing.md",
    "docs/site/site.css": "site.css",
}
_PLACES = {name: place for place, name in TAKEN_IN.items()}
_LINK = re.compile(r"(\]\()([^)#:\s]+)(?=[)#])")


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages from elsewhere, and the style sheet, which lies beside these settings."""
    for place, name in TAKEN_IN.items():
        files.append(File.generated(config, name, abs_src_path=str(ROOT / place)))
    return files


def on_page_markdown(markdown: str, *, page: Page, **_: Any) -> str:
    """Lead each link between files of the checkout to the same page of the site."""
    place = _PLACES.get(page.file.src_uri, f"docs/{page.file.src_uri}")
    return _LINK.sub(lambda match: match[1] + _in_site(posixpath.dirname(place), match[2]), markdown)


def _in_site(folder: str, link: str) -> str:
    """A link from a file in this folder of the checkout, as the site has it, where all lie together."""
    target = posixpath.normpath(posixpath.join(folder, link))
    return TAKEN_IN.get(target, target.removeprefix("docs/"))
