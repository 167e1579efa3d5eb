"""A template of `templates/` becomes a tagged PDF (PDF/UA-1) in one language.

Nothing is fetched from anywhere: what a template needs stands in the template, and a picture is one
of those that were given along. Texts come from the strings source, values are escaped.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from outreach.documents.words import day_in_words, direction
from outreach.languages import text

TEMPLATES = Path(__file__).parent / "templates"
VARIANT = "pdf/ua-1"


class FetchRefusedError(ValueError):
    """A document asked for something outside itself."""


class NoFetching(URLFetcher):  # type: ignore[misc]
    """Refuses every address, files too; a template that names one fails loudly.

    `pictures` are the exception: by name, as `picture:logo` in a template; SVG or PNG.
    """

    def __init__(self, pictures: Mapping[str, bytes] | None = None) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        given = pictures or {}
        self._pictures = {f"picture:{name}": content for name, content in given.items()}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """A given picture, or refuse; the address is not repeated, it may hold typed words."""
        if url not in self._pictures:
            raise FetchRefusedError("documents fetch nothing")
        return URLFetcherResponse(url, self._pictures[url])


_templates = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["direction"] = direction


def render_html(template: str, language: str, **values: Any) -> str:
    """The page before it becomes paper. In it `t(key, …)` is a text and `day(date)` a day."""
    return _templates.get_template(template).render(
        language=language,
        t=lambda key, **params: text(key, language, **params),
        day=partial(day_in_words, language=language),
        **values,
    )


def render_pdf(template: str, language: str, **values: Any) -> bytes:
    """The bytes of a tagged PDF; raises UndefinedError when the template lacks a value."""
    return to_pdf(render_html(template, language, **values))


def to_pdf(page: str, pictures: Mapping[str, bytes] | None = None, *, tagged: bool = True) -> bytes:
    """A page of HTML on paper, with the pictures that it may show.

    Not `tagged`: for a printer only, such as the sheet that a whole print run is made of.
    """
    laid_out = HTML(string=page, base_url=None, url_fetcher=NoFetching(pictures))
    variant = VARIANT if tagged else None
    rendered: bytes = laid_out.write_pdf(pdf_variant=variant, pdf_tags=tagged)
    return rendered
