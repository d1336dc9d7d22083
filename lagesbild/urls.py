from django.urls import path

from lagesbild.addresses import PAGES, WRITE_PAGES
from lagesbild.services.files import KINDS
from lagesbild.views import (
    agreement,
    areas,
    comments,
    differences,
    district,
    figures,
    files,
    history,
    importing,
    indicators,
    quality,
    reading,
    tying,
    workflow,
    writing,
)
from lagesbild.vocabulary import ReportKind
from samverkan.workflow.table import TRANSITIONS

_YEAR = "<slug:district>/<int:year>/"
_REPORT = "<slug:district>/rapport/<int:pk>/"  # what is done in one report, whatever its year
_IMPORT = "<slug:district>/las-in-lagesbild/"
_UPLOAD = _IMPORT + "<int:pk>/"
_ROWS = _REPORT + "rad/<slug:kind>/"
_ROW = _ROWS + "<uuid:row>/"
_HISTORY = _REPORT + "historik/"
_HISTORY_OF_ROW = _HISTORY + "<slug:kind>/<uuid:row>/"
_COMMENTS = _REPORT + "kommentarer/"
_COMMENT = _COMMENTS + "<int:comment>/"

urlpatterns = [
    path("<slug:district>/lagesbilder/", district.page, name="reports"),
    path(
        "<slug:district>/lagesbilder/skillnader/",
        differences.SIDE_BY_SIDE.page,
        name="report-differences",
    ),
    path("<slug:district>/ny-lagesbild/", district.create, name="report-create"),
    path(_IMPORT, importing.page, name="report-import"),
    path(_UPLOAD, importing.IMPORTING.preview, name="report-import-preview"),
    path(_UPLOAD + "svar/", importing.IMPORTING.answer, name="report-import-answer"),
    path(_UPLOAD + "las-in/", importing.IMPORTING.read_in, name="report-import-apply"),
    path(_UPLOAD + "angra/", importing.IMPORTING.take_back, name="report-import-take-back"),
    path(_UPLOAD + "ta-bort/", importing.IMPORTING.forget, name="report-import-forget"),
    path(_UPLOAD + "fil/", importing.IMPORTING.file, name="report-import-file"),
    path(_UPLOAD + "bild/<str:sha256>/", importing.image, name="report-import-image"),
    path("<slug:district>/omraden-ur-lagesbilden/", agreement.propose, name="agreement-areas"),
    path("<slug:district>/narmaste-lagesbild/", reading.nearest, name="report-nearest"),
    *(
        path(f"{_YEAR}{kind.value}/", reading.page, {"kind": kind}, name=PAGES[kind])
        for kind in ReportKind
    ),
    *(
        path(f"{_YEAR}{kind.value}/skriv/", writing.page, {"kind": kind}, name=WRITE_PAGES[kind])
        for kind in ReportKind
    ),
    *(
        path(_YEAR + name, files.file, {"name": name}, name=kind.address)
        for name, kind in KINDS.items()
    ),
    *(
        path(f"{_REPORT}{step.page}/", workflow.STEPS[step.name], name=f"report-{step.name}")
        for step in TRANSITIONS
    ),
    path(_REPORT + "skickat/", workflow.dispatches, name="report-dispatches"),
    path(_REPORT + "skickat/<int:draft>.json", workflow.sent_draft, name="report-sent-draft"),
    path(_REPORT + "beslutad.pdf", files.decided_pdf, name="report-decided-pdf"),
    path(_REPORT + "bild/<str:sha256>/", reading.image, name="report-image"),
    path(_REPORT + "nytt/", writing.DESK.poll, name="report-news"),
    path(_REPORT + "har/", writing.DESK.be_there, name="report-presence"),
    path(_REPORT + "angra/", writing.DESK.undo, name="report-undo"),
    path(_REPORT + "gor-om/", writing.DESK.redo, name="report-redo"),
    path(
        _REPORT + "lagg-tillbaka/<int:turn>/",
        history.MEMORY.put_row_back,
        name="report-row-restore",
    ),
    path(_HISTORY, history.MEMORY.page, name="report-history"),
    path(_HISTORY_OF_ROW, history.MEMORY.row, name="report-row-history"),
    path(
        _HISTORY_OF_ROW + "aterstall/",
        history.MEMORY.restore_text,
        name="report-row-history-restore",
    ),
    path(_REPORT + "siffror/<slug:kind>/<uuid:row>/", figures.numbers, name="report-numbers"),
    path(_REPORT + "indikatorer/<slug:kind>/<uuid:row>/", indicators.keep, name="report-keep"),
    path(_REPORT + "hamta-varden/<slug:kind>/<uuid:row>/", indicators.fetch, name="report-fetch"),
    path(_REPORT + "ur-indikatorer/<uuid:section>/", indicators.compose, name="report-compose"),
    path(_REPORT + "oforandrat/<uuid:row>/", writing.DESK.unchanged, name="report-unchanged"),
    path(_REPORT + "nytt-omrade/", areas.page, name="report-areas"),
    path(_REPORT + "ny-bild/", figures.new_image, name="report-new-image"),
    path(
        _REPORT + "prioritering/<uuid:row>/i-plan/<int:plan>/", tying.take_up, name="report-take-up"
    ),
    path(_REPORT + "uppfoljning/<uuid:row>/", tying.results, name="report-results"),
    path(_REPORT + "brister/", quality.LACKS.page, name="report-lacks"),
    path(_REPORT + "personuppgifter/", quality.LACKS.personal_data, name="report-personal-data"),
    path(_COMMENTS, comments.CONVERSATION.of_all, name="report-comments"),
    path(_COMMENT + "andra/", comments.CONVERSATION.change, name="report-comment-change"),
    path(_COMMENT + "ta-bort/", comments.CONVERSATION.take_back, name="report-comment-take-back"),
    path(_COMMENT + "klar/", comments.CONVERSATION.resolve, name="report-comment-resolve"),
    path(_COMMENT + "oppna/", comments.CONVERSATION.reopen, name="report-comment-reopen"),
    path(_ROW + "kommentarer/", comments.CONVERSATION.of_row, name="report-row-comments"),
    path(_ROWS + "ny/", writing.DESK.add, name="report-row-add"),
    path(_ROW, writing.DESK.row, name="report-row"),
    path(_ROW + "flytta/", writing.DESK.move, name="report-row-move"),
    path(_ROW + "ta-bort/", writing.DESK.remove, name="report-row-remove"),
]
