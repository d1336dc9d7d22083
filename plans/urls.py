from django.urls import path

from plans.services.files import KINDS
from plans.views import (
    agreements,
    answers,
    areas,
    calendar,
    catalogues,
    city,
    comments,
    differences,
    district,
    exchange,
    files,
    goals,
    history,
    importing,
    links,
    mine,
    minutes,
    pasting,
    picture,
    plan,
    quality,
    reminders,
    rollover,
    rounds,
    table,
    thread,
    understanding,
    workflow,
    writing,
    year,
)
from samverkan.workflow.table import TRANSITIONS

_CITY_AGREEMENTS = "stad/<slug:municipality>/overenskommelser/"
_CATALOGUES = "stad/<slug:municipality>/omraden/"
_YEAR = "<slug:district>/<int:year>/"
_AREA = _CATALOGUES + "<int:year>/<int:pk>/"
_PLAN = "<slug:district>/plan/<int:pk>/"  # what is done in one plan, whatever its year
_ROWS = _PLAN + "rad/<slug:kind>/"
_ROW = _ROWS + "<uuid:row>/"
_HISTORY = _PLAN + "historik/"
_HISTORY_OF_ROW = _HISTORY + "<slug:kind>/<uuid:row>/"
_IMPORT = "<slug:district>/las-in/"
_UPLOAD = _IMPORT + "<int:pk>/"
_COMMENTS = _PLAN + "kommentarer/"
_ROUNDS = _PLAN + "uppfoljning/"
_ROUND = _ROUNDS + "<int:round_>/"
_MINUTES = _ROUND + "protokoll/"
_ANSWER = _ROUND + "svar/<uuid:action>/"
_EXCHANGE = "utbytesfil/<int:party>/"  # of a plan, or of a round

urlpatterns = [
    path("mina-ataganden/", mine.page, name="my-commitments"),
    path("konto/kalender/", calendar.page, name="calendar"),
    path("kalender/<str:token>.ics", calendar.feed, name="calendar-feed"),
    path("paminnelser/", reminders.page, name="reminders"),
    path("svara/<str:token>/", links.page, name="answer-link"),
    path("svara/<str:token>/<uuid:action>/", links.answer, name="answer-by-link"),
    path("stad/<slug:municipality>/", city.page, name="city"),
    path("stad/<slug:municipality>/uppfoljning/", rounds.of_city, name="city-rounds"),
    path("stad/<slug:municipality>/laget/", picture.city, name="city-picture"),
    path(_CITY_AGREEMENTS, agreements.of_city, name="city-agreements"),
    path(_CITY_AGREEMENTS + "ny/", agreements.create_in_city, name="city-agreement-create"),
    path(_CATALOGUES, catalogues.catalogues, name="catalogues"),
    path(_CATALOGUES + "<int:year>/", catalogues.catalogue, name="catalogue"),
    path(_CATALOGUES + "<int:year>/andra/", catalogues.change, name="catalogue-change"),
    path(_CATALOGUES + "<int:year>/ta-bort/", catalogues.remove, name="catalogue-delete"),
    path(_AREA, catalogues.area, name="area-change"),
    path(_AREA + "flytta/", catalogues.move, name="area-move"),
    path(_AREA + "ta-bort/", catalogues.delete, name="area-delete"),
    path("<slug:district>/", district.page, name="district"),
    path("overenskommelse/<int:pk>/", agreements.page, name="agreement"),
    path("overenskommelse/<int:pk>/skriv/", agreements.edit, name="agreement-edit"),
    path("overenskommelse/<int:pk>/<str:name>", agreements.file, name="agreement-file"),
    path("<slug:district>/overenskommelser/", agreements.of_district, name="agreements"),
    path("<slug:district>/ny-overenskommelse/", agreements.create, name="agreement-create"),
    path("<slug:district>/ny-plan/", district.create, name="plan-create"),
    path("<slug:district>/narmast/", plan.nearest, name="plan-nearest"),
    path("<slug:district>/<int:year>/atgardsplan/", plan.page, name="plan"),
    *(
        path(_YEAR + name, files.file, {"name": name}, name=kind.address)
        for name, kind in KINDS.items()
    ),
    path(_YEAR + "ladda-ner/", files.page, name="plan-files"),
    path("<slug:district>/<int:year>/beslutad.pdf", files.decided_pdf, name="plan-decided-pdf"),
    path("<slug:district>/<int:year>/ta-bort/", district.remove, name="plan-remove"),
    path("<slug:district>/<int:year>/sammanstallning/", plan.summary, name="plan-summary"),
    path(_YEAR + "tabell/", table.page, name="plan-table"),
    path(_YEAR + "laget/", picture.page, name="plan-picture"),
    *(
        path(f"{_YEAR}{step.page}/", workflow.STEPS[step.name], name=f"plan-{step.name}")
        for step in TRANSITIONS
    ),
    path(_YEAR + "skickat/", workflow.dispatches, name="plan-dispatches"),
    path(_YEAR + "skickat/<int:draft>.json", workflow.sent_draft, name="plan-sent-draft"),
    path("<slug:district>/<int:year>/skriv/", writing.page, name="plan-write"),
    path(_PLAN + "nytt/", writing.DESK.poll, name="plan-news"),
    path(_PLAN + "har/", writing.DESK.be_there, name="plan-presence"),
    path(_PLAN + "angra/", writing.DESK.undo, name="plan-undo"),
    path(_PLAN + "gor-om/", writing.DESK.redo, name="plan-redo"),
    path(_PLAN + "brister/", quality.LACKS.page, name="plan-lacks"),
    path(_PLAN + "personuppgifter/", quality.LACKS.personal_data, name="plan-personal-data"),
    path(_COMMENTS, comments.CONVERSATION.of_all, name="plan-comments"),
    path(_COMMENTS + "<int:comment>/andra/", comments.CONVERSATION.change, name="comment-change"),
    path(
        _COMMENTS + "<int:comment>/ta-bort/",
        comments.CONVERSATION.take_back,
        name="comment-take-back",
    ),
    path(_COMMENTS + "<int:comment>/klar/", comments.CONVERSATION.resolve, name="comment-resolve"),
    path(_COMMENTS + "<int:comment>/oppna/", comments.CONVERSATION.reopen, name="comment-reopen"),
    path(_PLAN + "klistra-in/", pasting.page, name="plan-paste"),
    path(_ROWS + "ny/", writing.DESK.add, name="row-add"),
    path(
        _PLAN + "mal/<uuid:goal>/las-ur-indikatorn/",
        goals.read_indicator,
        name="goal-read-indicator",
    ),
    path(_ROW, writing.DESK.row, name="row"),
    path(_ROW + "kommentarer/", comments.CONVERSATION.of_row, name="row-comments"),
    path(_ROW + "flytta/", writing.DESK.move, name="row-move"),
    path(_ROW + "ta-bort/", writing.DESK.remove, name="row-remove"),
    path(_PLAN + "nytt-omrade/", areas.page, name="plan-areas"),
    path(_HISTORY, history.MEMORY.page, name="plan-history"),
    path(_HISTORY_OF_ROW, history.MEMORY.row, name="row-history"),
    path(_HISTORY_OF_ROW + "aterstall/", history.MEMORY.restore_text, name="row-history-restore"),
    path(_PLAN + "lagg-tillbaka/<int:turn>/", history.MEMORY.put_row_back, name="row-restore"),
    path(_IMPORT, importing.page, name="import"),
    path(_UPLOAD, importing.IMPORTING.preview, name="import-preview"),
    path(_UPLOAD + "svar/", importing.IMPORTING.answer, name="import-answer"),
    path(_UPLOAD + "las-in/", importing.IMPORTING.read_in, name="import-apply"),
    path(_UPLOAD + "angra/", importing.IMPORTING.take_back, name="import-take-back"),
    path(_UPLOAD + "ta-bort/", importing.IMPORTING.forget, name="import-forget"),
    path(_UPLOAD + "fil/", importing.IMPORTING.file, name="import-file"),
    path(_YEAR + "uppfoljning/", rounds.page, name="follow-up"),
    path(_ROUNDS + "ny/", rounds.open_, name="round-open"),
    path(_ROUND, rounds.round_page, name="round"),
    path(_ROUND + "andra/", rounds.change, name="round-change"),
    path(_ROUND + "stang/", rounds.close, name="round-close"),
    path(_ROUND + "oppna-igen/", rounds.reopen, name="round-reopen"),
    path(_ROUND + "fryst/<int:snapshot>.json", rounds.snapshot, name="round-snapshot"),
    path(_ROUND + "sent/<int:late>/", rounds.settle, name="round-late"),
    path(_ROUND + "paminn/", reminders.now, name="round-remind"),
    path(_ROUND + "lank/", links.send, name="round-link"),
    path(_ROUND + "lank/<int:link>/", links.revoke, name="round-link-revoke"),
    path(_ANSWER, answers.of_action, name="answer"),
    path(_ANSWER + "<int:party>/", answers.of_action, name="answer-of-party"),
    path(_ROUND + "utfall/<uuid:goal>/", answers.of_goal, name="outcome"),
    path(_ROUND + _EXCHANGE, exchange.page, name="round-exchange"),
    path(_ROUND + _EXCHANGE + "hamta/", exchange.hand_out, name="round-exchange-out"),
    path(_ROUND + _EXCHANGE + "<int:file>/", exchange.preview, name="round-exchange-in"),
    path(_ROUND + _EXCHANGE + "<int:file>/fil/", exchange.file, name="round-exchange-file"),
    path(_PLAN + _EXCHANGE, exchange.page, name="plan-exchange"),
    path(_PLAN + _EXCHANGE + "hamta/", exchange.hand_out, name="plan-exchange-out"),
    path(_PLAN + _EXCHANGE + "<int:file>/", exchange.preview, name="plan-exchange-in"),
    path(_PLAN + _EXCHANGE + "<int:file>/fil/", exchange.file, name="plan-exchange-file"),
    path(_YEAR + "arshjul/", year.page, name="year-cycle"),
    path(_YEAR + "arshjul/<str:moment>/", year.moment, name="year-moment"),
    path(_MINUTES + "<uuid:action>/", minutes.add, name="minutes-add"),
    path(_MINUTES + "<int:minutes>/fil/", minutes.file, name="minutes-file"),
    path(_MINUTES + "<int:minutes>/ta-bort/", minutes.remove, name="minutes-remove"),
    path("<slug:district>/skillnader/", differences.SIDE_BY_SIDE.page, name="plan-differences"),
    path(_PLAN + "tid/<uuid:action>/", understanding.page, name="action-understood"),
    path(_PLAN + "rulla-vidare/", rollover.page, name="plan-rollover"),
    path(_PLAN + "ur-forra/", rollover.carried, name="plan-carried"),
    path("<slug:district>/atgard/<uuid:action>/", thread.page, name="action-thread"),
]
