from django.urls import path

from plans.views import catalogues, city, district, files, plan, workflow

_CATALOGUES = "stad/<slug:municipality>/omraden/"
_PLAN = "<slug:district>/<int:year>/"
_AREA = _CATALOGUES + "<int:year>/<int:pk>/"

urlpatterns = [
    path("stad/<slug:municipality>/", city.page, name="city"),
    path(_CATALOGUES, catalogues.catalogues, name="catalogues"),
    path(_CATALOGUES + "<int:year>/", catalogues.catalogue, name="catalogue"),
    path(_CATALOGUES + "<int:year>/andra/", catalogues.change, name="catalogue-change"),
    path(_CATALOGUES + "<int:year>/ta-bort/", catalogues.remove, name="catalogue-delete"),
    path(_AREA, catalogues.area, name="area-change"),
    path(_AREA + "flytta/", catalogues.move, name="area-move"),
    path(_AREA + "ta-bort/", catalogues.delete, name="area-delete"),
    path("<slug:district>/", district.page, name="district"),
    path("<slug:district>/ny-plan/", district.create, name="plan-create"),
    path("<slug:district>/narmast/", plan.nearest, name="plan-nearest"),
    path("<slug:district>/<int:year>/atgardsplan/", plan.page, name="plan"),
    path("<slug:district>/<int:year>/atgardsplan.pdf", files.pdf, name="plan-pdf"),
    path("<slug:district>/<int:year>/atgardsplan.json", files.json, name="plan-json"),
    path("<slug:district>/<int:year>/beslutad.pdf", files.decided_pdf, name="plan-decided-pdf"),
    path("<slug:district>/<int:year>/ta-bort/", district.remove, name="plan-remove"),
    path("<slug:district>/<int:year>/sammanstallning/", plan.summary, name="plan-summary"),
    path(_PLAN + "samrad/", workflow.send, name="plan-send"),
    path(_PLAN + "till-utkast/", workflow.withdraw, name="plan-withdraw"),
    path(_PLAN + "godkann/", workflow.approve, name="plan-approve"),
    path(_PLAN + "atersand/", workflow.send_back, name="plan-return"),
    path(_PLAN + "beslut/", workflow.decide, name="plan-decide"),
    path(_PLAN + "ny-revision/", workflow.revise, name="plan-revise"),
    path(_PLAN + "avsluta/", workflow.close, name="plan-close"),
    path(_PLAN + "skickat/", workflow.dispatches, name="plan-dispatches"),
    path(_PLAN + "skickat/<int:pk>.json", workflow.sent_draft, name="plan-sent-draft"),
]
