from django.urls import path

from lagesbild.addresses import PAGES
from lagesbild.services.files import KINDS
from lagesbild.views import district, files, reading
from lagesbild.vocabulary import ReportKind

_YEAR = "<slug:district>/<int:year>/"
_REPORT = "<slug:district>/rapport/<int:pk>/"  # what is done in one report, whatever its year

urlpatterns = [
    path("<slug:district>/lagesbilder/", district.page, name="reports"),
    path("<slug:district>/ny-lagesbild/", district.create, name="report-create"),
    path("<slug:district>/narmaste-lagesbild/", reading.nearest, name="report-nearest"),
    *(
        path(f"{_YEAR}{kind.value}/", reading.page, {"kind": kind}, name=PAGES[kind])
        for kind in ReportKind
    ),
    *(
        path(_YEAR + name, files.file, {"name": name}, name=kind.address)
        for name, kind in KINDS.items()
    ),
    path(_REPORT + "bild/<str:sha256>/", reading.image, name="report-image"),
]
