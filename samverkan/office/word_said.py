"""What is said to whoever reads in a Word file, about what could not be read as it stands."""

from collections.abc import Iterable, Iterator

from samverkan.text import list_of

STRUCK = "Struket i en ändring som inte är godkänd"
HIDDEN = "Dold text"
PROMPT = "Ledtext i ett fält som inte är ifyllt"

MOST_PLACES = 4  # that a warning names


def warnings(places: dict[str, list[str]]) -> Iterator[str]:
    """Of each that was seen, and where."""
    for what, everywhere in places.items():
        where = _places(list(dict.fromkeys(everywhere)))
        if what == STRUCK:
            yield (
                f"Det finns ändringar som inte är godkända i Word ({where}): det som är tillagt är "
                "läst, det som är struket sparas som övrigt."
            )
        elif what == HIDDEN:
            yield f"Det finns dold text ({where}): den sparas som övrigt."
        else:
            yield (
                f"Det finns en {what} som inte läses ({where}): klistra in orden ur den i Wordfilen "
                "om de ska vara med."
            )


def why_empty(beside: set[str]) -> str:
    """Why there is nothing to read, by what there is beside the text."""
    if beside & {STRUCK, HIDDEN, PROMPT}:
        return (
            "Filen har ingen text som syns, bara sådan som är dold, struken eller ledtext: "
            "öppna den i Word, godkänn ändringarna, visa det dolda och läs in den igen."
        )
    if beside:
        return (
            "Filen har bara bilder eller inbäddade filer, och ord i dem kan inte läsas: "
            "skriv in texten i Word, eller läs in filen som den kom ifrån."
        )
    return "Filen är tom: det finns ingen text i den, så välj en Wordfil med något i."


def _places(places: list[str]) -> str:
    more = len(places) - MOST_PLACES
    shown: Iterable[str] = places
    if more > 1:
        shown = [*places[:MOST_PLACES], f"{more} ställen till"]
    return list_of(shown)
