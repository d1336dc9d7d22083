import os
from tempfile import TemporaryDirectory


def main() -> None:
    with TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
        os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        from tests.bench import (
            charts,
            excel,
            figures,
            paper,
            reading,
            report,
            saving,
            stored,
            writing,
            xlsx,
        )

        benchmarks = [
            reading.plan_page,
            saving.saving_a_field,
            writing.opening_and_typing,
            reading.looking_through,
            reading.comparing_texts,
            xlsx.writing_a_workbook,
            excel.reading_a_workbook,
            charts.drawing_a_figure,
            stored.a_stored_file,
            paper.pdf_of_a_plan,
            report.pdf_of_a_report,
        ]
        measured = [figure for benchmark in benchmarks for figure in benchmark()]
        figures.tell(measured)
        figures.keep(measured)


if __name__ == "__main__":
    main()
