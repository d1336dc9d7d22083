from django.urls import path

from plans.views import district, files, plan

urlpatterns = [
    path("<slug:district>/", district.page, name="district"),
    path("<slug:district>/ny-plan/", district.create, name="plan-create"),
    path("<slug:district>/<int:year>/atgardsplan/", plan.page, name="plan"),
    path("<slug:district>/<int:year>/atgardsplan.pdf", files.pdf, name="plan-pdf"),
    path("<slug:district>/<int:year>/atgardsplan.json", files.json, name="plan-json"),
    path("<slug:district>/<int:year>/beslutad.pdf", files.decided_pdf, name="plan-decided-pdf"),
    path("<slug:district>/<int:year>/sammanstallning/", plan.summary, name="plan-summary"),
]
