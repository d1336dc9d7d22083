from django.urls import path

from plans.views import district, plan

urlpatterns = [
    path("<slug:district>/", district.page, name="district"),
    path("<slug:district>/ny-plan/", district.create, name="plan-create"),
    path("<slug:district>/<int:year>/atgardsplan/", plan.page, name="plan"),
    path("<slug:district>/<int:year>/sammanstallning/", plan.summary, name="plan-summary"),
]
