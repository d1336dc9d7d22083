from django.urls import path

from lagesbild.views import figures, writing
from lagesbild.vocabulary import ReportKind

_YEAR = "<slug:district>/<int:year>/"
_REPORT = "<slug:district>/rapport/<int:pk>/"  # what is done in one report, whatever its year
_ROWS = _REPORT + "rad/<slug:kind>/"
_ROW = _ROWS + "<uuid:row>/"

urlpatterns = [
    path(
        _YEAR + "lagesbild/skriv/",
        writing.page,
        {"kind": ReportKind.PICTURE},
        name="report-write",
    ),
    path(
        _YEAR + "statusrapport/skriv/",
        writing.page,
        {"kind": ReportKind.STATUS},
        name="status-report-write",
    ),
    path(_REPORT + "nytt/", writing.DESK.poll, name="report-news"),
    path(_REPORT + "har/", writing.DESK.be_there, name="report-presence"),
    path(_REPORT + "angra/", writing.DESK.undo, name="report-undo"),
    path(_REPORT + "gor-om/", writing.DESK.redo, name="report-redo"),
    path(_REPORT + "lagg-tillbaka/<int:turn>/", writing.put_back, name="report-row-restore"),
    path(_REPORT + "siffror/<slug:kind>/<uuid:row>/", figures.numbers, name="report-numbers"),
    path(_REPORT + "ny-bild/", figures.new_image, name="report-new-image"),
    path(_REPORT + "bild/<str:sha256>/", figures.image, name="report-image"),
    path(_ROWS + "ny/", writing.DESK.add, name="report-row-add"),
    path(_ROW, writing.DESK.row, name="report-row"),
    path(_ROW + "flytta/", writing.DESK.move, name="report-row-move"),
    path(_ROW + "ta-bort/", writing.DESK.remove, name="report-row-remove"),
]
