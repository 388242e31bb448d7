"""The documentation site: `make site` builds it in build/site; any web server, or a browser alone, can show it."""

import re

from sphinx.application import Sphinx

project = "nntui"
extensions = ["myst_parser"]
myst_heading_anchors = 4
suppress_warnings = ["misc.highlighting_failure"]  # CSV and Mermaid are shown as text
html_theme = "furo"
html_title = "nntui"
html_copy_source = False
html_show_sphinx = False
html_extra_path = ["notebook.ipynb"]

_BESIDE_DOCS = re.compile(r"\]\((README|CONTRIBUTING|SECURITY|CHANGELOG)\.md")
_PAGES = {"README": "index", "CONTRIBUTING": "contributing", "SECURITY": "security", "CHANGELOG": "changelog"}


def _links_of_the_site(_: Sphinx, __: object, ___: str, content: list[str]) -> None:
    """The pages beside docs/ are included in pages of the site: links to them, and from them, lead there."""
    content[0] = _BESIDE_DOCS.sub(lambda link: f"](docs/{_PAGES[link[1]]}.md", content[0])


def setup(app: Sphinx) -> None:
    app.connect("include-read", _links_of_the_site)
