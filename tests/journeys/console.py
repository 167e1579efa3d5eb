"""What a browser grumbles about while somebody works: what nobody reads, nobody mends."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

LOUD = {"error", "warning"}
ALLOWED = (
    # The browser's own word for a line that is cut, which is what half of these stories are about.
    re.compile(r"^Failed to load resource: net::ERR_"),
    # And for an answer that is no: a wrong password, an access token that ran out, no right to it.
    re.compile(r"^Failed to load resource: the server responded with a status of 4\d\d "),
    # A journey's window is a private one, in which no push service answers.
    re.compile(r"^Chrome currently does not support the Push API in incognito mode"),
    # Dexie's, when a revoked phone empties itself while its store is open: it is what must happen.
    re.compile(r"^Another connection wants to delete database .* Closing db now to resume"),
)


@dataclass
class Console:
    """Follows every page of the contexts it listens to."""

    wrong: list[str] = field(default_factory=list)

    def listens(self, context: BrowserContext) -> None:
        """From now on, pages that open later too."""
        context.on("console", self._hears)
        context.on("weberror", self._sees)

    def is_quiet(self) -> None:
        """Nothing but what the browser says of the line itself."""
        assert not self.wrong, "\n".join(self.wrong)

    def _hears(self, message: ConsoleMessage) -> None:
        allowed = any(pattern.search(message.text) for pattern in ALLOWED)
        if message.type in LOUD and not allowed:
            self.wrong.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _sees(self, fault: WebError) -> None:
        self.wrong.append(f"uncaught: {fault.error}")
