"""A template of `templates/` becomes a tagged PDF (PDF/UA-1) in one language.

Nothing is fetched from anywhere: what a template needs stands in the template. Texts come from
the strings source, values are escaped.
"""

from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from outreach.documents.words import day_in_words, direction
from outreach.languages import text

TEMPLATES = Path(__file__).parent / "templates"
VARIANT = "pdf/ua-1"


class FetchRefusedError(ValueError):
    """A document asked for something outside itself."""


class NoFetching(URLFetcher):  # type: ignore[misc]
    """Refuses every address, files too; a template that names one fails loudly."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)

    def fetch(self, url: str, headers: Any = None) -> NoReturn:
        """Refuse; the address is not repeated, it may hold what somebody typed."""
        raise FetchRefusedError("documents fetch nothing")


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
    page = HTML(
        string=render_html(template, language, **values), base_url=None, url_fetcher=NoFetching()
    )
    rendered: bytes = page.write_pdf(pdf_variant=VARIANT, pdf_tags=True)
    return rendered
