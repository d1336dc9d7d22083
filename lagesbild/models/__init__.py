from lagesbild.models.block import Block, FigurePart, Image
from lagesbild.models.change import Change, Comment, Presence
from lagesbild.models.report import Behind, Extra, Report, Source
from lagesbild.models.section import Aim, Deviation, Priority, Result, Section

__all__ = [
    "Aim",
    "Behind",
    "Block",
    "Change",
    "Comment",
    "Deviation",
    "Extra",
    "FigurePart",
    "Image",
    "Presence",
    "Priority",
    "Report",
    "Result",
    "Section",
    "Source",
]
