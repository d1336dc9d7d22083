"""A report taken forward or back through its changes."""

from lagesbild.document import decode
from samverkan.collaboration.places import Course

COURSE = Course(
    {
        "section": ("sections", "section"),
        "block": ("blocks", "section"),
        "part": ("parts", "block"),
        "aim": ("aims", "section"),
        "result": ("results", "section"),
        "priority": ("priorities", "section"),
        "deviation": ("deviations", "section"),
        "source": ("sources", None),
        "extra": ("extras", None),
    },
    decode,
    whole="report",
    one_or_none=["handled_in"],
    single=["handled_as"],
)
