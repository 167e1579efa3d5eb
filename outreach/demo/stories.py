"""What made-up households said: their answers, their words, their plan. Nobody here exists."""

from dataclasses import dataclass, field

GOOD, BETTER, HELP, SILENT, NOT = (
    "goes_well",
    "could_be_better",
    "help_wanted",
    "does_not_want",
    "not_discussed",
)


@dataclass(frozen=True)
class Story:
    """One talk. `answers` and `notes` by life domain; steps are (text, who, by)."""

    called_name: str
    answers: dict[str, str]
    notes: dict[str, str]
    goal: str
    goal_domain: str
    steps: tuple[tuple[str, str, str], ...]
    why: str
    asks_debt_help: bool = False
    advices: tuple[tuple[str, str], ...] = field(default=())


STORIES = (
    Story(
        "mevrouw B.",
        {"money_and_schemes": HELP, "daily_life_and_paperwork": HELP, "health_and_care": GOOD},
        {
            "money_and_schemes": "De energierekening ligt al drie maanden in de la. Ik durf niet.",
            "daily_life_and_paperwork": "Mijn zoon deed de post. Sinds hij weg is raakt het zoek.",
        },
        "Weer weten wat er binnenkomt en uitgaat",
        "money_and_schemes",
        (
            ("Alle post op één stapel leggen", "resident", "deze week"),
            ("Samen de brieven openen bij de formulierenhulp", "volunteer", "dinsdag"),
            ("Kwijtschelding aanvragen", "resident", "eind van de maand"),
        ),
        "Drie brieven van een incassobureau. Wil graag hulp bij een regeling.",
        asks_debt_help=True,
    ),
    Story(
        "meneer K.",
        {"social_contacts": HELP, "health_and_care": BETTER, "money_and_schemes": GOOD},
        {
            "social_contacts": "Sinds mijn vrouw er niet meer is zie ik dagen niemand.",
            "health_and_care": "De knie is slecht. Naar buiten gaan kost moeite.",
        },
        "Elke week iemand spreken",
        "social_contacts",
        (
            ("Koffieochtend in De Schakel bezoeken", "volunteer", "donderdag"),
            ("De buurvrouw vragen voor een wandeling", "resident", "dit weekend"),
        ),
        "Erg alleen. Wil meedenken over vervoer en gezelschap.",
    ),
    Story(
        "Fenna",
        {"family_and_children": HELP, "work_and_learning": BETTER, "money_and_schemes": BETTER},
        {
            "family_and_children": "De jongste slaapt slecht. Ik ben op aan het eind van de dag.",
            "work_and_learning": "Ik werk onregelmatig. De opvang past er niet bij.",
        },
        "Rust in de avond",
        "family_and_children",
        (
            ("Bellen met het consultatiebureau", "resident", "maandag"),
            ("Uitzoeken of kinderopvangtoeslag klopt", "volunteer", "volgende week"),
        ),
        "Wil meedenken over opvoeding en opvang.",
    ),
    Story(
        "meneer en mevrouw D.",
        {"home_and_surroundings": HELP, "health_and_care": BETTER, "money_and_schemes": HELP},
        {
            "home_and_surroundings": "Er zit schimmel in de slaapkamer. De verhuurder zwijgt.",
            "health_and_care": "Hij hoest veel, vooral in de winter.",
            "money_and_schemes": "We stoken dag en nacht. De rekening kunnen we niet meer aan.",
        },
        "Een droge slaapkamer",
        "home_and_surroundings",
        (
            ("Foto's maken en een brief sturen aan de verhuurder", "resident", "deze week"),
            ("De huurcommissie bellen als er geen antwoord komt", "volunteer", "over drie weken"),
        ),
        "Vocht in huis, de verhuurder doet niets. Vraagt om hulp bij het gesprek.",
        asks_debt_help=True,
    ),
    Story(
        "Youssef",
        {"work_and_learning": HELP, "money_and_schemes": BETTER, "participation_and_leisure": GOOD},
        {
            "work_and_learning": "Ik wil graag werken. Mijn diploma telt hier niet.",
            "money_and_schemes": "Het lukt net, als er niets stuk gaat.",
        },
        "Een diploma dat hier telt",
        "work_and_learning",
        (
            ("Inloop van het taalhuis bezoeken", "resident", "woensdag"),
            ("Vragen naar diplomawaardering", "volunteer", "volgende week"),
        ),
        "Zoekt werk en wil zijn diploma laten waarderen.",
    ),
    Story(
        "mevrouw S.",
        {"health_and_care": HELP, "daily_life_and_paperwork": BETTER, "social_contacts": BETTER},
        {
            "health_and_care": "Ik zorg dag en nacht voor mijn man. Hij vergeet steeds meer.",
            "social_contacts": "Mijn zus komt op zondag. Dat is mijn lichtpunt.",
        },
        "Af en toe een middag vrij",
        "health_and_care",
        (
            ("Mantelzorgsteunpunt bellen", "volunteer", "deze week"),
            ("Met de huisarts praten over dagopvang", "resident", "volgende afspraak"),
            ("Zelf meehelpen bij de soepmiddag", "resident_offers", "in het voorjaar"),
        ),
        "Mantelzorger, zwaar belast. Wil weten wat er mogelijk is aan hulp thuis.",
    ),
    Story(
        "Lotte",
        {"participation_and_leisure": HELP, "money_and_schemes": HELP, "family_and_children": GOOD},
        {
            "participation_and_leisure": "De kinderen willen op zwemles. Dat gaat nu niet.",
            "money_and_schemes": "Ik weet niet of ik de toeslag goed heb ingevuld.",
        },
        "De kinderen op zwemles",
        "participation_and_leisure",
        (
            ("Aanvraag bij het jeugdfonds", "volunteer", "vrijdag"),
            ("Proefberekening toeslagen maken", "resident", "deze week"),
        ),
        "Hulp bij geldzaken en aanvragen voor de kinderen.",
        asks_debt_help=True,
    ),
    Story(
        "meneer V.",
        {
            "daily_life_and_paperwork": HELP,
            "home_and_surroundings": BETTER,
            "money_and_schemes": SILENT,
        },
        {
            "daily_life_and_paperwork": "Lezen gaat moeilijk. Alles moet met de computer.",
            "home_and_surroundings": "De buurt is fijn. Het huis wordt te groot.",
        },
        "Zelf de post kunnen regelen",
        "daily_life_and_paperwork",
        (
            ("Spreekuur in de bibliotheek bezoeken", "volunteer", "maandag"),
            ("DigiD laten herstellen", "resident", "daarna"),
        ),
        "Kan niet goed lezen en loopt vast op digitale post.",
    ),
)
