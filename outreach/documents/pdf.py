"""A template of `templates/` becomes a tagged PDF (PDF/UA-1) in one language.

Nothing is fetched from anywhere: what a template needs stands in the template, and a picture is one
of those that were given along. Texts come from the strings source, values are escaped.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from outreach.documents.words import day_in_words, direction
from outreach.languages import text

TEMPLATES = Path(__file__).parent / "templates"


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
    # A quarter of what a server loads, and most of its processes never make paper.
    from outreach.documents.laying_out import laid_out  # noqa: PLC0415

    return laid_out(page, pictures or {}, tagged=tagged)
