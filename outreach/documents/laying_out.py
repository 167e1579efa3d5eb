"""HTML and CSS laid out on pages by WeasyPrint, which is loaded with this module and not before."""

from collections.abc import Mapping
from typing import Any

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

VARIANT = "pdf/ua-1"


class FetchRefusedError(ValueError):
    """A document asked for something outside itself."""


class NoFetching(URLFetcher):  # type: ignore[misc]
    """Refuses every address, files too; a template that names one fails loudly.

    `pictures` are the exception: by name, as `picture:logo` in a template; SVG or PNG.
    """

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self._pictures = {f"picture:{name}": content for name, content in pictures.items()}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """A given picture, or refuse; the address is not repeated, it may hold typed words."""
        if url not in self._pictures:
            raise FetchRefusedError("documents fetch nothing")
        return URLFetcherResponse(url, self._pictures[url])


def laid_out(page: str, pictures: Mapping[str, bytes], *, tagged: bool) -> bytes:
    """The page as a PDF, with these pictures; raises FetchRefusedError when it names another."""
    whole = HTML(string=page, base_url=None, url_fetcher=NoFetching(pictures))
    variant = VARIANT if tagged else None
    rendered: bytes = whole.write_pdf(pdf_variant=variant, pdf_tags=tagged)
    return rendered
