"""The words of the resident's page: what can be chosen, why not, and which texts were agreed to."""

from outreach.clock import DayPart

ANOTHER_TIME, RATHER_NOT, WELCOME = "another_time", "rather_not", "welcome"
CHOICES = (ANOTHER_TIME, RATHER_NOT, WELCOME)
# Who gives no reason and who says that they give none are one: nobody can be told apart by it.
NOT_SAYING = "not_saying"
REASONS = ("no_time", "no_need", "has_help", "somebody_else", NOT_SAYING)
PARTS = tuple(part.value for part in DayPart)
# What the page speaks. A language needs all of resident.<language>.json, and a test asks for it.
LANGUAGES = ("nl", "en", "tr", "ar", "pl")
# Which text somebody agreed to who asked to be called. Another text gets another version.
CONSENT_VERSIONS = ("1",)
